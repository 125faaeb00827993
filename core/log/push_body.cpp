#include "core/log/push_body.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/canonical.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/log/review_json.h"

namespace countersign {

namespace {

constexpr std::string_view kTextStart = R"({"as":)";
constexpr std::string_view kPrevStart = R"("prev":")";
constexpr std::string_view kCommitmentStart = R"("text":")";
constexpr size_t kHex = 64;
constexpr size_t kText_bytes = 1 << 20;
constexpr size_t kWaiting = 1'000;
constexpr std::string_view kDomains[] = {kRationaleDomain, kAnswerDomain, kNoteDomain};

class Lines {
public:
    explicit Lines(std::string_view body) : rest_(body) {}

    // The next line that is not empty; false at the end.
    bool next(std::string_view& line) {
        do {
            if (rest_.empty()) {
                return false;
            }
            const size_t end = rest_.find('\n');
            line = rest_.substr(0, end);
            rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
            ++number_;
        } while (line.empty());
        return true;
    }

    std::string place() const { return concat("line ", number_); }

    bool at_end() const { return rest_.find_first_not_of('\n') == std::string_view::npos; }

    std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
    size_t number_ = 0;
};

Status read_head(std::string_view line, PushBody& out) {
    const Json json = CS_TRY(parse_json_line(line));
    Fields fields = CS_TRY(Fields::of(json, ""));
    CS_TRY(fields.integer("push", {.min = 1, .max = 1}));
    out.from = static_cast<uint64_t>(CS_TRY(fields.integer("from", {.min = 1})));
    out.announced = static_cast<uint64_t>(CS_TRY(fields.integer_or("announced", 0, {.min = 0})));
    out.prev = CS_TRY(read_digest(fields, "prev"));
    out.stream = StreamId(CS_TRY(fields.text("stream", {.max_bytes = 100})));
    for (std::string& item : CS_TRY(fields.text_list("waiting", kWaiting))) {
        out.waiting.emplace_back(std::move(item));
    }
    return fields.done();
}

Status read_end(std::string_view line, PushBody& out) {
    const Json json = CS_TRY(parse_json_line(line));
    Fields fields = CS_TRY(Fields::of(json, ""));
    CS_TRY(fields.integer("end", {.min = 1, .max = 1}));
    const Digest hash = CS_TRY(read_digest(fields, "hash"));
    const auto seq = static_cast<uint64_t>(CS_TRY(fields.integer("seq", {.min = 0})));
    if (fields.has("signature")) {
        auto signature = from_hex(CS_TRY(fields.text("signature")));
        if (!signature.ok() || signature.value().size() != 64) {
            return fields.error("signature", "is not a signature of 64 bytes in hexadecimal");
        }
        out.signature = std::move(signature).value();
    }
    CS_TRY_STATUS(fields.done());
    const Digest last = out.operations.empty() ? out.prev : out.operations.back().hash;
    if (seq != out.last() || hash != last) {
        return fields.error("hash",
                            "the operations are not those that were signed here: something was lost or changed on "
                            "the way");
    }
    return success();
}

// A text as our own devices write it, at a fifth of the cost; nothing when it is written otherwise, or wrong.
std::optional<CommittedText> read_canonical_text(std::string_view line, CanonicalJson& json) {
    if (!json.read(line).ok()) {
        return std::nullopt;
    }
    const CanonicalValue as = json.root().first();
    const CanonicalValue key = as.next();
    const CanonicalValue text = key.next();
    if (as.name() != "as" || key.name() != "key" || text.name() != "text" || text.next()) {
        return std::nullopt;
    }
    const auto* domain = std::find(std::begin(kDomains), std::end(kDomains), as.plain_text());
    auto key_bytes = from_hex(key.plain_text().value_or(std::string_view()));
    auto words = text.text();
    if (domain == std::end(kDomains) || !key_bytes.ok() || !is_commitment_key(key_bytes.value()) || !words ||
        words->size() > kText_bytes) {
        return std::nullopt;
    }
    return commit_text(*domain, std::move(key_bytes).value(), std::move(*words));
}

