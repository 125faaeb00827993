#include "core/log/review_json.h"

namespace countersign {

namespace {

void write_answers(JsonWriter& writer, const Review& review) {
    CS_CHECK(review.answer_texts.size() == review.draft.answers.size());
    writer.name("answers").begin_array();
    for (size_t i = 0; i < review.draft.answers.size(); ++i) {
        const Answer& answer = review.draft.answers[i];
        writer.begin_object().member("question", answer.question);
        if (review.answer_texts[i]) {
            writer.member("text", to_hex(*review.answer_texts[i]));
        } else {
            writer.member("value", answer.value);
        }
        writer.end_object();
    }
    writer.end_array();
}

void write_evidence(JsonWriter& writer, const std::vector<Evidence>& evidence) {
    writer.name("evidence").begin_array();
    for (const Evidence& span : evidence) {
        writer.begin_object().member("begin", int64_t{span.begin}).member("end", int64_t{span.end});
        writer.member("field", span.field).end_object();
    }
    writer.end_array();
}

Status read_answers(Fields& fields, Review& out) {
    const JsonArray* answers = CS_TRY(fields.optional_list("answers", 200));
    for (size_t i = 0; answers != nullptr && i < answers->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*answers)[i], element_path(fields.path_of("answers"), i)));
        Answer answer;
        answer.question = CS_TRY(one.text("question", {.max_bytes = 200}));
        std::optional<Digest> text;
        if (one.has("text")) {
            text = CS_TRY(read_digest(one, "text"));
        } else {
            answer.value = CS_TRY(one.text("value", {.max_bytes = 1'000}));
        }
        CS_TRY_STATUS(one.done());
        out.draft.answers.push_back(std::move(answer));
        out.answer_texts.push_back(text);
    }
    return success();
}

Status read_evidence(Fields& fields, Review& out) {
    const JsonArray* spans = CS_TRY(fields.optional_list("evidence", 1'000));
    const IntegerRule offset{.min = 0, .max = INT32_MAX};
    for (size_t i = 0; spans != nullptr && i < spans->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*spans)[i], element_path(fields.path_of("evidence"), i)));
        Evidence span;
        span.begin = static_cast<uint32_t>(CS_TRY(one.integer("begin", offset)));
        span.end = static_cast<uint32_t>(CS_TRY(one.integer("end", offset)));
        span.field = CS_TRY(one.text("field", {.max_bytes = 200}));
        CS_TRY_STATUS(one.done());
        if (span.end <= span.begin) {
            return one.error("end", "must be greater than begin");
        }
        out.draft.rationale.evidence.push_back(std::move(span));
    }
    return success();
}

// What both formats have.
Status read_common_parts(Fields& fields, Review& out) {
    out.draft.active_ms = CS_TRY(fields.integer("active_ms", {.min = 0, .max = kDay_us / 1000}));
    CS_TRY_STATUS(read_answers(fields, out));
    out.draft.rationale.codes = CS_TRY(fields.text_list("codes", 100));
    CS_TRY_STATUS(read_evidence(fields, out));
    out.draft.label = LabelId(CS_TRY(fields.text_or("label", "", {.max_bytes = 200})));
    out.policy = CS_TRY(read_digest(fields, "policy"));
    out.prediction = CS_TRY(read_digest(fields, "prediction"));
    if (fields.has("supersedes")) {
        out.supersedes = OperationId(CS_TRY(fields.text("supersedes", {.max_bytes = 64})));
    }
    if (fields.has("text")) {
        out.text = CS_TRY(read_digest(fields, "text"));
    }
    const std::string verdict = CS_TRY(fields.text("verdict"));
    const std::optional<Verdict> known = verdict_from_name(verdict);
    if (!known) {
        return fields.error("verdict", "must be accept, correct, reject, escalate or skip");
    }
    out.draft.verdict = *known;
    return success();
}

}  // namespace

Result<LeaseRef> read_lease(Fields& fields) {
    LeaseRef out;
    auto fence = parse_fence(CS_TRY(fields.text("fence", {.max_bytes = 50})));
    if (!fence.ok()) {
        return fields.error("fence", fence.error().message);
    }
    out.fence = fence.value();
    out.slot = static_cast<uint32_t>(CS_TRY(fields.integer("slot", {.min = 0, .max = 99})));
    return out;
}

Result<Digest> read_digest(Fields& fields, std::string_view name) {
    auto digest = digest_from_hex(CS_TRY(fields.text(name)));
    return digest.ok() ? digest : Result<Digest>(fields.error(name, digest.error().message));
}

void write_review_body(JsonWriter& writer, const Review& review) {
    const ReviewDraft& draft = review.draft;
    writer.begin_object().member("active_ms", draft.active_ms);
    if (!draft.answers.empty()) {
        write_answers(writer, review);
    }
    if (!draft.rationale.codes.empty()) {
        writer.name("codes").begin_array();
        for (const std::string& code : draft.rationale.codes) {
            writer.text(code);
        }
        writer.end_array();
    }
    if (!draft.rationale.evidence.empty()) {
        write_evidence(writer, draft.rationale.evidence);
    }
    if (!draft.label.empty()) {
        writer.member("label", draft.label.text);
    }
    if (review.lease) {
        writer.name("lease").begin_object().member("fence", to_text(review.lease->fence));
        writer.member("slot", int64_t{review.lease->slot}).end_object();
    }
    writer.member("policy", to_hex(review.policy)).member("prediction", to_hex(review.prediction));
    if (review.supersedes) {
        writer.member("supersedes", review.supersedes->text);
    }
    if (review.text) {
        writer.member("text", to_hex(*review.text));
    }
    writer.member("verdict", verdict_name(draft.verdict)).end_object();
}

Result<Review> read_review_body(const Json& body, const std::string& path) {
    Fields fields = CS_TRY(Fields::of(body, path));
    Review out;
    CS_TRY_STATUS(read_common_parts(fields, out));
    if (const Json* lease = fields.optional("lease")) {
        Fields one = CS_TRY(Fields::of(*lease, fields.path_of("lease")));
        out.lease = CS_TRY(read_lease(one));
        CS_TRY_STATUS(one.done());
    }
    CS_TRY_STATUS(fields.done());
    return out;
}

Result<Review> read_review(const Json& body, const std::string& path, const ActorId& reviewer) {
    Fields fields = CS_TRY(Fields::of(body, path));
    Review out;
    out.reviewer = reviewer;
    out.claimed_at.us = CS_TRY(fields.integer("claimed_at"));
    out.id = OperationId(CS_TRY(fields.text("review", {.max_bytes = 64})));
    out.stream = StreamId(CS_TRY(fields.text("stream", {.max_bytes = 100})));
    CS_TRY_STATUS(read_common_parts(fields, out));
    CS_TRY_STATUS(fields.done());
    return out;
}

}  // namespace countersign
