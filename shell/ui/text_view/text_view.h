#pragma once
// The document that a reviewer reads: wrapped lines of which only the visible ones are drawn, selection by pointer and
// keys, copying of the source's own bytes, marked spans with a letter in the margin, places found by a search.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "shell/ui/core/ui.h"

namespace countersign::shell {

// Code points of the document, [begin, end).
struct TextSpan {
    size_t begin = 0;
    size_t end = 0;
    int colour = 0;
    std::string_view letter;  // in the margin, where the span begins
    bool current = false;     // the one that keys act on
};

// Code points, [begin, end).
struct CodePointRange {
    size_t begin = 0;
    size_t end = 0;

    bool operator==(const CodePointRange&) const = default;
};

struct TextViewSpec {
    std::string_view key;
    std::string_view name;
    std::string_view text;
    std::span<const TextSpan> spans = {};
    TextStyle style;
    std::string_view find = {};
    int64_t current_match = 0;
    std::optional<size_t> reveal = {};  // a code point to bring into sight; acted on when it changes
    bool margin = true;                 // room for letters at the left
};

struct TextViewResult {
    std::optional<CodePointRange> selection;  // what is selected now
    bool selection_made = false;              // it was finished with this frame
    int64_t matches = 0;
    std::optional<size_t> pressed_span;  // index into spec.spans
};

TextViewResult text_view(Ui& ui, const Rect& rect, const TextViewSpec& spec);

// Forgets the selection, as after it was made an evidence.
void clear_text_selection(Ui& ui, std::string_view key);

// The height that the whole text needs; for cards that grow with it.
float text_view_height(const Ui& ui, std::string_view text, const TextStyle& style, float width);

}  // namespace countersign::shell
