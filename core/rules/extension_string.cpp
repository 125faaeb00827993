#include "core/rules/library.h"

namespace countersign::rules {

std::span<const Entry> string_extension() {
    return {};
}

}  // namespace countersign::rules
