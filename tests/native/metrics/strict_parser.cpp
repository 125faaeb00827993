#include "tests/native/metrics/strict_parser.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace countersign::metrics {
namespace {

bool is_name(std::string_view name, bool colon_allowed) {
    if (name.empty() || (name.front() >= '0' && name.front() <= '9')) {
        return false;
    }
    return std::ranges::all_of(name, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               (colon_allowed && c == ':');
    });
}

std::optional<double> number(const std::string& text) {
    if (text == "+Inf") {
        return std::numeric_limits<double>::infinity();
    }
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    const bool digits = !text.empty() && text.find_first_not_of("0123456789.eE+-") == std::string::npos;
    return digits && *end == '\0' ? std::optional(value) : std::nullopt;
}

// Reads name="value",... up to the closing brace; nothing on a mistake.
std::optional<StrictParser::Labels> read_labels(std::string_view& rest) {
    StrictParser::Labels labels;
    while (true) {
        const size_t equals = rest.find("=\"");
        if (equals == rest.npos || !is_name(rest.substr(0, equals), false)) {
            return std::nullopt;
        }
        const std::string name(rest.substr(0, equals));
        rest.remove_prefix(equals + 2);
        std::string value;
        while (!rest.empty() && rest.front() != '"') {
            if (rest.front() == '\\') {
                rest.remove_prefix(1);
                if (rest.empty() || std::string_view("\\\"n").find(rest.front()) == std::string_view::npos) {
                    return std::nullopt;
                }
                value += rest.front() == 'n' ? '\n' : rest.front();
            } else {
                value += rest.front();
            }
            rest.remove_prefix(1);
        }
        if (rest.size() < 2 || !labels.emplace(name, value).second) {
            return std::nullopt;
        }
        rest.remove_prefix(1);
        const char after = rest.front();
        rest.remove_prefix(1);
        if (after == '}') {
            return labels;
        }
        if (after != ',') {
            return std::nullopt;
        }
    }
}

std::string unescape_help(std::string_view text) {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            ++i;
            out += text[i] == 'n' ? '\n' : text[i];
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace

StrictParser::Family& StrictParser::open_family(const std::string& name) {
    if (name != current_ && !current_.empty()) {
        families_[current_].closed = true;
    }
    current_ = name;
    return families_[name];
}

std::string StrictParser::comment(std::string_view line) {
    const bool is_help = line.starts_with("# HELP ");
    if (!is_help && !line.starts_with("# TYPE ")) {
        return "a comment that is neither HELP nor TYPE";
    }
    const std::string_view rest = line.substr(7);
    const size_t space = rest.find(' ');
    const std::string name(rest.substr(0, space));
    if (space == rest.npos || !is_name(name, true)) {
        return "no name in a comment";
    }
    Family& family = open_family(name);
    if (family.closed || (is_help ? family.has_help : !family.type.empty())) {
        return "the family " + name + " is begun twice";
    }
    if (is_help) {
        family.has_help = true;
        family.help = unescape_help(rest.substr(space + 1));
    } else {
        family.type = rest.substr(space + 1);
        if (family.type != "counter" && family.type != "gauge" && family.type != "histogram") {
            return "an unknown type";
        }
    }
    return {};
}

std::string StrictParser::sample(std::string_view line) {
    const size_t name_end = line.find_first_of("{ ");
    const std::string name(line.substr(0, name_end));
    if (name_end == line.npos || !is_name(name, true)) {
        return "no name of a metric";
    }
    const auto family = families_.find(current_);
    if (family == families_.end() || family->second.type.empty() || !family->second.has_help) {
        return "a sample without HELP and TYPE";
    }
    const bool histogram = family->second.type == "histogram";
    const bool fits = histogram
                          ? name == current_ + "_bucket" || name == current_ + "_sum" || name == current_ + "_count"
                          : name == current_;
    if (!fits) {
        return name + " does not belong to the family " + current_;
    }
    std::string_view rest = line.substr(name_end + 1);
    Labels labels;
    if (line[name_end] == '{') {
        auto read = read_labels(rest);
        if (!read || !rest.starts_with(' ')) {
            return "labels that cannot be read";
        }
        labels = *read;
        rest.remove_prefix(1);
    }
    const auto value = number(std::string(rest));
    if (!value) {
        return "no number: " + std::string(rest);
    }
    if (!samples_[name].emplace(labels, *value).second) {
        return "the same series twice";
    }
    return {};
}

std::string StrictParser::check_histograms() const {
    for (const auto& [name, family] : families_) {
        if (family.type != "histogram") {
            continue;
        }
        const auto buckets = samples_.find(name + "_bucket");
        const auto counts = samples_.find(name + "_count");
        if (buckets == samples_.end() || counts == samples_.end() || !samples_.contains(name + "_sum")) {
            return name + " lacks buckets, count or sum";
        }
        std::map<Labels, std::map<double, double>> series;
        for (const auto& [labels, value] : buckets->second) {
            Labels others = labels;
            others.erase("le");
            const auto bound = labels.contains("le") ? number(labels.at("le")) : std::nullopt;
            if (!bound) {
                return name + " has a bucket without a bound";
            }
            series[others][*bound] = value;
        }
        for (const auto& [labels, by_bound] : series) {
            double before = 0;
            for (const auto& [bound, value] : by_bound) {
                if (value < before) {
                    return name + " has buckets that are not cumulated";
                }
                before = value;
            }
            const auto count = counts->second.find(labels);
            const bool has_last = by_bound.contains(std::numeric_limits<double>::infinity());
            if (!has_last || count == counts->second.end() || count->second != before) {
                return name + ": the last bucket is not +Inf, or not the count";
            }
        }
    }
    return {};
}

std::string StrictParser::parse(std::string_view text) {
    size_t number_of_line = 0;
    double last_bound = -1;
    while (!text.empty()) {
        ++number_of_line;
        const size_t end = text.find('\n');
        if (end == text.npos) {
            return "the last line has no line feed";
        }
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 1);
        const std::string mistake = line.starts_with('#') ? comment(line) : sample(line);
        if (!mistake.empty()) {
            return "line " + std::to_string(number_of_line) + ": " + mistake;
        }
        // Buckets stand in rising order.
        const size_t le = line.find("le=\"");
        if (le == line.npos) {
            last_bound = -1;
            continue;
        }
        const double bound = number(std::string(line.substr(le + 4, line.find('"', le + 4) - le - 4))).value_or(-2);
        if (bound <= last_bound) {
            return "line " + std::to_string(number_of_line) + ": buckets out of order";
        }
        last_bound = bound;
    }
    return check_histograms();
}

std::optional<double> StrictParser::value(const std::string& name, const Labels& labels) const {
    const auto metric = samples_.find(name);
    if (metric == samples_.end() || !metric->second.contains(labels)) {
        return std::nullopt;
    }
    return metric->second.at(labels);
}

std::string StrictParser::help(const std::string& family) const {
    const auto found = families_.find(family);
    return found == families_.end() ? std::string() : found->second.help;
}

}  // namespace countersign::metrics
