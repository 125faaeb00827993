#include "core/rules/call.h"

#include "core/rules/text.h"

namespace countersign::rules {

std::string Failure::message() const {
    std::string out;
    const Value* detail = &first;
    for (std::string_view rest = text; !rest.empty();) {
        const size_t hole = rest.find("{}");
        out += rest.substr(0, hole);
        if (hole == std::string_view::npos) {
            break;
        }
        out += shown(*detail);
        detail = &second;
        rest.remove_prefix(hole + 2);
    }
    return out;
}

bool Call::exceed_cost() {
    return exceed("the evaluation costs more than {}; make the condition or the lists it walks smaller",
                  Value::int64(static_cast<int64_t>(limits_.cost)));
}

bool Call::may_make(uint64_t bytes) {
    return arena_.used() + bytes <= limits_.memory_bytes ||
           exceed("the evaluation makes more than {} bytes of texts and lists",
                  Value::int64(static_cast<int64_t>(limits_.memory_bytes)));
}

bool Call::exceed_elements() {
    return exceed("a list or map made here would have more than {} elements", Value::int64(limits_.elements));
}

bool Call::give(std::string_view text, Value& result) {
    if (!may_make(text.size()) || !spend(text.size() / 16)) {
        return false;
    }
    result = Value::string(arena_.copy(text));
    return true;
}

}  // namespace countersign::rules
