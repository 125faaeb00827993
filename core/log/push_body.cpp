#include "core/log/push_body.h"

#include <algorithm>

#include "core/json/writer.h"
#include "core/log/pushed_line.h"

namespace countersign {

namespace {

bool continues(std::string_view bytes, const Digest& prev) {
    const size_t at = bytes.rfind(kPushedPrevStart);
    return at != std::string::npos && bytes.compare(at + kPushedPrevStart.size(), kDigestHex, to_hex(prev)) == 0;
}

void append_line(std::string& out, JsonWriter writer) {
    out += std::move(writer).take();
    out += '\n';
}

std::string_view domain_that_opens(const CommittedText& text) {
    const auto* domain = std::find_if(std::begin(kPushedDomains), std::end(kPushedDomains),
                                      [&](std::string_view one) { return opens(text, one); });
    return domain == std::end(kPushedDomains) ? std::string_view() : *domain;
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
        line.erase(line.rfind(kPushedPrevStart) + kPushedPrevStart.size(), kDigestHex);
    }
    for (size_t at = line.find(kPushedCommitmentStart); at != std::string::npos;
         at = line.find(kPushedCommitmentStart, at)) {
        at += kPushedCommitmentStart.size();
        const auto named = std::find_if(operation.texts.begin(), operation.texts.end(), [&](const CommittedText& one) {
            return line.compare(at, kDigestHex, to_hex(one.commitment)) == 0;
        });
        const std::string_view domain = named == operation.texts.end() ? std::string_view() : domain_that_opens(*named);
        if (domain.empty()) {
            continue;
        }
        write_text(texts, *named, domain);
        if (elide == Elide::yes) {
            line.erase(at, kDigestHex);
        }
    }
    out += line;
    out += '\n';
    out += texts;
}

}  // namespace

std::string write_pushed_operations(const std::vector<PushedOperation>& operations, const Digest& first_prev) {
    std::string out;
    Digest prev = first_prev;
    for (const PushedOperation& operation : operations) {
        write_operation(out, operation, prev, Elide::no);
        prev = operation.hash;
    }
    return out;
}

std::string write_push_body(const PushBody& push, Elide elide) {
    std::string out;
    JsonWriter head;
    head.begin_object().member("push", int64_t{1}).member("announced", static_cast<int64_t>(push.announced));
    head.member("from", static_cast<int64_t>(push.from)).member("prev", to_hex(push.prev));
    head.member("stream", push.stream.text).name("waiting").begin_array();
    for (size_t i = 0; i < std::min(push.waiting.size(), kPushWaiting_max); ++i) {
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
