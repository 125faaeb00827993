#include "core/verify/log_proof_check.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/log/log_proof.h"

namespace countersign::verify {

namespace {

struct ReadProof {
    LogProof proof;
    SignedNote note;
    Checkpoint checkpoint;
    LogOrigin origin;
};

Result<ReadProof> read_proof(std::string_view text) {
    ReadProof out;
    out.proof = CS_TRY(parse_log_proof(text));
    OwnCheckpoint own = CS_TRY(parse_own_checkpoint({}, out.proof.checkpoint));
    out.note = std::move(own.note);
    out.checkpoint = std::move(own.checkpoint);
    out.origin = std::move(own.origin);
    return out;
}

// What is wrong with the leaf as the entry that the proof speaks of.
std::string leaf_problem(std::string_view bytes, const ReadProof& read) {
    CanonicalJson json;
    const Status canonical = json.read(bytes);
    if (!canonical.ok()) {
        return concat("it is not canonical JSON: ", canonical.error().text());
    }
    const auto leaf = read_leaf(json.root());
    if (!leaf.ok()) {
        return concat("it cannot be read: ", leaf.error().text());
    }
    if (leaf.value().seq != read.proof.index + 1) {
        return concat("it has number ", leaf.value().seq, ", the proof is for ", read.proof.index + 1);
    }
    std::string project;
    append_json_text(project, read.origin.project);
    return leaf.value().project == project
               ? std::string()
               : concat("it is of project ", leaf.value().project, ", the proof of ", project);
}

std::string seal_problem(const ReadProof& read, const std::vector<TrustedKey>& keys) {
    std::vector<NoteKey> known;
    for (const TrustedKey& key : keys) {
        const auto origin = parse_origin(key.name);
        if (!origin.ok() || origin.value().server == read.origin.server) {
            known.push_back(note_key(read.checkpoint.origin, key.key));
        }
    }
    const auto verified = verify_note(read.note, known);
    return verified.ok() ? std::string() : verified.error().message;
}

}  // namespace

bool ProofReport::good() const {
    return steps.size() == 4 &&
           std::all_of(steps.begin(), steps.end(), [](const ProofStep& step) { return step.failure.empty(); });
}

ProofReport check_log_proof(std::string_view proof, std::string_view leaf, const std::vector<TrustedKey>& keys) {
    ProofReport report;
    const auto read = read_proof(proof);
    report.steps.push_back({"proof", "The proof can be read", read.ok() ? std::string() : read.error().text()});
    if (!read.ok()) {
        return report;
    }
    report.origin = read.value().checkpoint.origin;
    report.leaf = read.value().proof.index + 1;
    report.size = read.value().checkpoint.head.size;
    report.steps.push_back({"leaf", "The entry is the one that the proof is for", leaf_problem(leaf, read.value())});
    report.steps.push_back(
        {"seal", "The checkpoint is signed with the key that you gave", seal_problem(read.value(), keys)});
    const Status included = check_inclusion(read.value().checkpoint.head, read.value().proof.index, leaf_hash(leaf),
                                            read.value().proof.path);
    report.steps.push_back({"inclusion", "The entry is among those that the checkpoint was made over",
                            included.ok() ? std::string() : included.error().message});
    return report;
}

std::string proof_report_json(const ProofReport& report) {
    JsonWriter writer;
    writer.begin_object().member_bool("verified", report.good()).member("origin", report.origin);
    writer.member("leaf", static_cast<int64_t>(report.leaf)).member("size", static_cast<int64_t>(report.size));
    writer.name("checks").begin_array();
    for (const ProofStep& step : report.steps) {
        writer.begin_object().member("check", step.name).member_bool("good", step.failure.empty());
        if (!step.failure.empty()) {
            writer.member("sentence", step.failure);
        }
        writer.end_object();
    }
    return std::move(writer.end_array().end_object()).take();
}

std::string proof_report_text(const ProofReport& report, std::string_view name) {
    std::string out = concat(name, '\n');
    if (!report.origin.empty()) {
        out += concat("  entry ", report.leaf, " of ", report.origin, ", in a log of ", report.size, '\n');
    }
    out += '\n';
    for (const ProofStep& step : report.steps) {
        out += concat(step.failure.empty() ? "  good    " : "  FAILED  ", step.title, '\n');
        if (!step.failure.empty()) {
            out += concat("          ", step.failure, '\n');
        }
    }
    return concat(
        out, report.good() ? "\nVerified: the entry stands in the log that the server signed.\n" : "\nNOT verified.\n");
}

}  // namespace countersign::verify
