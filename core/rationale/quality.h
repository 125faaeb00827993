#pragma once
// How well decisions are explained: how often reasons, words and marked places are given, whether the words are the
// same again and again, and how many of the reasons are really used.
//
// Contract: a pure fold over decisions in any order; memory grows with the number of different codes and texts.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

struct RationaleQuality {
    uint64_t decisions = 0;
    uint64_t with_codes = 0;
    uint64_t with_text = 0;
    uint64_t with_evidence = 0;
    // Texts that the same person had written word for word before, on another decision.
    uint64_t repeated_texts = 0;
    // Characters (code points) of the texts there are: half of them have at most so many. 0 without any.
    uint64_t median_characters = 0;
    // exp of Shannon's entropy of the codes' shares (Hill's number of order 1, Hill 1973): as many codes used equally
    // often would be as varied. 0 without any.
    double effective_codes = 0;
};

struct CodeUse {
    std::string code;
    uint64_t decisions = 0;
};

class RationaleTally {
public:
    void add(const std::vector<std::string>& codes, std::string_view text, size_t evidence);

    RationaleQuality quality() const;
    // Most used first, then by name.
    std::vector<CodeUse> codes() const;

    // Adds what another person's tally has; a text of two people is no repetition.
    void add(const RationaleTally& other);

private:
    RationaleQuality counts_;
    std::map<std::string, uint64_t, std::less<>> codes_;
    std::set<std::string, std::less<>> texts_;
    std::vector<uint64_t> characters_;
};

}  // namespace countersign