Result<CommittedText> read_text(std::string_view line, CanonicalJson& scratch) {
    if (auto text = read_canonical_text(line, scratch)) {
        return std::move(*text);
    }
    const Json json = CS_TRY(parse_json_line(line));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const std::string as = CS_TRY(fields.text("as", {.max_bytes = 20}));
    auto key = from_hex(CS_TRY(fields.text("key", {.max_bytes = kHex})));
    std::string text = CS_TRY(fields.text("text", {.min_bytes = 0, .max_bytes = kText_bytes}));
    CS_TRY_STATUS(fields.done());
    const auto* domain = std::find(std::begin(kDomains), std::end(kDomains), as);
    if (domain == std::end(kDomains)) {
        return fields.error("as", "must be rationale, answer or note");
    }
    if (!key.ok() || !is_commitment_key(key.value())) {
        return fields.error("key", "is not a key of 16 or 32 bytes in hexadecimal");
    }
    return commit_text(*domain, std::move(key).value(), std::move(text));
}

// The last of its name: what comes behind it in an envelope is no object.
void put_prev_back(std::string& bytes, const Digest& prev) {
    const size_t at = bytes.rfind(kPrevStart);
    if (at != std::string::npos && bytes.compare(at + kPrevStart.size(), 1, "\"") == 0) {
        bytes.insert(at + kPrevStart.size(), to_hex(prev));
    }
}

void put_commitments_back(std::string& bytes, const std::vector<CommittedText>& texts) {
    size_t at = 0;
    for (const CommittedText& text : texts) {
        do {
            at = bytes.find(kCommitmentStart, at);
            if (at == std::string::npos) {
                return;
            }
            at += kCommitmentStart.size();
        } while (bytes.compare(at, 1, "\"") != 0);
        bytes.insert(at, to_hex(text.commitment));
    }
}

// Bytes and texts of one operation as they stood in the push.
void finish(PushedOperation& operation, const Digest& prev) {
    put_prev_back(operation.bytes, prev);
    if (!operation.texts.empty()) {
        put_commitments_back(operation.bytes, operation.texts);
    }
    operation.hash = operation_hash(operation.bytes);
}

bool continues(std::string_view bytes, const Digest& prev) {
    const size_t at = bytes.rfind(kPrevStart);
    return at != std::string::npos && bytes.compare(at + kPrevStart.size(), kHex, to_hex(prev)) == 0;
}

// The last operation of `push` is whole. Only what continues the one before it is covered by the signature at the end.
Status finish_last(PushBody& push, std::string_view place) {
    const size_t count = push.operations.size();
    const Digest prev = count < 2 ? push.prev : push.operations[count - 2].hash;
    finish(push.operations.back(), prev);
    if (count > 1 && !continues(push.operations.back().bytes, prev)) {
        return fail(
            ErrorCode::invalid_argument,
            "does not continue the operation before it, so the signature does not cover that one: something was "
            "changed on the way; operations that are damaged are sent one by one",
            std::string(place));
    }
    return success();
}

void append_line(std::string& out, JsonWriter writer) {
    out += std::move(writer).take();
    out += '\n';
}

std::string_view domain_that_opens(const CommittedText& text) {
    const auto* domain =
        std::find_if(std::begin(kDomains), std::end(kDomains), [&](std::string_view one) { return opens(text, one); });
    return domain == std::end(kDomains) ? std::string_view() : *domain;
}

void write_text(std::string& out, const CommittedText& text, std::string_view domain) {
    JsonWriter writer;
    writer.begin_object().member("as", domain).member("key", to_hex(text.key)).member("text", text.text).end_object();
    append_line(out, std::move(writer));
}

// The operation's line, and its texts behind it in the order in which its body names them.
void write_operation(std::string& out, const PushedOperation& operation, const Digest& prev, Elide elide) {
    std::string line = operation.bytes;
    std::string texts;
    if (elide == Elide::yes && continues(line, prev)) {
        line.erase(line.rfind(kPrevStart) + kPrevStart.size(), kHex);
    }
    for (size_t at = line.find(kCommitmentStart); at != std::string::npos; at = line.find(kCommitmentStart, at)) {
        at += kCommitmentStart.size();
        const auto named = std::find_if(operation.texts.begin(), operation.texts.end(), [&](const CommittedText& one) {
            return line.compare(at, kHex, to_hex(one.commitment)) == 0;
        });
        const std::string_view domain = named == operation.texts.end() ? std::string_view() : domain_that_opens(*named);
        if (domain.empty()) {
            continue;
        }
        write_text(texts, *named, domain);
        if (elide == Elide::yes) {
            line.erase(at, kHex);
        }
    }
    out += line;
    out += '\n';
    out += texts;
}

}  // namespace

