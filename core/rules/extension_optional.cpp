#include "core/rules/library.h"

namespace countersign::rules {

std::span<const Entry> optional_extension() {
    return {};
}

}  // namespace countersign::rules
