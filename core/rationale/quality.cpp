#include "core/rationale/quality.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/stats/elementary.h"

namespace countersign {

namespace {

double effective_number(const std::map<std::string, uint64_t, std::less<>>& codes) {
    uint64_t all = 0;
    for (const auto& [code, uses] : codes) {
        all += uses;
    }
    if (all == 0) {
        return 0;
    }
    double entropy = 0;
    for (const auto& [code, uses] : codes) {
        const double share = static_cast<double>(uses) / static_cast<double>(all);
        entropy -= share * stats::log(share);
    }
    return stats::exp(entropy);
}

}  // namespace

void RationaleTally::add(const std::vector<std::string>& codes, std::string_view text, size_t evidence) {
    ++counts_.decisions;
    counts_.with_codes += codes.empty() ? 0 : 1;
    counts_.with_text += text.empty() ? 0 : 1;
    counts_.with_evidence += evidence == 0 ? 0 : 1;
    for (const std::string& code : codes) {
        ++codes_[code];
    }
    if (!text.empty()) {
        characters_.push_back(utf8::length(text));
        counts_.repeated_texts += texts_.emplace(text).second ? 0 : 1;
    }
}

void RationaleTally::add(const RationaleTally& other) {
    counts_.decisions += other.counts_.decisions;
    counts_.with_codes += other.counts_.with_codes;
    counts_.with_text += other.counts_.with_text;
    counts_.with_evidence += other.counts_.with_evidence;
    counts_.repeated_texts += other.counts_.repeated_texts;
    for (const auto& [code, uses] : other.codes_) {
        codes_[code] += uses;
    }
    characters_.insert(characters_.end(), other.characters_.begin(), other.characters_.end());
}

RationaleQuality RationaleTally::quality() const {
    RationaleQuality out = counts_;
    std::vector<uint64_t> sorted = characters_;
    if (!sorted.empty()) {
        const auto middle = sorted.begin() + static_cast<ptrdiff_t>((sorted.size() - 1) / 2);
        std::nth_element(sorted.begin(), middle, sorted.end());
        out.median_characters = *middle;
    }
    out.effective_codes = effective_number(codes_);
    return out;
}

std::vector<CodeUse> RationaleTally::codes() const {
    std::vector<CodeUse> out;
    for (const auto& [code, uses] : codes_) {
        out.push_back({code, uses});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const CodeUse& a, const CodeUse& b) { return a.decisions > b.decisions; });
    return out;
}

}  // namespace countersign
