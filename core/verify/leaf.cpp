#include "core/verify/leaf.h"

#include <array>

#include "core/base/concat.h"
#include "core/base/decimal.h"
#include "core/verify/members.h"

namespace countersign::verify {

namespace {

constexpr std::array kLeafMembers = {
    Member{"actor", Shape::text},
    Member{"at", Shape::integer},
    Member{"body", Shape::object},
    Member{"item", Shape::text, Need::optional},
    Member{"op", Shape::hex_or_object, Need::optional},
    Member{"project", Shape::text},
    Member{"seq", Shape::natural},
    Member{"sig", Shape::hex_64_bytes, Need::optional},
    Member{"type", Shape::text},
    Member{"v", Shape::natural},
};

constexpr std::array kOperationMembers = {
    Member{"actor", Shape::text},      Member{"at", Shape::integer},
    Member{"body", Shape::object},     Member{"item", Shape::text, Need::optional},
    Member{"mono_ms", Shape::integer}, Member{"offset_ms", Shape::integer, Need::optional},
    Member{"op", Shape::text},         Member{"prev", Shape::hex_32_bytes},
    Member{"project", Shape::text},    Member{"seen", Shape::object, Need::optional},
    Member{"seq", Shape::natural},     Member{"stream", Shape::stream},
    Member{"type", Shape::text},       Member{"v", Shape::natural},
};

constexpr std::array kOldOperationMembers = {
    Member{"actor", Shape::text},    Member{"at", Shape::integer},
    Member{"body", Shape::object},   Member{"item", Shape::text, Need::optional},
    Member{"op", Shape::text},       Member{"prev", Shape::hex_32_bytes},
    Member{"project", Shape::text},  Member{"seq", Shape::natural},
    Member{"stream", Shape::stream}, Member{"type", Shape::text},
    Member{"v", Shape::natural},
};

constexpr std::array kSeenMembers = {Member{"epoch", Shape::natural}, Member{"root", Shape::hex_32_bytes},
                                     Member{"size", Shape::natural}};

// Frozen with the operation's format: what keeps an operation's hash from being any other hash.
constexpr std::string_view kOperationDomain("countersign-op1\0", 16);

std::string_view plain(const CanonicalValue& text) {
    return text.plain_text().value_or(std::string_view());
}

Status check_version(const CanonicalValue& leaf, uint64_t version) {
    const CanonicalValue op = leaf.find("op");
    if (version == 1 && (op.is(JsonKind::object) || leaf.find("sig"))) {
        return fail(ErrorCode::invalid_argument, "is no member of version 1", op.is(JsonKind::object) ? "op" : "sig");
    }
    if (version == 2 && op && !op.is(JsonKind::object)) {
        return fail(ErrorCode::invalid_argument, "must be an object", "op");
    }
    return version <= 2 ? Status()
                        : Status(fail(ErrorCode::invalid_argument, concat("is ", version, "; known are 1 and 2"), "v"));
}

}  // namespace

Result<LeafFields> read_leaf(const CanonicalValue& leaf) {
    CS_TRY_STATUS(check_members(leaf, kLeafMembers));
    LeafFields out;
    out.version = static_cast<uint64_t>(*leaf.find("v").integer());
    CS_TRY_STATUS(check_version(leaf, out.version));
    out.seq = static_cast<uint64_t>(*leaf.find("seq").integer());
    out.at_us = *leaf.find("at").integer();
    out.actor = leaf.find("actor").bytes();
    out.item = leaf.find("item").bytes();
    out.project = leaf.find("project").bytes();
    out.type = plain(leaf.find("type"));
    out.body = leaf.find("body");
    if (out.version == 2) {
        out.op = leaf.find("op");
        if (const CanonicalValue signature = leaf.find("sig")) {
            out.signature = crypto::signature_from_bytes(from_hex(plain(signature)).value()).value();
        }
    }
    return out;
}

Digest hash_of_operation(std::string_view bytes) {
    return sha256(kOperationDomain, bytes);
}

Result<OperationFields> read_operation(const CanonicalValue& op) {
    const int64_t version = op.find("v").integer().value_or(2);
    CS_TRY_STATUS(version == 1 ? check_members(op, kOldOperationMembers) : check_members(op, kOperationMembers));
    if (version > 2) {
        return fail(ErrorCode::invalid_argument, concat("is ", version, "; known are 1 and 2"), "v");
    }
    OperationFields out;
    out.version = static_cast<uint64_t>(version);
    if (const CanonicalValue seen = op.find("seen")) {
        const Status shape = check_members(seen, kSeenMembers);
        if (!shape.ok()) {
            return shape.error().at("seen");
        }
        out.seen = SeenFields{static_cast<uint64_t>(*seen.find("epoch").integer()),
                              static_cast<uint64_t>(*seen.find("size").integer()), *digest_in(seen.find("root"))};
    }
    out.bytes = op.bytes();
    out.hash = hash_of_operation(out.bytes);
    out.actor = op.find("actor").bytes();
    out.item = op.find("item").bytes();
    out.project = op.find("project").bytes();
    out.stream = plain(op.find("stream"));
    out.type = plain(op.find("type"));
    out.prev = *digest_in(op.find("prev"));
    out.seq = static_cast<uint64_t>(*op.find("seq").integer());
    out.body = op.find("body");
    return out;
}

std::optional<uint64_t> epoch_number(std::string_view epoch) {
    const size_t dash = epoch.find('-');
    return dash != std::string_view::npos && is_hex(epoch.substr(dash + 1), 16) ? read_decimal(epoch.substr(0, dash))
                                                                                : std::nullopt;
}

}  // namespace countersign::verify
