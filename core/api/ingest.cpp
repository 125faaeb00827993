#include "core/api/ingest.h"

#include <algorithm>

#include "core/api/erase.h"
#include "core/api/judge.h"
#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/log/commitment.h"
#include "core/store/items.h"
#include "core/store/operations.h"
#include "core/store/record.h"
#include "core/store/subjects.h"
#include "core/store/tiers.h"
#include "core/workflow/decide.h"

namespace countersign::api {

namespace {

// What recording one line needs, held for a whole batch.
class Recorder {
public:
    Recorder(Workspace& workspace, store::ProjectRow project, std::shared_ptr<const Policy> policy,
             const ActorId& actor)
        : workspace_(workspace), project_(std::move(project)), policy_(std::move(policy)), actor_(actor) {}

    Status record(const IngestLine& line, std::string key, IngestSummary& summary);
    Result<std::string> check_subject(const IngestLine& line, const ItemState& state, int64_t item_no) const;

    Status begin() {
        any_waiting_ = CS_TRY(store::any_waiting_for_items(workspace_.database, project_));
        board_ = CS_TRY(store::load_board(workspace_.database, project_));
        const bool promises = std::any_of(policy_->tiers.begin(), policy_->tiers.end(),
                                          [](const TierDef& tier) { return tier.promise.has_value(); });
        if (promises) {
            tier_secret_ = CS_TRY(store::ensure_tier_secret(workspace_.database, project_, workspace_.entropy));
        }
        return success();
    }

