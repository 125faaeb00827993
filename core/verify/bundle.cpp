#include "core/verify/bundle.h"

#include <array>

#include "core/base/concat.h"
#include "core/verify/members.h"

namespace countersign::verify {

namespace {

struct Beginning {
    std::string_view text;
    LineKind kind;
};

constexpr Beginning kBeginnings[] = {
    {"{\"leaf\":", LineKind::leaf},   {"{\"text\":", LineKind::text}, {"{\"checkpoint\":", LineKind::checkpoint},
    {"{\"bundle\":", LineKind::head}, {"{\"key\":", LineKind::key},   {"{\"end\":", LineKind::end},
};

constexpr std::array kHeadMembers = {Member{"bundle", Shape::natural}, Member{"made", Shape::integer},
                                     Member{"project", Shape::text}, Member{"server", Shape::hex_8_bytes}};
constexpr std::array kKeyMembers = {Member{"key", Shape::text}};
constexpr std::array kCheckpointMembers = {Member{"checkpoint", Shape::text}};
constexpr std::array kTextLineMembers = {Member{"text", Shape::object}};
constexpr std::array kTextMembers = {Member{"commitment", Shape::hex_32_bytes}, Member{"domain", Shape::text},
                                     Member{"key", Shape::text_key}, Member{"text", Shape::text}};
constexpr std::array kEndLineMembers = {Member{"end", Shape::object}};
constexpr std::array kEndMembers = {Member{"leaves", Shape::integer}, Member{"sha256", Shape::hex_32_bytes}};

Result<std::string> one_text(const CanonicalValue& line, std::span<const Member> members) {
    CS_TRY_STATUS(check_members(line, members));
    return *line.find(members[0].name).text();
}

}  // namespace

LineKind line_kind(std::string_view line) {
    for (const Beginning& beginning : kBeginnings) {
        if (line.starts_with(beginning.text)) {
            return beginning.kind;
        }
    }
    return LineKind::unknown;
}

std::string_view leaf_of_line(std::string_view line) {
    line.remove_prefix(kBeginnings[0].text.size());
    line.remove_suffix(line.ends_with('}') ? 1 : 0);
    return line;
}

Result<BundleHead> read_head(const CanonicalValue& line) {
    CS_TRY_STATUS(check_members(line, kHeadMembers));
    if (const int64_t version = *line.find("bundle").integer(); version != kBundleVersion) {
        return fail(ErrorCode::invalid_argument,
                    concat("the format is version ", version, "; this program knows ", kBundleVersion), "bundle");
    }
    return BundleHead{*line.find("made").integer(), *line.find("project").text(), *line.find("server").text()};
}

Result<std::string> read_key_line(const CanonicalValue& line) {
    return one_text(line, kKeyMembers);
}

Result<std::string> read_checkpoint_line(const CanonicalValue& line) {
    return one_text(line, kCheckpointMembers);
}

Result<TextLine> read_text_line(const CanonicalValue& line) {
    CS_TRY_STATUS(check_members(line, kTextLineMembers));
    const CanonicalValue text = line.find("text");
    CS_TRY_STATUS(check_members(text, kTextMembers));
    TextLine out;
    out.commitment = *digest_in(text.find("commitment"));
    out.domain = *text.find("domain").text();
    out.key = CS_TRY(from_hex(*text.find("key").plain_text()));
    out.text = *text.find("text").text();
    return out;
}

Result<EndLine> read_end_line(const CanonicalValue& line) {
    CS_TRY_STATUS(check_members(line, kEndLineMembers));
    const CanonicalValue end = line.find("end");
    CS_TRY_STATUS(check_members(end, kEndMembers));
    return EndLine{static_cast<uint64_t>(*end.find("leaves").integer()), *digest_in(end.find("sha256"))};
}

}  // namespace countersign::verify
