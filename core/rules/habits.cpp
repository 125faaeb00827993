#include "core/rules/habits.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/base/concat.h"

namespace countersign::rules {

namespace {

struct Habit {
    std::string_view word;
    std::string_view advice;
};

constexpr std::array<Habit, 20> kBetweenValues = {{
    {"and", "; CEL writes && for and"},
    {"AND", "; CEL writes && for AND"},
    {"or", "; CEL writes || for or"},
    {"OR", "; CEL writes || for OR"},
    {"not", "; CEL writes ! for not"},
    {"NOT", "; CEL writes ! for NOT"},
    {"is", "; CEL writes == for is"},
    {"equals", "; CEL writes == for equals"},
    {"mod", "; CEL writes % for mod"},
    {"then", "; CEL writes condition ? value : other for if then else"},
    {"else", "; CEL writes condition ? value : other for if then else"},
    {"if", "; CEL writes condition ? value : other for if then else"},
    {"IN", "; CEL writes in with small letters"},
    {"like", "; CEL writes text.matches('pattern') for like"},
    {"LIKE", "; CEL writes text.matches('pattern') for LIKE"},
    {"between", "; CEL writes low <= x && x <= high for between"},
    {"contains", "; CEL writes text.contains('word')"},
    {"matches", "; CEL writes text.matches('pattern')"},
    {"startsWith", "; CEL writes text.startsWith('word')"},
    {"{", "; messages cannot be built here"},
}};

constexpr std::array<Habit, 7> kReserved = {{
    {"if", "CEL has no if; write condition ? value : other"},
    {"else", "CEL has no else; write condition ? value : other"},
    {"let", "CEL has no let; write cel.bind(name, value, expression)"},
    {"var", "CEL has no var; write cel.bind(name, value, expression)"},
    {"for", "CEL has no loops; write list.all(x, x > 0) or list.exists(x, x > 0)"},
    {"while", "CEL has no loops; write list.all(x, x > 0) or list.exists(x, x > 0)"},
    {"return", "CEL has no return; the expression itself is the result"},
}};

constexpr std::array<std::string_view, 10> kOtherReserved = {"as",     "break", "const",   "continue",  "function",
                                                             "import", "loop",  "package", "namespace", "void"};

constexpr std::array<Habit, 25> kForeign = {{
    {"size", "; CEL writes size(x)"},
    {"not", "; CEL writes ! for not"},
    {"NOT", "; CEL writes ! for NOT"},
    {"True", "; CEL writes true"},
    {"False", "; CEL writes false"},
    {"TRUE", "; CEL writes true"},
    {"FALSE", "; CEL writes false"},
    {"None", "; CEL writes null"},
    {"nil", "; CEL writes null"},
    {"undefined", "; CEL asks has(item.field) whether there is a value"},
    {"len", "; CEL writes size(x)"},
    {"length", "; CEL writes size(x)"},
    {"count", "; CEL writes size(list), or size(list.filter(x, x > 0))"},
    {"lower", "; CEL writes text.lowerAscii()"},
    {"toLowerCase", "; CEL writes text.lowerAscii()"},
    {"upper", "; CEL writes text.upperAscii()"},
    {"toUpperCase", "; CEL writes text.upperAscii()"},
    {"includes", "; CEL writes text.contains('word'), or 'word' in list"},
    {"startswith", "; CEL writes text.startsWith('word')"},
    {"endswith", "; CEL writes text.endsWith('word')"},
    {"any", "; CEL writes list.exists(x, x > 0)"},
    {"some", "; CEL writes list.exists(x, x > 0)"},
    {"every", "; CEL writes list.all(x, x > 0)"},
    {"abs", "; CEL writes math.abs(x)"},
    {"float", "; CEL writes double(x)"},
}};

std::string_view advice_in(std::span<const Habit> habits, std::string_view word) {
    const auto found = std::find_if(habits.begin(), habits.end(), [&](const Habit& h) { return h.word == word; });
    return found == habits.end() ? std::string_view() : found->advice;
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string habit_advice(std::string_view previous, std::string_view token, std::string_view next) {
    if (token == "," && all_digits(previous) && all_digits(next)) {
        return concat("; decimals are written with a point (", previous, ".", next, "), lists in square brackets ([",
                      previous, ", ", next, "])");
    }
    if (token == ",") {
        return "; a list is written in square brackets: ['a', 'b']";
    }
    if (token == "not" && next == "in") {
        return "; CEL writes !(x in list) for not in";
    }
    return std::string(advice_in(kBetweenValues, token));
}

std::string reserved_advice(std::string_view word) {
    if (const std::string_view advice = advice_in(kReserved, word); !advice.empty()) {
        return std::string(advice);
    }
    const bool other = std::find(kOtherReserved.begin(), kOtherReserved.end(), word) != kOtherReserved.end();
    return other ? concat("'", word, "' is a reserved word of CEL and cannot be a name here") : std::string();
}

std::string foreign_name_advice(std::string_view name) {
    return std::string(advice_in(kForeign, name));
}

}  // namespace countersign::rules
