#pragma once
// The text under a caret: what keys do to it, selection, undo. Knows nothing of fonts or lines; the field that shows it
// finds out where "up" leads. Offsets are bytes on code point boundaries of valid UTF-8.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::shell {

struct TextRange {
    size_t begin = 0;
    size_t end = 0;

    bool empty() const { return begin == end; }

    bool operator==(const TextRange&) const = default;
};

// Letters and digits of any script make words; so does an apostrophe between them.
TextRange word_around(std::string_view text, size_t at);
size_t word_start_before(std::string_view text, size_t at);
size_t word_end_after(std::string_view text, size_t at);
size_t next_boundary(std::string_view text, size_t at);
size_t previous_boundary(std::string_view text, size_t at);

class TextEdit {
public:
    const std::string& text() const { return text_; }

    size_t caret() const { return caret_; }

    TextRange selection() const { return {std::min(caret_, anchor_), std::max(caret_, anchor_)}; }

    std::string_view selected() const;

    // From outside: the caret stays as near as it can; undo forgets.
    void reset(std::string_view text);
    // By a person: one step to undo.
    void replace_all(std::string_view text);

    void insert(std::string_view piece);
    void erase_backwards(bool by_word);
    void erase_forwards(bool by_word);
    std::string cut();

    void move_to(size_t offset, bool selecting);
    void move_left(bool selecting, bool by_word);
    void move_right(bool selecting, bool by_word);
    void select(TextRange range);

    void select_all() { select({0, text_.size()}); }

    bool undo();
    bool redo();

private:
    struct Step {
        std::string text;
        size_t caret = 0;
        size_t anchor = 0;
    };

    enum class Change : unsigned char { none, typing, erasing, other };

    void remember(Change change);
    void replace_selection(std::string_view piece);

    Step now() const { return {text_, caret_, anchor_}; }

    void restore(const Step& step);

    static constexpr size_t kMostSteps = 500;

    std::string text_;
    size_t caret_ = 0;
    size_t anchor_ = 0;
    Change last_ = Change::none;
    std::vector<Step> past_;
    std::vector<Step> future_;
};

}  // namespace countersign::shell
