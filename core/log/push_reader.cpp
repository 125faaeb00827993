#include "core/log/push_reader.h"

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/log/envelope.h"
#include "core/log/pushed_line.h"
#include "core/log/review_json.h"

namespace countersign {

namespace {

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

    size_t number() const { return number_; }

    bool at_end() const { return rest_.find_first_not_of('\n') == std::string_view::npos; }

    std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
    size_t number_ = 0;
};

std::string place(size_t line) {
    return concat("line ", line);
}

Status read_head(std::string_view line, PushHead& out) {
    const Json json = CS_TRY(parse_json_line(line));
    Fields fields = CS_TRY(Fields::of(json, ""));
    CS_TRY(fields.integer("push", {.min = 1, .max = 1}));
    out.from = static_cast<uint64_t>(CS_TRY(fields.integer("from", {.min = 1})));
    out.announced = static_cast<uint64_t>(CS_TRY(fields.integer_or("announced", 0, {.min = 0})));
    out.prev = CS_TRY(read_digest(fields, "prev"));
    out.stream = StreamId(CS_TRY(fields.text("stream", {.max_bytes = 100})));
    for (std::string& item : CS_TRY(fields.text_list("waiting", kPushWaiting_max))) {
        out.waiting.emplace_back(std::move(item));
    }
    return fields.done();
}

Status read_end(std::string_view line, ReadPush& out) {
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
    const Digest last = out.hashes.empty() ? out.prev : out.hashes.back();
    if (seq != out.last() || hash != last) {
        return fields.error("hash",
                            "the operations are not those that were signed here: something was lost or changed on "
                            "the way");
    }
    return success();
}

// The operations of a push one behind the other, each with its texts.
class Operations {
public:
    Operations(ReadPush& push, const PushLimits& limits) : push_(push), limits_(limits) {}

    // False: the line is no text of the operation before it.
    bool take_text(std::string_view line) {
        if (!is_open_ || !text_.read(line)) {
            return false;
        }
        operation_.add(commitment(text_.domain(), text_.key(), text_.text()));
        return true;
    }

    Status begin(std::string_view line, size_t number) {
        if (push_.hashes.size() == limits_.operations || line.size() > limits_.line_bytes) {
            return fail(
                ErrorCode::exhausted,
                concat("a push may hold ", limits_.operations, " operations of at most ", limits_.line_bytes, " bytes"),
                place(number));
        }
        operation_.begin(line);
        line_ = number;
        is_open_ = true;
        return success();
    }

    // The operation that is open is whole. Only what continues the one before it is covered by the signature at the
    // end.
    Status end() {
        if (!is_open_) {
            return success();
        }
        is_open_ = false;
        const bool first = push_.hashes.empty();
        const bool continues = operation_.finish(first ? push_.prev : push_.hashes.back());
        if (!continues && !first) {
            return fail(
                ErrorCode::invalid_argument,
                "does not continue the operation before it, so the signature does not cover that one: something was "
                "changed on the way; operations that are damaged are sent one by one",
                place(line_));
        }
        push_.hashes.push_back(operation_hash(operation_.bytes()));
        return success();
    }

private:
    ReadPush& push_;
    const PushLimits& limits_;
    PushedText text_;
    PushedOperationLine operation_;
    size_t line_ = 0;
    bool is_open_ = false;
};

}  // namespace

Result<ReadPush> read_push_body(std::string_view body, const PushLimits& limits) {
    ReadPush out;
    Lines lines(body);
    std::string_view line;
    if (!lines.next(line)) {
        return fail(ErrorCode::invalid_argument, "is empty; a push begins with {\"push\":1,...}", "line 1");
    }
    if (auto head = read_head(line, out); !head.ok()) {
        return head.error().at(place(lines.number()));
    }
    out.lines = lines.rest();
    Operations operations(out, limits);
    while (lines.next(line)) {
        if (operations.take_text(line)) {
            continue;
        }
        CS_TRY_STATUS(operations.end());
        if (lines.at_end()) {
            out.lines = out.lines.substr(0, static_cast<size_t>(line.data() - out.lines.data()));
            auto end = read_end(line, out);
            return end.ok() ? Result<ReadPush>(std::move(out)) : end.error().at(place(lines.number()));
        }
        CS_TRY_STATUS(operations.begin(line, lines.number()));
    }
    return fail(ErrorCode::invalid_argument, "the push was cut off: its end line is missing", place(lines.number()));
}

std::vector<PushedOperation> read_pushed_operations(std::string_view body, const Digest& prev) {
    std::vector<PushedOperation> out;
    Lines lines(body);
    PushedText text;
    PushedOperationLine operation;
    Digest before = prev;
    const auto end = [&] {
        if (!out.empty()) {
            operation.finish(before);
            out.back().bytes = operation.bytes();
            out.back().hash = before = operation_hash(operation.bytes());
        }
    };
    for (std::string_view line; lines.next(line);) {
        if (!out.empty() && text.read(line)) {
            CommittedText committed = commit_text(text.domain(), std::string(text.key()), std::string(text.text()));
            operation.add(committed.commitment);
            out.back().texts.push_back(std::move(committed));
            continue;
        }
        end();
        out.emplace_back();
        operation.begin(line);
    }
    end();
    return out;
}

}  // namespace countersign
