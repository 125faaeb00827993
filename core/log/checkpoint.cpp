#include "core/log/checkpoint.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/decimal.h"
#include "core/base/utf8.h"
#include "core/crypto/base64.h"
#include "core/log/note.h"

namespace countersign {

namespace {

constexpr std::string_view kScheme = "countersign/";
constexpr size_t kServer_digits = 16;

Error at_line(size_t line, std::string message) {
    return fail(ErrorCode::invalid_argument, std::move(message), concat("line ", line));
}

// Takes the next line with its newline from `rest`; `number` becomes its number.
Result<std::string_view> next_line(std::string_view& rest, size_t& number, std::string_view what) {
    const size_t end = rest.find('\n');
    ++number;
    if (end == std::string_view::npos) {
        return at_line(number, concat(what, " is missing"));
    }
    if (end == 0) {
        return at_line(number, concat(what, " must not be empty"));
    }
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

}  // namespace

std::string checkpoint_text(const Checkpoint& checkpoint) {
    return concat(checkpoint.origin, '\n', checkpoint.head.size, '\n', crypto::to_base64(checkpoint.head.root.view()),
                  '\n');
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
    std::string_view rest = text;
    size_t number = 0;
    Checkpoint out;
    out.origin = CS_TRY(next_line(rest, number, "the origin"));
    const std::string_view size = CS_TRY(next_line(rest, number, "the size"));
    const auto leaves = read_decimal(size);
    if (!leaves || *leaves > kTreeSize_max) {
        return at_line(number, concat("'", utf8::shortened(size, 30), "' is not a number of leaves"));
    }
    out.head.size = *leaves;
    const std::string_view root = CS_TRY(next_line(rest, number, "the root"));
    const auto bytes = crypto::from_base64(root);
    const auto digest = bytes.ok() ? digest_from_bytes(bytes.value()) : Result<Digest>(bytes.error());
    if (!digest.ok()) {
        return at_line(number, "the root is not base64 of a SHA-256 hash");
    }
    out.head.root = digest.value();
    while (!rest.empty()) {
        static_cast<void>(CS_TRY(next_line(rest, number, "an extension line")));
    }
    return out;
}

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const crypto::SigningKey& key) {
    return sign_note(checkpoint_text(checkpoint), checkpoint.origin, key);
}

std::string origin_text(const LogOrigin& origin) {
    return concat(kScheme, origin.server, '/', origin.project, '/', origin.epoch);
}

Result<LogOrigin> parse_origin(std::string_view origin) {
    const auto refuse = [&] {
        return fail(ErrorCode::invalid_argument,
                    concat("'", utf8::shortened(origin, 80),
                           "' is not countersign/<server, 16 hex digits>/<project>/<epoch number>"));
    };
    if (!origin.starts_with(kScheme)) {
        return refuse();
    }
    const std::string_view rest = origin.substr(kScheme.size());
    const size_t first = rest.find('/');
    const size_t second = first == std::string_view::npos ? first : rest.find('/', first + 1);
    if (second == std::string_view::npos) {
        return refuse();
    }
    LogOrigin out;
    out.server = rest.substr(0, first);
    out.project = rest.substr(first + 1, second - first - 1);
    const auto epoch = read_decimal(rest.substr(second + 1));
    const bool hex = std::all_of(out.server.begin(), out.server.end(),
                                 [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (!hex || out.server.size() != kServer_digits || !is_key_name(out.project) || !epoch) {
        return refuse();
    }
    out.epoch = *epoch;
    return out;
}

}  // namespace countersign
