#include "core/base/ppm.h"

#include <charconv>

#include "core/base/concat.h"

namespace countersign {

namespace {

struct Decimal {
    std::string digits;    // significant digits, without a point
    int64_t exponent = 0;  // value = 0.digits * 10^exponent
    bool negative = false;
};

Result<Decimal> read_decimal(std::string_view text, const Error& bad) {
    Decimal out;
    size_t i = 0;
    if (i < text.size() && text[i] == '-') {
        out.negative = true;
        ++i;
    }
    bool point = false;
    bool any = false;
    for (; i < text.size() && (text[i] == '.' || (text[i] >= '0' && text[i] <= '9')); ++i) {
        if (text[i] == '.') {
            if (point) {
                return bad;
            }
            point = true;
            continue;
        }
        any = true;
        out.digits.push_back(text[i]);
        out.exponent += point ? 0 : 1;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        size_t from = i + 1;
        from += from < text.size() && text[from] == '+' ? 1 : 0;
        int32_t exponent = 0;
        const auto [end, code] = std::from_chars(text.data() + from, text.data() + text.size(), exponent);
        if (code != std::errc{}) {
            return bad;
        }
        out.exponent += exponent;
        i = static_cast<size_t>(end - text.data());
    }
    return any && i == text.size() ? Result<Decimal>(std::move(out)) : bad;
}

}  // namespace

Result<Ppm> parse_ppm(std::string_view decimal) {
    const Error bad =
        fail(ErrorCode::invalid_argument, concat("'", decimal.substr(0, 40), "' is not a number from 0 to 1"));
    const Decimal number = CS_TRY(read_decimal(decimal, bad));
    // The first 6 + exponent digits are whole parts per million, the next one rounds.
    int64_t value = 0;
    bool all_zero = true;
    const int64_t whole_digits = number.exponent + 6;
    for (int64_t i = 0; i < static_cast<int64_t>(number.digits.size()); ++i) {
        const int digit = number.digits[static_cast<size_t>(i)] - '0';
        all_zero = all_zero && digit == 0;
        if (i < whole_digits) {
            value = value * 10 + digit;
        } else if (i == whole_digits && digit >= 5) {
            ++value;
        }
        if (value > 10'000'000) {
            return bad;
        }
    }
    for (auto i = static_cast<int64_t>(number.digits.size()); i < whole_digits && value != 0; ++i) {
        value *= 10;
        if (value > 10'000'000) {
            return bad;
        }
    }
    if ((number.negative && !all_zero) || value > kCertain.value) {
        return bad;
    }
    return Ppm{static_cast<int32_t>(value)};
}

std::string to_decimal(Ppm p) {
    if (p.value % kCertain.value == 0) {
        return p.value == 0 ? "0" : "1";
    }
    std::string digits = std::to_string(p.value);
    digits.insert(0, 6 - digits.size(), '0');
    digits.erase(digits.find_last_not_of('0') + 1);
    return "0." + digits;
}

std::string to_percent(Ppm p, int decimals) {
    const int32_t unit = decimals == 0 ? 10'000 : 1'000;
    const int32_t rounded = (p.value + unit / 2) / unit;
    return decimals == 0 ? concat(rounded, " %") : concat(rounded / 10, '.', rounded % 10, " %");
}

}  // namespace countersign
