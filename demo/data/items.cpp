#include "demo/data/items.h"

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "demo/data/lines.h"

namespace countersign::demo {

namespace {

constexpr TextRule kId{.max_bytes = 200};
constexpr TextRule kText{.max_bytes = 1 << 20};

Result<Item> item_of(const Json& json) {
    Fields fields = CS_TRY(Fields::of(json, ""));
    Item item;
    item.id = CS_TRY(fields.text("id", kId));
    const Json* input = CS_TRY(fields.object("input"));
    Fields content = CS_TRY(Fields::of(*input, "input"));
    item.text = CS_TRY(content.text("text", kText));
    item.input = *input;
    if (fields.has("metadata")) {
        item.metadata = *CS_TRY(fields.object("metadata"));
    }
    item.label = CS_TRY(fields.text_or("label", "", kId));
    return item;
}

Result<std::pair<std::string, std::string>> answer_of(const Json& json) {
    Fields fields = CS_TRY(Fields::of(json, ""));
    std::string id = CS_TRY(fields.text("id", kId));
    return std::pair(std::move(id), CS_TRY(fields.text("label", kId)));
}

Error twice(const Line& line, const std::string& id) {
    return fail(ErrorCode::invalid_argument, concat("id '", id, "' stands here for the second time"), line.place);
}

Status check_known(const std::set<std::string>& wanted, const std::set<std::string>& known) {
    for (const std::string& id : wanted) {
        if (!known.contains(id)) {
            return fail(ErrorCode::not_found, concat("no item has the id '", id, "' of the list of ids"));
        }
    }
    return success();
}

}  // namespace

Result<std::vector<Item>> read_items(std::string_view name, std::string_view text) {
    std::vector<Item> items;
    std::set<std::string> seen;
    for (const Line& line : CS_TRY(read_lines(name, text))) {
        Result<Item> item = item_of(line.json);
        if (!item.ok()) {
            return at_line(line, item.error());
        }
        if (!seen.insert(item.value().id).second) {
            return twice(line, item.value().id);
        }
        items.push_back(std::move(item).value());
    }
    return items;
}

Result<Truth> read_truth(std::string_view name, std::string_view text) {
    Truth truth;
    for (const Line& line : CS_TRY(read_lines(name, text))) {
        Result<std::pair<std::string, std::string>> answer = answer_of(line.json);
        if (!answer.ok()) {
            return at_line(line, answer.error());
        }
        if (!truth.insert(answer.value()).second) {
            return twice(line, answer.value().first);
        }
    }
    return truth;
}

std::set<std::string> read_ids(std::string_view text) {
    std::set<std::string> ids;
    while (!text.empty()) {
        const size_t end = text.find_first_of(" \t\r\n");
        if (end != 0) {
            ids.emplace(text.substr(0, end));
        }
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return ids;
}

Result<std::vector<Item>> select(std::vector<Item> items, const Selection& selection) {
    std::set<std::string> known;
    for (const Item& item : items) {
        known.insert(item.id);
    }
    CS_TRY(check_known(selection.except, known));
    if (selection.only) {
        CS_TRY(check_known(*selection.only, known));
    }
    std::erase_if(items, [&](const Item& item) {
        return (selection.only && !selection.only->contains(item.id)) || selection.except.contains(item.id);
    });
    return items;
}

Result<std::vector<Example>> with_labels(const std::vector<Item>& items, const Truth& truth) {
    std::vector<Example> examples;
    for (const Item& item : items) {
        const auto answer = truth.find(item.id);
        const std::string& label = answer == truth.end() ? item.label : answer->second;
        if (label.empty()) {
            return fail(ErrorCode::not_found,
                        concat("item '", item.id, "' has no label: neither in its line nor in the truth file"));
        }
        examples.push_back({item.id, item.text, label, false});
    }
    return examples;
}

}  // namespace countersign::demo
