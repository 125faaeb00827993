#include "core/rules/library.h"

namespace countersign::rules {

std::span<const Entry> encoder_extension() {
    return {};
}

}  // namespace countersign::rules