Result<PushBody> read_push_body(std::string_view body, const PushLimits& limits) {
    PushBody out;
    Lines lines(body);
    std::string_view line;
    if (!lines.next(line)) {
        return fail(ErrorCode::invalid_argument, "is empty; a push begins with {\"push\":1,...}", "line 1");
    }
    if (auto head = read_head(line, out); !head.ok()) {
        return head.error().at(lines.place());
    }
    std::string place;  // of the last operation
    CanonicalJson json;
    out.lines = lines.rest();
    while (lines.next(line)) {
        if (line.starts_with(kTextStart) && !out.operations.empty()) {
            if (auto text = read_text(line, json); text.ok()) {
                out.operations.back().texts.push_back(std::move(text).value());
                continue;
            }
        }
        if (!out.operations.empty()) {
            CS_TRY_STATUS(finish_last(out, place));
        }
        if (lines.at_end()) {
            out.lines = out.lines.substr(0, static_cast<size_t>(line.data() - out.lines.data()));
            auto end = read_end(line, out);
            return end.ok() ? Result<PushBody>(std::move(out)) : end.error().at(lines.place());
        }
        if (out.operations.size() == limits.operations || line.size() > limits.line_bytes) {
            return fail(
                ErrorCode::exhausted,
                concat("a push may hold ", limits.operations, " operations of at most ", limits.line_bytes, " bytes"),
                lines.place());
        }
        out.operations.push_back({std::string(line), {}, {}});
        place = lines.place();
    }
    return fail(ErrorCode::invalid_argument, "the push was cut off: its end line is missing", lines.place());
}

std::string write_pushed_operations(const std::vector<PushedOperation>& operations, const Digest& first_prev) {
    std::string out;
    Digest prev = first_prev;
    for (const PushedOperation& operation : operations) {
        write_operation(out, operation, prev, Elide::no);
        prev = operation.hash;
    }
    return out;
}

std::vector<PushedOperation> read_pushed_operations(std::string_view body, const Digest& prev) {
    std::vector<PushedOperation> out;
    Lines lines(body);
    CanonicalJson json;
    for (std::string_view line; lines.next(line);) {
        auto text =
            line.starts_with(kTextStart) && !out.empty() ? read_text(line, json) : Result<CommittedText>(Error{});
        if (text.ok()) {
            out.back().texts.push_back(std::move(text).value());
        } else {
            out.push_back({std::string(line), {}, {}});
        }
    }
    Digest before = prev;
    for (PushedOperation& operation : out) {
        finish(operation, before);
        before = operation.hash;
    }
    return out;
}

std::string write_push_body(const PushBody& push, Elide elide) {
    std::string out;
    JsonWriter head;
    head.begin_object().member("push", int64_t{1}).member("announced", static_cast<int64_t>(push.announced));
    head.member("from", static_cast<int64_t>(push.from)).member("prev", to_hex(push.prev));
    head.member("stream", push.stream.text).name("waiting").begin_array();
    for (size_t i = 0; i < std::min(push.waiting.size(), kWaiting); ++i) {
        head.text(push.waiting[i].text);
    }
    head.end_array().end_object();
    append_line(out, std::move(head));
    Digest prev = push.prev;
    for (const PushedOperation& operation : push.operations) {
        write_operation(out, operation, prev, elide);
        prev = operation.hash;
    }
    JsonWriter end;
    end.begin_object().member("end", int64_t{1}).member("hash", to_hex(prev));
    end.member("seq", static_cast<int64_t>(push.last()));
    if (!push.signature.empty()) {
        end.member("signature", to_hex(push.signature));
    }
    append_line(out, std::move(end.end_object()));
    return out;
}

}  // namespace countersign
