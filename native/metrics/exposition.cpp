#include "native/metrics/exposition.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/base/concat.h"

namespace countersign::metrics {
namespace {

bool is_name(std::string_view name, bool colon_allowed) {
    const auto fits = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               (colon_allowed && c == ':');
    };
    return !name.empty() && !(name.front() >= '0' && name.front() <= '9') && std::ranges::all_of(name, fits);
}

// In a help text only the backslash and the line feed are escaped, in a label's value the quote too.
void append_escaped(std::string& out, std::string_view text, bool quoted) {
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\\' || (quoted && c == '"')) {
            out += '\\';
            out += c;
        } else {
            out += c;
        }
    }
}

}  // namespace

std::string seconds_text(uint64_t us) {
    std::string text = concat(us / 1'000'000);
    const uint64_t fraction = us % 1'000'000;
    if (fraction != 0) {
        const std::string digits = concat(fraction);
        text += '.';
        text.append(6 - digits.size(), '0');
        text += digits;
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text;
}

Exposition& Exposition::family(std::string_view name, std::string_view type, std::string_view help) {
    CS_CHECK(is_name(name, true));
    CS_CHECK(families_.emplace(name).second);
    name_ = name;
    type_ = type;
    text_ += concat("# HELP ", name, ' ');
    append_escaped(text_, help, false);
    text_ += concat("\n# TYPE ", name, ' ', type, '\n');
    return *this;
}

void Exposition::line(std::string_view suffix, Labels labels, const Label* last, std::string_view value) {
    text_ += name_;
    text_ += suffix;
    char separator = '{';
    const auto append = [&](const Label& label) {
        CS_CHECK(is_name(label.name, false));
        text_ += separator;
        text_ += label.name;
        text_ += "=\"";
        append_escaped(text_, label.value, true);
        text_ += '"';
        separator = ',';
    };
    std::ranges::for_each(labels, append);
    if (last != nullptr) {
        append(*last);
    }
    text_ += separator == ',' ? "} " : " ";
    text_ += value;
    text_ += '\n';
}

Exposition& Exposition::sample(Labels labels, int64_t value) {
    CS_CHECK(type_ == "counter" || type_ == "gauge");
    line("", labels, nullptr, concat(value));
    return *this;
}

Exposition& Exposition::sample_seconds(Labels labels, int64_t value_us) {
    CS_CHECK(type_ == "counter" || type_ == "gauge");
    const bool negative = value_us < 0;
    const std::string seconds = seconds_text(static_cast<uint64_t>(negative ? -value_us : value_us));
    line("", labels, nullptr, negative ? "-" + seconds : seconds);
    return *this;
}

Exposition& Exposition::durations(Labels labels, const DurationHistogram::Snapshot& value) {
    CS_CHECK(type_ == "histogram");
    uint64_t up_to_here = 0;
    for (size_t i = 0; i < value.counts.size(); ++i) {
        up_to_here += value.counts[i];
        const bool last = i == DurationHistogram::kBounds_us.size();
        const std::string bound = last ? "+Inf" : seconds_text(static_cast<uint64_t>(DurationHistogram::kBounds_us[i]));
        const Label le{"le", bound};
        line("_bucket", labels, &le, concat(up_to_here));
    }
    line("_sum", labels, nullptr, seconds_text(value.sum_us));
    line("_count", labels, nullptr, concat(up_to_here));
    return *this;
}

}  // namespace countersign::metrics
