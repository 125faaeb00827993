#include <algorithm>

#include "core/doctor/examination.h"
#include "core/log/commitment.h"

namespace countersign::doctor {

namespace {

constexpr std::string_view kOfNotes[] = {kRationaleDomain, kAnswerDomain, kNoteDomain};

Status check_documents(Examination& examination) {
    store::Statement select =
        CS_TRY(examination.stored().prepare("SELECT item, commitment, key, text FROM document ORDER BY item"));
    while (CS_TRY(select.step())) {
        const CommittedText text{CS_TRY(digest_from_bytes(select.blob(1))), std::string(select.blob(2)),
                                 std::string(select.text(3))};
        if (!is_commitment_key(text.key) || !opens(text, kDocumentDomain)) {
            examination.find(concat("document: item ", select.integer(0)), "is not the text that was committed to");
        }
        CS_TRY_STATUS(examination.done());
    }
    return success();
}

Status check_notes(Examination& examination) {
    store::Statement select =
        CS_TRY(examination.stored().prepare("SELECT commitment, key, text FROM note ORDER BY commitment"));
    while (CS_TRY(select.step())) {
        const CommittedText text{CS_TRY(digest_from_bytes(select.blob(0))), std::string(select.blob(1)),
                                 std::string(select.text(2))};
        const bool holds =
            is_commitment_key(text.key) && std::any_of(std::begin(kOfNotes), std::end(kOfNotes),
                                                       [&](std::string_view domain) { return opens(text, domain); });
        if (!holds) {
            examination.find(concat("note: ", to_hex(text.commitment).substr(0, 12)),
                             "is not the text that was committed to");
        }
        CS_TRY_STATUS(examination.done());
    }
    return success();
}

Status check_policies(Examination& examination) {
    store::Statement select =
        CS_TRY(examination.stored().prepare("SELECT project.id, digest, bytes FROM policy JOIN project ON project.no = "
                                            "policy.project ORDER BY project.no, digest"));
    while (CS_TRY(select.step())) {
        const Digest digest = CS_TRY(digest_from_bytes(select.blob(1)));
        if (select.is_null(2) || sha256(select.text(2)) != digest) {
            examination.find(
                concat("project '", select.text(0), "', policy ", to_hex(digest).substr(0, 12)),
                select.is_null(2) ? "its document is missing" : "is not the document that its digest names");
        }
        CS_TRY_STATUS(examination.done());
    }
    return success();
}

}  // namespace

Status check_texts(Examination& examination) {
    CS_TRY_STATUS(check_documents(examination));
    CS_TRY_STATUS(check_notes(examination));
    return check_policies(examination);
}

}  // namespace countersign::doctor
