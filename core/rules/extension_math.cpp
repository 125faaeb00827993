#include "core/rules/library.h"

namespace countersign::rules {

std::span<const Entry> math_extension() {
    return {};
}

}  // namespace countersign::rules
