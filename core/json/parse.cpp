// The edge reader: nlohmann's SAX parser does the grammar, this file the limits and what the library lets pass
// (duplicate names, NUL, numbers out of range, a NUL behind the document).

#define JSON_NOEXCEPTION 1
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/json/json.h"

namespace countersign {

namespace {

using Sax = nlohmann::json;

// From here on a name is looked up in a set: comparing each with all others would cost seconds for what one request may
// bring.
constexpr size_t kManyMembers = 16;
constexpr int kNumberOverflow = 406;                         // the library's id
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // which the library passes over
// Of the library's sentence, which repeats what it read last however long that is.
constexpr size_t kGrammarMessage_characters = 160;

std::string position_of(std::string_view text, size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const size_t newline = before.rfind('\n');
    const std::string_view on_line = newline == std::string_view::npos ? before : before.substr(newline + 1);
    return concat("line ", line, ", column ", utf8::length(on_line) + 1);
}

// The library's sentence without half characters: what it read last it repeats byte by byte.
std::string whole_characters(std::string_view text) {
    std::string out;
    for (size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        const size_t bad = std::min(utf8::first_invalid(rest), rest.size());
        out += rest.substr(0, bad);
        at += bad + 1;
    }
    return out;
}

// Builds a Json from SAX events; the first broken limit stops the parse.
class Builder {
public:
    explicit Builder(const JsonLimits& limits) : limits_(limits) {}

    // Called by nlohmann; the names and signatures are the library's.
    bool null() { return add(Json()); }

    bool boolean(bool value) { return add(Json(value)); }

    bool number_integer(int64_t value) { return add(Json(value)); }

    bool number_unsigned(uint64_t value) {
        if (value > static_cast<uint64_t>(INT64_MAX)) {
            if (limits_.allow_wide_integers) {
                return add(Json(JsonNumber{static_cast<double>(value), concat(value)}));
            }
            return refuse("a whole number must fit 64 bits with a sign");
        }
        return add(Json(static_cast<int64_t>(value)));
    }

    bool number_float(double value, const std::string& text) {
        const bool is_integer = text.find_first_of(".eE") == std::string::npos;
        const bool refused = is_integer && !limits_.allow_wide_integers;
        if (refused || !std::isfinite(value)) {
            return refuse(is_integer ? "a whole number must fit 64 bits with a sign" : "the number is too large");
        }
        return add(Json(JsonNumber{value, text}));
    }

    bool string(std::string& value) {
        if (value.size() > limits_.string_bytes) {
            return exceed(concat("a text may have at most ", limits_.string_bytes, " bytes"));
        }
        if (!limits_.allow_nul && value.find('\0') != std::string::npos) {
            return refuse("a text must not contain the character NUL");
        }
        return add(Json(std::move(value)));
    }

    bool binary(Sax::binary_t&) { return refuse("binary values are not JSON"); }

    bool start_object(size_t) { return open(Json(JsonObject{})); }

    bool key(std::string& name) {
        JsonObject& object = *open_.back().object();
        if (name.size() > limits_.name_bytes) {
            return exceed(concat("a name may have at most ", limits_.name_bytes, " bytes"));
        }
        if (name.find('\0') != std::string::npos) {
            return refuse("a name must not contain the character NUL");
        }
        if (!is_new(object, name)) {
            return refuse(concat("the name '", utf8::shortened(name, 40), "' stands twice in one object"));
        }
        object.emplace_back(std::move(name), Json());
        return true;
    }

    bool end_object() { return close(); }

    bool start_array(size_t) { return open(Json(JsonArray{})); }

    bool end_array() { return close(); }

    bool parse_error(size_t position, const std::string& token, const nlohmann::detail::exception& problem) {
        error_offset_ = position == 0 ? 0 : position - 1;
        const std::string what = problem.what();
        const size_t reason = what.find(" - ");
        std::string said = reason == std::string::npos ? concat("near '", token, "'") : what.substr(reason + 3);
        if (problem.id == kNumberOverflow) {
            said = concat("the number is too large: ", token);
        }
        error_ = fail(ErrorCode::invalid_argument,
                      concat("not valid JSON: ", utf8::shortened(whole_characters(said), kGrammarMessage_characters)));
        failed_ = true;
        return false;
    }

    bool failed() const { return failed_; }

    // Where the lexer stood is only known for grammar errors; for limits the caller asks the reader.
    const Error& error() const { return error_; }

