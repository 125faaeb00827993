#include "tests/support/tamper.h"

#include <algorithm>
#include <optional>

#include "core/base/concat.h"
#include "core/base/decimal.h"
#include "core/json/span.h"
#include "core/json/writer.h"
#include "core/log/checkpoint.h"
#include "core/log/note.h"
#include "core/log/tree.h"
#include "tests/support/sample_logs.h"

namespace countersign::testing {

namespace {

using Parts = std::vector<BundlePart>;
using Kind = BundlePart::Kind;

void write_sorted(JsonWriter& writer, const Json& value) {
    if (const JsonObject* object = value.object()) {
        JsonObject sorted = *object;
        std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        writer.begin_object();
        for (const JsonMember& member : sorted) {
            writer.name(member.first);
            write_sorted(writer, member.second);
        }
        writer.end_object();
    } else if (const JsonArray* list = value.array()) {
        writer.begin_array();
        for (const Json& one : *list) {
            write_sorted(writer, one);
        }
        writer.end_array();
    } else {
        writer.value(value);
    }
}

std::string canonical_text(const Json& value) {
    JsonWriter writer(JsonWriter::Order::sorted);
    write_sorted(writer, value);
    return std::move(writer).take();
}

size_t number_in(const Json& change, std::string_view name) {
    const Json* value = change.find(name);
    CS_CHECK(value != nullptr && value->integer() != nullptr);
    return static_cast<size_t>(*value->integer());
}

// Sets the value at a JSON Pointer, or takes it out when there is none to set.
void change_at(Json& json, std::string_view pointer, const Json* value) {
    const size_t slash = pointer.find('/', 1);
    const std::string name(pointer.substr(1, slash == std::string_view::npos ? slash : slash - 1));
    if (JsonArray* list = json.array()) {
        const auto index = read_decimal(name);
        CS_CHECK(index && *index < list->size());
        Json& element = (*list)[static_cast<size_t>(*index)];
        if (slash != std::string_view::npos) {
            change_at(element, pointer.substr(slash), value);
        } else {
            element = *value;
        }
        return;
    }
    JsonObject& object = *json.object();
    const auto found =
        std::find_if(object.begin(), object.end(), [&](const JsonMember& one) { return one.first == name; });
    CS_CHECK(found != object.end() || (slash == std::string_view::npos && value != nullptr));
    if (slash != std::string_view::npos) {
        change_at(found->second, pointer.substr(slash), value);
    } else if (value == nullptr) {
        object.erase(found);
    } else if (found == object.end()) {
        object.emplace_back(name, *value);
    } else {
        found->second = *value;
    }
}

// The part with this number among those of its kind, or among all.
size_t nth(const Parts& parts, size_t number, std::optional<Kind> kind) {
    size_t at = 0;
    for (; at < parts.size() && ((kind && parts[at].kind != *kind) || --number > 0); ++at) {
    }
    CS_CHECK(at < parts.size());
    return at;
}

size_t part_of(const Parts& parts, const Json& change) {
    if (change.find("entry") != nullptr) {
        return nth(parts, number_in(change, "entry"), Kind::leaf);
    }
    if (change.find("checkpoint") != nullptr) {
        return nth(parts, number_in(change, "checkpoint"), Kind::checkpoint);
    }
    return nth(parts, number_in(change, "line"), std::nullopt);
}

// A key or checkpoint changes as the line that it is in.
Json json_of(const BundlePart& part) {
    return parse_json(part.kind == Kind::leaf ? part.bytes : line_of(part)).value();
}

void put_back(BundlePart& part, const Json& json) {
    if (part.kind == Kind::key || part.kind == Kind::checkpoint) {
        part.bytes = *json.object()->front().second.string();
    } else {
        part.bytes = canonical_text(json);
    }
}

// An epoch's first entry says what it continues: the truth about the entries before it.
void tell_truth(BundlePart& part, const TreeFrontier& tree) {
    Json leaf = parse_json(part.bytes).value();
    if (leaf.text_of("type") == "epoch_started" && leaf.at_path("body.continues") != nullptr) {
        const Json root(to_hex(tree.root()));
        const Json size(static_cast<int64_t>(tree.size()));
        change_at(leaf, "/body/continues/root", &root);
        change_at(leaf, "/body/continues/size", &size);
        put_back(part, leaf);
    }
}

void reseal(Parts& parts, const Json& change) {
    TreeFrontier tree;
    const std::string with = change.text_of("with");
    const crypto::SigningKey key = key_from(with == "server" ? "the server" : with);
    for (BundlePart& part : parts) {
        if (part.kind == Kind::leaf) {
            if (change.find("epochs") == nullptr) {
                tell_truth(part, tree);
            }
            tree.append(leaf_hash(part.bytes));
        } else if (part.kind == Kind::checkpoint) {
            const Checkpoint checkpoint{part.origin, {tree.size(), tree.root()}};
            part.bytes = with == "nobody"
                             ? checkpoint_text(checkpoint) + part.bytes.substr(part.bytes.rfind("\n\n") + 1)
                             : sign_checkpoint(checkpoint, key).value();
        }
    }
}

void resign(BundlePart& part, const std::string& key_name) {
    Json leaf = parse_json(part.bytes).value();
    const Json& op = *leaf.find("op");
    const Digest hash = sha256(std::string_view("countersign-op1\0", 16), member_bytes(part.bytes, "op"));
    const std::string head =
        concat("countersign-head1\n", op.text_of("stream"), '\n', *op.find("seq")->integer(), '\n', to_hex(hash), '\n');
    const Json signature(to_hex(key_from(key_name).sign(head).view()));
    change_at(leaf, "/sig", &signature);
    put_back(part, leaf);
}

BundlePart claim(const BundlePart& checkpoint, const BundlePart& other) {
    Checkpoint both = parse_checkpoint(parse_note(checkpoint.bytes).value().text).value();
    both.head.root = parse_checkpoint(parse_note(other.bytes).value().text).value().head.root;
    return {Kind::checkpoint, sign_checkpoint(both, key_from("the server")).value(), checkpoint.origin};
}

void change_one(Parts& parts, const Json& change, const std::string& what) {
    const size_t at = part_of(parts, change);
    const auto here = parts.begin() + static_cast<ptrdiff_t>(at);
    if (what == "set" || what == "pad" || what == "remove") {
        Json json = json_of(*here);
        const Json padding(what == "pad" ? std::string(number_in(change, "bytes"), 'x') : std::string());
        change_at(json, change.text_of("at"), what == "set" ? change.find("to") : what == "pad" ? &padding : nullptr);
        put_back(*here, json);
    } else if (what == "delete") {
        parts.erase(here);
    } else if (what == "repeat") {
        parts.insert(here + 1, *here);
    } else if (what == "resign") {
        resign(*here, change.text_of("with"));
    } else if (what == "take") {
        const Parts other = sample_log(change.text_of("from"));
        *here = other[part_of(other, change)];
    } else if (what == "claim") {
        const Parts other = sample_log(change.text_of("of"));
        parts.insert(here + 1, claim(*here, other[part_of(other, change)]));
    } else {
        CS_CHECK(what == "move");
        BundlePart moved = *here;
        const size_t behind = number_in(change, "behind_line");
        CS_CHECK(behind <= parts.size());
        parts.insert(parts.begin() + static_cast<ptrdiff_t>(behind), std::move(moved));
        const size_t old = at + (behind <= at ? 1 : 0);
        parts.erase(parts.begin() + static_cast<ptrdiff_t>(old));
    }
}

void change_parts(Parts& parts, const Json& change, const std::string& what) {
    if (what == "reseal") {
        reseal(parts, change);
    } else if (what == "swap") {
        const JsonArray& entries = *change.find("entries")->array();
        std::swap(parts[nth(parts, static_cast<size_t>(*entries[0].integer()), Kind::leaf)],
                  parts[nth(parts, static_cast<size_t>(*entries[1].integer()), Kind::leaf)]);
    } else if (what == "insert") {
        const auto behind = static_cast<ptrdiff_t>(number_in(change, "behind_line"));
        CS_CHECK(behind <= static_cast<ptrdiff_t>(parts.size()));
        parts.insert(parts.begin() + behind, {Kind::text, change.text_of("text"), {}});
    } else {
        change_one(parts, change, what);
    }
}

// False when the change is not one of bytes.
bool change_bytes(std::string& file, const Json& change, const std::string& what) {
    if (what == "flip") {
        size_t begin = 0;
        for (size_t line = number_in(change, "line"); line > 1; --line) {
            begin = file.find('\n', begin) + 1;
        }
        file.at(begin + number_in(change, "at")) ^= 1;
    } else if (what == "drop_lines") {
        for (size_t left = number_in(change, "last"); left > 0; --left) {
            file.erase(file.rfind('\n', file.size() - 2) + 1);
        }
    } else if (what == "drop_bytes") {
        file.resize(file.size() - number_in(change, "last"));
    } else if (what == "add_bytes") {
        file += change.text_of("text");
    } else {
        return false;
    }
    return true;
}

bool is_of_bytes(const std::string& what) {
    return what == "flip" || what == "drop_lines" || what == "drop_bytes" || what == "add_bytes";
}

}  // namespace

std::string tampered(Parts parts, const JsonArray& changes) {
    for (const Json& change : changes) {
        const std::string what = change.text_of("do");
        if (!is_of_bytes(what)) {
            change_parts(parts, change, what);
        }
    }
    std::string file = render(parts);
    for (const Json& change : changes) {
        change_bytes(file, change, change.text_of("do"));
    }
    return file;
}

std::string mutated(uint64_t seed) {
    static constexpr std::string_view kBytes = "\"{}[],:0123456789abcdef \\\x01\xff";
    SeededEntropy dice(seed);
    std::vector<std::string> lines;
    for (const BundlePart& part : dice.below(3) == 0 ? random_log(seed) : sample_log("mixed")) {
        lines.push_back(line_of(part));
    }
    for (int changes = 1 + dice.below(3); changes > 0; --changes) {
        std::string& line = lines[dice.below(lines.size())];
        const std::string other = lines[dice.below(lines.size())];
        const size_t at = dice.below(line.size() + 1);
        switch (dice.below(6)) {
            case 0: line.insert(at, other.substr(dice.below(other.size() + 1), dice.below(size_t{20}))); break;
            case 1: line.erase(at, dice.below(size_t{20})); break;
            case 2: line.replace(at, 1, 1, kBytes[dice.below(kBytes.size())]); break;
            case 3: line = other; break;
            case 4: std::swap(line, lines[dice.below(lines.size())]); break;
            default: lines.erase(lines.begin() + static_cast<ptrdiff_t>(dice.below(lines.size())));
        }
    }
    std::string file;
    uint64_t leaves = 0;
    for (const std::string& line : lines) {
        file += concat(line, '\n');
        leaves += line.starts_with("{\"leaf\":") ? 1 : 0;
    }
    return file + end_line(leaves, sha256(file));
}

}  // namespace countersign::testing
