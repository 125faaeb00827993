#include "core/log/leaf_policies.h"

#include "core/log/review_json.h"

namespace countersign {

namespace {

constexpr IntegerRule kNumber{.min = 1, .max = INT64_MAX};
constexpr size_t kChanges = 10'000;

}  // namespace

Result<EventBody> read_policy_proposed(Fields& fields) {
    PolicyProposed out;
    out.base = CS_TRY(read_digest(fields, "base"));
    out.changes = CS_TRY(fields.text_list("changes", kChanges));
    out.more_changes = CS_TRY(fields.integer_or("more_changes", 0, kNumber));
    out.number = CS_TRY(fields.integer("number", kNumber));
    out.policy = CS_TRY(read_digest(fields, "policy"));
    if (fields.has("replaces")) {
        out.replaces = CS_TRY(fields.integer("replaces", kNumber));
    }
    out.words = CS_TRY(fields.text("words", {.min_bytes = 0}));
    return EventBody(std::move(out));
}

void write_body(JsonWriter& w, const PolicyProposed& body) {
    w.member("base", to_hex(body.base)).name("changes").begin_array();
    for (const std::string& change : body.changes) {
        w.text(change);
    }
    w.end_array();
    if (body.more_changes != 0) {
        w.member("more_changes", body.more_changes);
    }
    w.member("number", body.number).member("policy", to_hex(body.policy));
    if (body.replaces) {
        w.member("replaces", *body.replaces);
    }
    w.member("words", body.words);
}

Result<EventBody> read_policy_change_withdrawn(Fields& fields) {
    PolicyChangeWithdrawn out;
    out.number = CS_TRY(fields.integer("number", kNumber));
    out.words = CS_TRY(fields.text("words", {.min_bytes = 0}));
    return EventBody(std::move(out));
}

void write_body(JsonWriter& w, const PolicyChangeWithdrawn& body) {
    w.member("number", body.number).member("words", body.words);
}

Result<EventBody> read_policy_approved(Fields& fields) {
    PolicyApproved out;
    out.number = CS_TRY(fields.integer("number", kNumber));
    out.policy = CS_TRY(read_digest(fields, "policy"));
    return EventBody(std::move(out));
}

void write_body(JsonWriter& w, const PolicyApproved& body) {
    w.member("number", body.number).member("policy", to_hex(body.policy));
}

}  // namespace countersign