    size_t error_offset() const { return error_offset_; }

    bool has_offset() const { return error_offset_ != static_cast<size_t>(-1); }

    Json take_root() { return std::move(root_); }

private:
    bool refuse(std::string message) {
        error_ = fail(ErrorCode::invalid_argument, std::move(message));
        failed_ = true;
        return false;
    }

    bool exceed(std::string message) {
        error_ = fail(ErrorCode::exhausted, std::move(message));
        failed_ = true;
        return false;
    }

    // Whether the innermost object, which is `object`, does not have the name yet.
    bool is_new(const JsonObject& object, const std::string& name) {
        if (object.size() < kManyMembers) {
            return std::none_of(object.begin(), object.end(), [&](const JsonMember& m) { return m.first == name; });
        }
        std::set<std::string, std::less<>>& names = names_[open_.size()];
        if (object.size() == kManyMembers) {
            names.clear();
            for (const JsonMember& member : object) {
                names.insert(member.first);
            }
        }
        return names.insert(name).second;
    }

    bool add(Json value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return true;
        }
        if (JsonArray* list = open_.back().array()) {
            list->push_back(std::move(value));
            return within_members(list->size());
        }
        JsonObject& object = *open_.back().object();
        object.back().second = std::move(value);
        return within_members(object.size());
    }

    bool within_members(size_t count) {
        return count <= limits_.members ||
               exceed(concat("an object or list may have at most ", limits_.members, " members"));
    }

    bool open(Json container) {
        if (open_.size() >= limits_.depth) {
            return exceed(concat("values may be nested at most ", limits_.depth, " deep"));
        }
        open_.push_back(std::move(container));
        return true;
    }

    bool close() {
        Json done = std::move(open_.back());
        open_.pop_back();
        return add(std::move(done));
    }

    const JsonLimits& limits_;
    std::vector<Json> open_;
    std::map<size_t, std::set<std::string, std::less<>>> names_;  // of objects with many members, by depth
    Json root_;
    bool failed_ = false;
    Error error_;
    size_t error_offset_ = static_cast<size_t>(-1);
};

// An input iterator that counts, so that a broken limit can be placed: the lexer reads one character ahead.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}

    reference operator*() const { return *at_; }

    CountingIterator& operator++() {
        ++at_;
        *furthest_ = at_;
        return *this;
    }

    bool operator==(const CountingIterator& other) const { return at_ == other.at_; }

private:
    const char* at_;
    const char** furthest_;
};

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
    if (text.size() > limits.total_bytes) {
        return fail(ErrorCode::exhausted,
                    concat("the document has ", text.size(), " bytes; at most ", limits.total_bytes, " are allowed"),
                    position_of(text, limits.total_bytes));
    }
    if (const size_t nul = text.find('\0'); nul != std::string_view::npos) {
        return fail(ErrorCode::invalid_argument, "not valid JSON: the character NUL", position_of(text, nul));
    }
    if (const size_t bad = utf8::first_invalid(text); bad != utf8::kValid) {
        return fail(ErrorCode::invalid_argument, "not valid UTF-8", position_of(text, bad));
    }
    if (text.empty()) {
        return fail(ErrorCode::invalid_argument, "not valid JSON: unexpected end of input", position_of(text, 0));
    }
    if (text.starts_with(kByteOrderMark)) {
        return fail(ErrorCode::invalid_argument, "not valid JSON: it starts with a byte order mark; send UTF-8 without",
                    position_of(text, 0));
    }
    Builder builder(limits);
    const char* furthest = text.data();
    const CountingIterator begin(text.data(), &furthest);
    const CountingIterator end(text.data() + text.size(), &furthest);
    const bool good = Sax::sax_parse(begin, end, &builder);
    if (good && !builder.failed()) {
        return builder.take_root();
    }
    const auto read = static_cast<size_t>(furthest - text.data());
    const size_t offset = builder.has_offset() ? builder.error_offset() : (read == 0 ? 0 : read - 1);
    Error error = builder.error();
    error.field = position_of(text, offset);
    return error;
}

Result<Json> parse_json_line(std::string_view line, const JsonLimits& limits) {
    constexpr std::string_view kFirst = "line 1, ";
    auto parsed = parse_json(line, limits);
    if (parsed.ok() || !parsed.error().field.starts_with(kFirst)) {
        return parsed;
    }
    Error error = parsed.error();
    error.field.erase(0, kFirst.size());
    return error;
}

}  // namespace countersign
