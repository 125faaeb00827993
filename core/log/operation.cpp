#include "core/log/operation.h"

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/log/review_json.h"

namespace countersign {

namespace {

std::string_view type_of(const CommandBody& command) {
    if (std::holds_alternative<SubmitReview>(command)) {
        return "submit_review";
    }
    if (std::holds_alternative<WithdrawReview>(command)) {
        return "withdraw_review";
    }
    return std::holds_alternative<AddNote>(command) ? "add_note" : std::string_view();
}

void write_command(JsonWriter& writer, const Operation& operation) {
    if (std::holds_alternative<SubmitReview>(operation.command)) {
        write_review_body(writer, review_of(operation));
    } else if (const auto* withdraw = std::get_if<WithdrawReview>(&operation.command)) {
        writer.begin_object().member("review", withdraw->review.text).end_object();
    } else {
        const auto& note = std::get<AddNote>(operation.command);
        writer.begin_object().member("text", to_hex(note.commitment)).end_object();
    }
}

SubmitReview submit_of(Review review) {
    SubmitReview submit;
    submit.draft = std::move(review.draft);
    submit.text = review.text;
    submit.answer_texts = std::move(review.answer_texts);
    submit.prediction = review.prediction;
    submit.policy = review.policy;
    submit.supersedes = review.supersedes;
    submit.lease = review.lease;
    return submit;
}

// In format 1 the body says again what the envelope says.
Result<CommandBody> read_submit_1(const Json& body, const Operation& operation) {
    Review review = CS_TRY(read_review(body, "body", operation.actor));
    if (review.id != operation.id || review.stream != operation.stream || review.claimed_at != operation.at) {
        return fail(ErrorCode::invalid_argument, "must name the same review, stream and time as the operation", "body");
    }
    return CommandBody(submit_of(std::move(review)));
}

Result<CommandBody> read_command(const Json& body, const Operation& operation) {
    if (operation.type == "submit_review") {
        if (operation.version == 1) {
            return read_submit_1(body, operation);
        }
        return CommandBody(submit_of(CS_TRY(read_review_body(body, "body"))));
    }
    Fields fields = CS_TRY(Fields::of(body, "body"));
    if (operation.type == "withdraw_review") {
        WithdrawReview withdraw{OperationId(CS_TRY(fields.text("review", {.max_bytes = 64})))};
        CS_TRY_STATUS(fields.done());
        return CommandBody(std::move(withdraw));
    }
    if (operation.type == "add_note") {
        AddNote note;
        note.commitment = CS_TRY(read_digest(fields, "text"));
        CS_TRY_STATUS(fields.done());
        return CommandBody(std::move(note));
    }
    return CommandBody(UnknownCommand{operation.type});
}

Result<std::string> open_text(const std::vector<CommittedText>& texts, const Digest& commitment,
                              std::string_view domain, const std::string& path) {
    for (const CommittedText& text : texts) {
        if (text.commitment == commitment) {
            if (!opens(text, domain)) {
                return fail(ErrorCode::invalid_argument, "the text does not match its commitment", path);
            }
            return text.text;
        }
    }
    return fail(ErrorCode::invalid_argument, "the text of this commitment was not sent along", path);
}

}  // namespace

Result<std::string> encode_operation(const Operation& operation) {
    const std::string_view type = type_of(operation.command);
    CS_CHECK(!type.empty());
    JsonWriter writer(JsonWriter::Order::sorted);
    writer.begin_object().member("actor", operation.actor.text).member("at", operation.at.us).name("body");
    write_command(writer, operation);
    writer.member("item", operation.item.text).member("mono_ms", operation.mono_ms);
    if (operation.offset_ms) {
        writer.member("offset_ms", *operation.offset_ms);
    }
    writer.member("op", operation.id.text).member("prev", to_hex(operation.prev));
    writer.member("project", operation.project.text);
    if (operation.seen) {
        writer.name("seen").begin_object().member("epoch", static_cast<int64_t>(operation.seen->epoch));
        writer.member("root", to_hex(operation.seen->root)).member("size", static_cast<int64_t>(operation.seen->size));
        writer.end_object();
    }
    writer.member("seq", static_cast<int64_t>(operation.seq));
    writer.member("stream", operation.stream.text).member("type", type).member("v", int64_t{2}).end_object();
    std::string bytes = std::move(writer).take();
    if (bytes.size() > kOperationLimit_bytes) {
        return fail(ErrorCode::exhausted, concat("the decision would have ", bytes.size(), " bytes; at most ",
                                                 kOperationLimit_bytes, " are allowed (fewer answers or evidence)"));
    }
    return bytes;
}

Result<Operation> read_operation(const Json& json) {
    Operation out;
    static_cast<Envelope&>(out) = CS_TRY(read_envelope(json));
    out.command = CS_TRY(read_command(*json.find("body"), out));
    return out;
}

Status open_texts(Operation& operation, const std::vector<CommittedText>& texts) {
    if (auto* note = std::get_if<AddNote>(&operation.command)) {
        note->text = CS_TRY(open_text(texts, note->commitment, kNoteDomain, "body.text"));
    }
    auto* submit = std::get_if<SubmitReview>(&operation.command);
    if (submit == nullptr) {
        return success();
    }
    if (submit->text) {
        submit->draft.rationale.text = CS_TRY(open_text(texts, *submit->text, kRationaleDomain, "body.text"));
    }
    for (size_t i = 0; i < submit->answer_texts.size(); ++i) {
        if (submit->answer_texts[i]) {
            submit->draft.answers[i].value =
                CS_TRY(open_text(texts, *submit->answer_texts[i], kAnswerDomain, element_path("body.answers", i)));
        }
    }
    return success();
}

Result<Operation> decode_operation(const SealedOperation& sealed) {
    const Json json = CS_TRY(parse_json(sealed.bytes, {.depth = 16, .total_bytes = kOperationLimit_bytes}));
    Operation out = CS_TRY(read_operation(json));
    CS_TRY_STATUS(open_texts(out, sealed.texts));
    return out;
}

Review review_of(const Operation& operation) {
    const auto& submit = std::get<SubmitReview>(operation.command);
    Review review;
    review.id = operation.id;
    review.reviewer = operation.actor;
    review.stream = operation.stream;
    review.draft = submit.draft;
    review.text = submit.text;
    review.answer_texts = submit.answer_texts;
    review.prediction = submit.prediction;
    review.policy = submit.policy;
    review.claimed_at = operation.at;
    review.supersedes = submit.supersedes;
    review.lease = submit.lease;
    // What is committed to does not stand in the log in plain.
    review.draft.rationale.text.clear();
    for (size_t i = 0; i < review.answer_texts.size(); ++i) {
        if (review.answer_texts[i]) {
            review.draft.answers[i].value.clear();
        }
    }
    return review;
}

}  // namespace countersign