    Status finish() { return store::save_project(workspace_.database, project_); }

private:
    Workspace& workspace_;
    store::ProjectRow project_;
    std::shared_ptr<const Policy> policy_;
    ActorId actor_;
    bool any_waiting_ = false;  // for items that are not known yet
    tiers::TierBoard board_;
    std::string tier_secret_;
};

// The keyed hash of whom the line is about; empty when it stands for itself, or where texts lie in plain.
Result<std::string> Recorder::check_subject(const IngestLine& line, const ItemState& state, int64_t item_no) const {
    SubjectKeys* keys = workspace_.database.keys();
    if (state.erased || (item_no == 0 && CS_TRY(was_erased(workspace_, project_, line.item)))) {
        return fail(ErrorCode::failed_precondition, "this item was erased; nothing is taken about it any more", "id");
    }
    std::string name = keys == nullptr || line.subject.empty()
                           ? std::string()
                           : keys->name_of(NamedKind::subject, project_.id.text, line.subject);
    if (keys != nullptr && item_no != 0 && !line.subject.empty() &&
        CS_TRY(store::subject_of_item(workspace_.database, item_no)) != name) {
        return fail(ErrorCode::conflict, "this item was recorded as one about somebody else", "subject");
    }
    return name;
}

Status Recorder::record(const IngestLine& line, std::string key, IngestSummary& summary) {
    store::Database& database = workspace_.database;
    const Instant now = workspace_.clock.now();
    int64_t item_no = CS_TRY(store::find_item(database, project_, line.item));
    ItemState state = CS_TRY(store::load_state(database, line.item, item_no));
    const bool is_new = item_no == 0;
    const std::string subject = CS_TRY(check_subject(line, state, item_no));
    CommittedText document = is_new ? commit_text(kDocumentDomain, std::move(key), line.document)
                                    : CS_TRY(store::read_document(database, item_no));
    if (!is_new && document.text != line.document) {
        return fail(ErrorCode::conflict, "this item's input or metadata differ from what was recorded for the same id",
                    "id");
    }
    const IngestPrediction command{document.commitment, line.document, line.prediction};
    CommandContext context;
    context.actor = actor_;
    context.claimed_at = context.now = now;
    context.tiers = &board_;
    context.tier_secret = tier_secret_;
    const std::vector<EventBody> bodies = CS_TRY(decide(state, JudgingPolicies(*policy_), command, context));
    // One that is too long for the log is this line's mistake and nobody else's.
    auto recorded = store::record_item_events(database, project_, state, item_no, bodies, {actor_, now, std::nullopt});
    if (!recorded.ok()) {
        const Error& error = recorded.error();
        return error.field == store::kTooLong ? fail(ErrorCode::invalid_argument, error.message, "prediction") : error;
    }
    for (const EventBody& body : bodies) {
        if (const RouteTaken* route = route_set_by(body)) {
            board_.count(*route);
        }
    }
    if (is_new && item_no != 0) {
        if (database.keys() != nullptr) {
            CS_TRY_STATUS(store::add_subject(database, item_no, subject));
        }
        CS_TRY_STATUS(store::add_document(database, item_no, document));
        if (any_waiting_) {
            CS_TRY_STATUS(judge_waiting_for(workspace_, project_, line.item, item_no));
        }
    }
    uint64_t& counter = bodies.empty() ? summary.unchanged : is_new ? summary.items : summary.predictions;
    ++counter;
    return success();
}

// Errors that concern one line; any other ends the batch.
bool concerns_line(ErrorCode code) {
    return code == ErrorCode::invalid_argument || code == ErrorCode::conflict ||
           code == ErrorCode::failed_precondition ||
           code == ErrorCode::not_found;  // a known item whose text was erased
}

}  // namespace

void IngestSummary::report(LineError error, size_t most) {
    ++failed;
    if (errors.size() < most) {
        errors.push_back(std::move(error));
    }
}

Status IngestReader::read_line(std::string_view line) {
    ++number_;
    if (number_ > limits_.ingest_lines) {
        return fail(ErrorCode::exhausted,
                    concat("one request may have at most ", limits_.ingest_lines, " lines; send the rest in another"),
                    concat("line ", number_));
    }
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    if (line.find_first_not_of(" \t") == std::string_view::npos) {
        return success();
    }
    auto parsed = parse_ingest_line(line);
    if (parsed.ok()) {
        lines_.push_back({number_, std::move(parsed).value()});
    } else {
        errors_.push_back({number_, parsed.error()});
    }
    return success();
}

Status IngestReader::feed(std::string_view piece) {
    const size_t most = IngestLimits{}.line_bytes;
    while (!piece.empty()) {
        const size_t newline = piece.find('\n');
        const std::string_view part = piece.substr(0, newline);
        piece = newline == std::string_view::npos ? std::string_view() : piece.substr(newline + 1);
        if (!discarding_ && partial_.size() + part.size() > most) {
            discarding_ = true;
            errors_.push_back(
                {number_ + 1, fail(ErrorCode::exhausted, concat("the line is longer than ", most, " bytes"))});
        }
        if (!discarding_) {
            partial_.append(part);
        }
        if (newline == std::string_view::npos) {
            return success();
        }
        if (discarding_) {
            ++number_;
        } else {
            CS_TRY_STATUS(read_line(partial_));
        }
        discarding_ = false;
        partial_.clear();
    }
    return success();
}

Status IngestReader::finish() {
    if (discarding_) {
        ++number_;
        return success();
    }
    if (partial_.empty()) {
        return success();
    }
    const std::string last = std::move(partial_);
    partial_.clear();
    return read_line(last);
}

std::vector<ReadLine> IngestReader::take_lines() {
    return std::exchange(lines_, {});
}

std::vector<LineError> IngestReader::take_errors() {
    return std::exchange(errors_, {});
}

Status ingest(Workspace& workspace, const ProjectId& project, const ActorId& actor, const std::vector<ReadLine>& lines,
              IngestSummary& summary) {
    if (lines.empty()) {
        return success();
    }
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow row = CS_TRY(store::find_project(workspace.database, project));
    const auto policy = CS_TRY(workspace.policies.current(workspace.database, row));
    Recorder recorder(workspace, std::move(row), policy, actor);
    CS_TRY_STATUS(recorder.begin());
    // One draw for the whole batch: the system call would cost more than the hashes.
    const std::string keys = workspace.entropy.bytes(lines.size() * kCommitmentKey_bytes);
    for (size_t i = 0; i < lines.size(); ++i) {
        auto done =
            recorder.record(lines[i].line, keys.substr(i * kCommitmentKey_bytes, kCommitmentKey_bytes), summary);
        if (!done.ok() && !concerns_line(done.error().code)) {
            return done;
        }
        if (!done.ok()) {
            summary.report({lines[i].number, done.error()}, workspace.settings.limits.reported_errors);
        }
    }
    CS_TRY_STATUS(recorder.finish());
    return transaction.commit();
}

std::string to_json(const IngestSummary& summary) {
    JsonWriter writer;
    writer.begin_object()
        .member("lines", static_cast<int64_t>(summary.lines))
        .member("items", static_cast<int64_t>(summary.items));
    writer.member("predictions", static_cast<int64_t>(summary.predictions))
        .member("unchanged", static_cast<int64_t>(summary.unchanged));
    writer.member("failed", static_cast<int64_t>(summary.failed)).name("errors").begin_array();
    for (const LineError& error : summary.errors) {
        writer.begin_object().member("line", static_cast<int64_t>(error.line));
        if (!error.error.field.empty()) {
            writer.member("field", error.error.field);
        }
        writer.member("message", error.error.message).end_object();
    }
    writer.end_array().end_object();
    return std::move(writer).take();
}

}  // namespace countersign::api
