#include "core/bundle/bundle_writer.h"
#include "core/doctor/examination.h"
#include "core/store/subjects.h"
#include "core/verify/verifier.h"

namespace countersign::doctor {

namespace {

std::string place_of(const ProjectId& project, verify::Place place) {
    return place.leaf == 0 ? project_place(project) : concat(project_place(project), ", entry ", place.leaf);
}

void expect_kept(verify::BundleVerifier& verifier, const std::vector<verify::OwnCheckpoint>& kept,
                 const ProjectId& project) {
    for (const verify::OwnCheckpoint& one : kept) {
        if (one.origin.project == project.text) {
            verifier.expect(one);
        }
    }
}

Status check_log(Examination& examination, const store::ProjectRow& project) {
    const Patient& patient = examination.patient();
    // Without their keys the log can be verified all the same; that texts do not open is found by their own check.
    const bool locked = examination.stored().keys() == nullptr && CS_TRY(store::are_texts_sealed(examination.stored()));
    auto writer = bundle::BundleWriter::open(
        examination.stored(), project.id,
        {patient.key, patient.clock.now(), locked ? bundle::Texts::without : bundle::Texts::with});
    if (!writer.ok() && writer.error().code == ErrorCode::not_found) {
        return success();  // nothing is signed yet; the entries are read when the store is made again
    }
    CS_TRY_STATUS(writer.ok() ? success() : Status(writer.error()));
    verify::BundleVerifier verifier;
    verifier.trust({patient.key, {}});
    expect_kept(verifier, patient.kept_notes, project.id);
    uint64_t told = 0;
    for (std::string piece;; piece.clear()) {
        auto more = writer.value().next(examination.stored(), piece);
        if (!more.ok() && more.error().code == ErrorCode::corrupt) {
            examination.find(project_place(project.id), more.error().text());
            break;
        }
        if (!CS_TRY(std::move(more))) {
            break;
        }
        verifier.feed(piece);
        const uint64_t leaves = verifier.so_far().counts.leaves;
        CS_TRY_STATUS(examination.done(leaves - told));
        told = leaves;
    }
    const verify::Report report = verifier.finish();
    for (const verify::Failure& failure : report.failures) {
        examination.find(place_of(project.id, failure.place), failure.sentence);
    }
    if (report.failed > report.failures.size()) {
        const uint64_t rest = report.failed - report.failures.size();
        examination.find(project_place(project.id), concat("and ", rest, " failures more"), rest);
    }
    return success();
}

}  // namespace

Status check_logs(Examination& examination) {
    const std::vector<store::ProjectRow> projects = CS_TRY(store::list_projects(examination.stored()));
    uint64_t entries = 0;
    for (const store::ProjectRow& project : projects) {
        entries += project.head_seq;
    }
    examination.expect(entries);
    for (const store::ProjectRow& project : projects) {
        CS_TRY_STATUS(check_log(examination, project));
    }
    return success();
}

}  // namespace countersign::doctor
