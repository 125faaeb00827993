#include "core/sync/outbox_file.h"

#include "core/base/concat.h"
#include "core/log/push_reader.h"
#include "core/sync/device_streams.h"

namespace countersign::sync {

namespace {

constexpr PushSize kPart{500, 1'000'000};  // within what a server takes at once
constexpr std::string_view kHeadStart = R"({"push":)";
constexpr std::string_view kEndStart = R"({"end":)";

Error misplaced(std::string_view what, size_t line) {
    return fail(ErrorCode::invalid_argument, std::string(what), concat("line ", line));
}

// `part` is lines of the file from `line` on.
Result<OutboxPart> read_part(std::string_view part, size_t line) {
    // Empty lines count and mean nothing: with as many as come before it, errors name the file's lines.
    const ReadPush push = CS_TRY(read_push_body(std::string(line - 1, '\n').append(part), PushLimits{}));
    OutboxPart out;
    out.body = concat(part, '\n');
    out.stream = push.stream;
    out.from = push.from;
    out.operations = push.hashes.size();
    out.is_signed = !push.signature.empty();
    return out;
}

}  // namespace

Result<OutboxFile> write_outbox_file(Device& device, const store::ProjectRow& project, const ActorId& account) {
    OutboxFile out;
    for (const store::StreamRow& stream : CS_TRY(store::streams_of(device.database(), account, &project))) {
        for (uint64_t after = stream.levels.saved; after < stream.head.seq;) {
            PushBody part = CS_TRY(push_after(device, stream, after, kPart));
            std::string body = write_push_body(part, Elide::no);
            if (part.operations.size() > 1 && !read_push_body(body, PushLimits{}).ok()) {
                // Something in it is damaged: each stands alone, so that the others are proven all the same.
                part = CS_TRY(push_after(device, stream, after, {1, kPart.bytes}));
                body = write_push_body(part, Elide::no);
            }
            if (part.operations.empty()) {
                return fail(ErrorCode::corrupt, concat("operation ", after + 1, " of this device is missing"));
            }
            out.bytes += body;
            out.operations += part.operations.size();
            after = part.last();
        }
    }
    return out;
}

Result<std::vector<OutboxPart>> read_outbox_file(std::string_view file) {
    std::vector<OutboxPart> out;
    size_t line_no = 0;
    size_t begin = 0;       // of the part that is open
    size_t begin_line = 0;  // 0: none is
    for (size_t at = 0; at < file.size();) {
        const size_t end = std::min(file.find('\n', at), file.size());
        const std::string_view line = file.substr(at, end - at);
        ++line_no;
        if (begin_line == 0 && line.starts_with(kHeadStart)) {
            begin = at;
            begin_line = line_no;
        } else if (begin_line == 0 && !line.empty()) {
            return misplaced(R"(is not the beginning of decisions that a desk saved ({"push":1,...}))", line_no);
        } else if (line.starts_with(kHeadStart)) {
            return misplaced(concat("begins anew, but what began in line ", begin_line, " has no end"), line_no);
        } else if (line.starts_with(kEndStart)) {
            out.push_back(CS_TRY(read_part(file.substr(begin, end - begin), begin_line)));
            begin_line = 0;
        }
        at = end + 1;
    }
    if (begin_line != 0) {
        return misplaced(concat("the file was cut off: what began in line ", begin_line, " has no end"), line_no);
    }
    return out.empty() ? Result<std::vector<OutboxPart>>(misplaced("the file holds no decisions", 1)) : std::move(out);
}

}  // namespace countersign::sync
