#pragma once
// A text with the label that a person gave it.

#include <string>
#include <string_view>
#include <vector>

namespace countersign::demo {

struct Example {
    std::string id;
    std::string text;
    std::string label;
    bool reference = false;  // a catalogue's entry, no text to be judged by: always trained on, never scored
};

// Brings examples into the one order in which everything is computed: by id, byte for byte.
void sort_by_id(std::vector<Example>& examples);

// SHA-256 in hex over one line per example, {"id":...,"label":...,"text":...} and a newline, in the order given.
std::string hash_of(const std::vector<Example>& examples);

}  // namespace countersign::demo
