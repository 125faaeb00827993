#include "core/rules/library.h"

namespace countersign::rules {

std::span<const Entry> format_extension() {
    return {};
}

}  // namespace countersign::rules
