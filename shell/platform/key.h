#pragma once
// Keys by what is printed on them (letters, digits, named keys), as far as the desk has a use for them.
// `physical` letters come from the layout in use: Z is where the person's Z is.

#include <cstdint>
#include <optional>
#include <string_view>

namespace countersign::shell {

enum class Key : uint8_t {
    none,
    a,
    b,
    c,
    d,
    e,
    f,
    g,
    h,
    i,
    j,
    k,
    l,
    m,
    n,
    o,
    p,
    q,
    r,
    s,
    t,
    u,
    v,
    w,
    x,
    y,
    z,
    digit_0,
    digit_1,
    digit_2,
    digit_3,
    digit_4,
    digit_5,
    digit_6,
    digit_7,
    digit_8,
    digit_9,
    enter,
    escape,
    tab,
    space,
    backspace,
    del,
    insert,
    left,
    right,
    up,
    down,
    home,
    end,
    page_up,
    page_down,
    f1,
    f2,
    f3,
    f4,
    f5,
    f6,
    f7,
    f8,
    f9,
    f10,
    f11,
    f12,
    question,
    slash,
    comma,
    period,
    minus,
    equal,
    bracket_left,
    bracket_right,
    semicolon,
    apostrophe,
    backslash,
    grave,
    shift,
    control,
    alt,
    meta,
};

struct Modifiers {
    bool control = false;  // Command on a Mac
    bool shift = false;
    bool alt = false;
    bool meta = false;

    bool operator==(const Modifiers&) const = default;
};

// "a", "digit_1", "page_up": the enumerator's own spelling, which is what platforms send.
std::optional<Key> key_from_name(std::string_view name);
std::string_view key_name(Key key);
// For people: "A", "1", "Page Up", "?".
std::string_view key_caption(Key key);

}  // namespace countersign::shell
