#include "shell/session/draft.h"

#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/store/projects.h"

namespace countersign::shell {

bool Draft::empty() const {
    return !verdict && review == ReviewDraft{} && note.empty();
}

void accept_if_predicted(const ItemState& state, ReviewDraft& review) {
    if (review.verdict == countersign::Verdict::correct && review.label == state.current().label) {
        review.verdict = countersign::Verdict::accept;
        review.label = {};
    }
}

std::string to_json(const Draft& draft) {
    JsonWriter writer;
    writer.begin_object();
    if (draft.verdict) {
        writer.member("verdict", verdict_name(*draft.verdict));
    }
    writer.member("label", draft.review.label.text)
        .member("text", draft.review.rationale.text)
        .member("note", draft.note);
    writer.member("active_ms", draft.review.active_ms).name("codes").begin_array();
    for (const std::string& code : draft.review.rationale.codes) {
        writer.text(code);
    }
    writer.end_array().name("answers").begin_object();
    for (const countersign::Answer& answer : draft.review.answers) {
        writer.member(answer.question, answer.value);
    }
    writer.end_object().name("evidence").begin_array();
    for (const Evidence& span : draft.review.rationale.evidence) {
        writer.begin_object()
            .member("field", span.field)
            .member("begin", int64_t{span.begin})
            .member("end", int64_t{span.end})
            .end_object();
    }
    writer.end_array().end_object();
    return std::move(writer).take();
}

Result<Draft> parse_draft(std::string_view json) {
    const Json parsed = CS_TRY(parse_json(json));
    Fields fields = CS_TRY(Fields::of(parsed, ""));
    const TextRule any{.min_bytes = 0, .max_bytes = 1 << 20};
    Draft out;
    if (fields.has("verdict")) {
        const std::string verdict = CS_TRY(fields.text("verdict"));
        out.verdict = verdict_from_name(verdict);
    }
    out.review.label = LabelId(CS_TRY(fields.text_or("label", "", any)));
    out.review.rationale.text = CS_TRY(fields.text_or("text", "", any));
    out.note = CS_TRY(fields.text_or("note", "", any));
    out.review.active_ms = CS_TRY(fields.integer_or("active_ms", 0));
    out.review.rationale.codes = CS_TRY(fields.text_list("codes", 1'000));
    if (const Json* answers = fields.optional("answers"); answers != nullptr && answers->object() != nullptr) {
        for (const JsonMember& answer : *answers->object()) {
            out.review.answers.push_back(
                {answer.first, answer.second.string() == nullptr ? std::string() : *answer.second.string()});
        }
    }
    const JsonArray* evidence = CS_TRY(fields.optional_list("evidence", 10'000));
    for (size_t i = 0; evidence != nullptr && i < evidence->size(); ++i) {
        Fields span = CS_TRY(Fields::of((*evidence)[i], element_path("evidence", i)));
        Evidence one;
        one.field = CS_TRY(span.text("field"));
        one.begin = static_cast<uint32_t>(CS_TRY(span.integer("begin", {.min = 0, .max = INT32_MAX})));
        one.end = static_cast<uint32_t>(CS_TRY(span.integer("end", {.min = 0, .max = INT32_MAX})));
        out.review.rationale.evidence.push_back(std::move(one));
    }
    return out;
}

Result<std::optional<Draft>> read_draft(store::Database& database, const std::string& key) {
    const auto json = CS_TRY(store::read_meta(database, key));
    if (!json || json->empty()) {
        return std::optional<Draft>();
    }
    auto draft = parse_draft(*json);
    // One that an older version wrote and this one cannot read is not worth stopping for.
    return draft.ok() ? std::optional<Draft>(std::move(draft).value()) : std::nullopt;
}

Status write_draft(store::Database& database, const std::string& key, const Draft& draft) {
    return store::write_meta(database, key, draft.empty() ? std::string() : to_json(draft));
}

}  // namespace countersign::shell
