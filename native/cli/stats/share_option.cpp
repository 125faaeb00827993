#include "native/cli/stats/share_option.h"

#include "core/base/concat.h"

namespace countersign::native {

Result<Ppm> share_of(const std::string& text, const char* option) {
    std::string number = text;
    const bool is_percent = number.ends_with('%');
    if (is_percent) {
        number = number.substr(0, number.find_last_not_of(" %") + 1) + "e-2";
    }
    const auto share = parse_ppm(number);
    return share.ok() ? share
                      : Result<Ppm>(fail(ErrorCode::invalid_argument,
                                         concat("must be a share like 0.02 or 2%, but is '", text, "'"), option));
}

Result<Ppm> inner_share_of(const std::string& text, const char* option) {
    const Ppm share = CS_TRY(share_of(text, option));
    if (share.value == 0 || share == kCertain) {
        return fail(ErrorCode::invalid_argument,
                    concat("must lie between 0 and 1, both excluded, not ", to_decimal(share)), option);
    }
    return share;
}

}  // namespace countersign::native
