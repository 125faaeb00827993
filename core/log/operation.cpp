#include "core/log/operation.h"

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/log/review_json.h"

namespace countersign {

namespace {

struct TypeName {
    std::string operator()(const IngestPrediction&) const { return {}; }

    std::string operator()(const ClaimItem&) const { return "claim_item"; }

    std::string operator()(const SubmitReview&) const { return "submit_review"; }

    std::string operator()(const WithdrawReview&) const { return "withdraw_review"; }

    std::string operator()(const AddNote&) const { return "add_note"; }
};

// The review as its operation's body spells it; reviewer and texts' plain form stay out.
Review review_of(const Operation& operation, const SubmitReview& submit) {
    Review review;
    review.id = operation.id;
    review.stream = operation.stream;
    review.draft = submit.draft;
    review.text = submit.text;
    review.answer_texts = submit.answer_texts;
    review.prediction = submit.prediction;
    review.policy = submit.policy;
    review.claimed_at = operation.at;
    review.supersedes = submit.supersedes;
    return review;
}

void write_command(JsonWriter& writer, const Operation& operation) {
    if (const auto* submit = std::get_if<SubmitReview>(&operation.command)) {
        write_review(writer, review_of(operation, *submit));
    } else if (const auto* withdraw = std::get_if<WithdrawReview>(&operation.command)) {
        writer.begin_object().member("review", withdraw->review.text).end_object();
    } else if (const auto* note = std::get_if<AddNote>(&operation.command)) {
        writer.begin_object().member("text", to_hex(note->commitment)).end_object();
    } else {
        writer.begin_object().end_object();
    }
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

Result<CommandBody> read_submit(const Json& body, const Operation& operation, const std::vector<CommittedText>& texts) {
    Review review = CS_TRY(read_review(body, "body", operation.actor));
    if (review.id != operation.id || review.stream != operation.stream || review.claimed_at != operation.at) {
        return fail(ErrorCode::invalid_argument, "must name the same review, stream and time as the operation", "body");
    }
    SubmitReview submit;
    if (review.text) {
        review.draft.rationale.text = CS_TRY(open_text(texts, *review.text, kRationaleDomain, "body.text"));
    }
    for (size_t i = 0; i < review.answer_texts.size(); ++i) {
        if (review.answer_texts[i]) {
            review.draft.answers[i].value =
                CS_TRY(open_text(texts, *review.answer_texts[i], kAnswerDomain, element_path("body.answers", i)));
        }
    }
    submit.draft = std::move(review.draft);
    submit.text = review.text;
    submit.answer_texts = std::move(review.answer_texts);
    submit.prediction = review.prediction;
    submit.policy = review.policy;
    submit.supersedes = review.supersedes;
    return CommandBody(std::move(submit));
}

Result<CommandBody> read_command(const std::string& type, const Json& body, const Operation& operation,
                                 const std::vector<CommittedText>& texts) {
    if (type == "submit_review") {
        return read_submit(body, operation, texts);
    }
    Fields fields = CS_TRY(Fields::of(body, "body"));
    if (type == "withdraw_review") {
        WithdrawReview withdraw{OperationId(CS_TRY(fields.text("review", {.max_bytes = 64})))};
        CS_TRY_STATUS(fields.done());
        return CommandBody(std::move(withdraw));
    }
    if (type == "add_note") {
        AddNote note;
        note.commitment = CS_TRY(read_digest(fields, "text"));
        CS_TRY_STATUS(fields.done());
        note.text = CS_TRY(open_text(texts, note.commitment, kNoteDomain, "body.text"));
        return CommandBody(std::move(note));
    }
    if (type == "claim_item") {
        CS_TRY_STATUS(fields.done());
        return CommandBody(ClaimItem{});
    }
    return fail(ErrorCode::unimplemented, concat("the operation type '", type, "' is not known to this version"),
                "type");
}

}  // namespace

Result<std::string> encode_operation(const Operation& operation) {
    const std::string type = std::visit(TypeName{}, operation.command);
    CS_CHECK(!type.empty());
    JsonWriter writer(JsonWriter::Order::sorted);
    writer.begin_object().member("actor", operation.actor.text).member("at", operation.at.us).name("body");
    write_command(writer, operation);
    writer.member("item", operation.item.text).member("op", operation.id.text).member("prev", to_hex(operation.prev));
    writer.member("project", operation.project.text).member("seq", static_cast<int64_t>(operation.seq));
    writer.member("stream", operation.stream.text).member("type", type).member("v", int64_t{1}).end_object();
    std::string bytes = std::move(writer).take();
    if (bytes.size() > kOperationLimit_bytes) {
        return fail(ErrorCode::exhausted, concat("the decision would have ", bytes.size(), " bytes; at most ",
                                                 kOperationLimit_bytes, " are allowed (fewer answers or evidence)"));
    }
    return bytes;
}

Result<Operation> decode_operation(const SealedOperation& sealed) {
    const Json json = CS_TRY(parse_json(sealed.bytes, {.depth = 16, .total_bytes = kOperationLimit_bytes}));
    Fields fields = CS_TRY(Fields::of(json, ""));
    Operation out;
    out.actor = ActorId(CS_TRY(fields.text("actor", {.max_bytes = 200})));
    out.at.us = CS_TRY(fields.integer("at"));
    const Json* body = CS_TRY(fields.object("body"));
    out.item = ItemId(CS_TRY(fields.text("item", {.max_bytes = 200})));
    out.id = OperationId(CS_TRY(fields.text("op", {.min_bytes = 36, .max_bytes = 36})));
    out.prev = CS_TRY(read_digest(fields, "prev"));
    out.project = ProjectId(CS_TRY(fields.text("project", {.max_bytes = 64})));
    out.seq = static_cast<uint64_t>(CS_TRY(fields.integer("seq", {.min = 1})));
    out.stream = StreamId(CS_TRY(fields.text("stream", {.max_bytes = 100})));
    const std::string type = CS_TRY(fields.text("type"));
    static_cast<void>(CS_TRY(fields.integer("v", {.min = 1, .max = 1})));
    CS_TRY_STATUS(fields.done());
    out.command = CS_TRY(read_command(type, *body, out, sealed.texts));
    return out;
}

Digest operation_hash(std::string_view bytes) {
    return sha256(std::string_view("countersign-op1", 16), bytes);
}

}  // namespace countersign
