// base64.encode, base64.decode: the encoders extension of cel-go.

#include "core/rules/base64.h"
#include "core/rules/library.h"

namespace countersign::rules {

namespace {

using Arguments = std::span<const Value>;

bool encode(Call& call, Arguments a, Value& out) {
    return call.may_make(uint64_t{a[0].raw_size()} * 4 / 3 + 4) && call.give(to_base64(a[0].as_text()), out);
}

bool decode(Call& call, Arguments a, Value& out) {
    const std::optional<std::string> bytes = from_base64(a[0].as_text());
    if (!bytes) {
        return call.fail("{} is no base64", a[0]);
    }
    if (!call.give(*bytes, out)) {
        return false;
    }
    out = Value::bytes(out.as_text());
    return true;
}

constexpr Entry kEntries[] = {
    {"base64.encode(bytes) -> string", encode, false},
    {"base64.decode(string) -> bytes", decode},
};

}  // namespace

std::span<const Entry> encoder_extension() {
    return kEntries;
}

}  // namespace countersign::rules
