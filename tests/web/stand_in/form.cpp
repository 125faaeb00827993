#include "tests/web/stand_in/form.h"

#include <array>
#include <cmath>

#include "core/base/concat.h"

namespace countersign::web::stand_in {

namespace {

using shell::Node;
using shell::Role;

constexpr std::array kFocusable = {kDecide,   kConfirmed,  kReason,  kNotes, kSend,
                                   kSaveFile, kCopyReason, kAnimate, kCrash};
constexpr float kLine = 24;
constexpr float kRowHeight = 6;

// A list of nodes that are put one under the other.
class Column {
public:
    explicit Column(const Form& form) : form_(form) {}

    Node& add(uint32_t id, Role role, std::string name) {
        Node node;
        node.id = id;
        node.role = role;
        node.name = std::move(name);
        node.x = 16;
        node.y = y_;
        node.width = 240;
        node.height = kLine - 4;
        node.state.focused = form_.focused == id;
        y_ += kLine;
        nodes_.push_back(std::move(node));
        return nodes_.back();
    }

    std::vector<Node> take() && { return std::move(nodes_); }

private:
    const Form& form_;
    float y_ = 8;
    std::vector<Node> nodes_;
};

std::string storage_sentence(shell::StorageStanding storage) {
    constexpr std::array kKinds = {"file", "indexed_db", "memory"};
    return concat(kKinds[static_cast<size_t>(storage.kind)], storage.kept_under_pressure ? ", kept" : ", not promised");
}

void add_rows(const Form& form, std::vector<Node>& nodes) {
    Node list;
    list.id = kQueue;
    list.role = Role::list;
    list.name = "Queue";
    list.x = 280;
    list.y = 8;
    list.width = 300;
    list.height = kRowHeight * static_cast<float>(kRowsShown);
    list.set_size = kRows;
    const float list_y = list.y;
    nodes.push_back(std::move(list));
    const auto first = static_cast<int32_t>(form.scroll / kRowHeight);
    for (int32_t i = first; i < first + kRowsShown && i < kRows; ++i) {
        Node row;
        row.id = kFirstRow + static_cast<uint32_t>(i);
        row.parent = kQueue;
        row.role = Role::listitem;
        row.name = concat("Item ", i + 1);
        row.x = 280;
        row.y = list_y + static_cast<float>(i) * kRowHeight - form.scroll;
        row.width = 300;
        row.height = kRowHeight - 1;
        row.position = i + 1;
        row.set_size = kRows;
        nodes.push_back(std::move(row));
    }
}

}  // namespace

std::string* Form::field() {
    return focused == kReason ? &reason : focused == kNotes ? &notes : nullptr;
}

shell::SemanticTree semantics_of(const Form& form) {
    Column column(form);
    column.add(kHeading, Role::heading, "Countersign stand-in").level = 1;
    column.add(kDecide, Role::button, "Decide").shortcut = "A";
    Node& confirmed = column.add(kConfirmed, Role::checkbox, "Confirmed");
    confirmed.state.checkable = true;
    confirmed.state.checked = form.confirmed;
    Node& reason = column.add(kReason, Role::textbox, "Reason");
    reason.value = form.focused == kReason ? form.reason + form.preedit : form.reason;
    reason.state.required = true;
    reason.state.invalid = form.reason.empty();
    reason.description = form.reason.empty() ? "A reason is missing" : "";
    column.add(kNotes, Role::textbox, "Notes").value = form.notes;
    column.add(kSend, Role::button, "Send");
    column.add(kSaveFile, Role::button, "Save file");
    column.add(kCopyReason, Role::button, "Copy reason");
    column.add(kAnimate, Role::button, "Animate");
    column.add(kCrash, Role::button, "Crash").state.disabled = !form.confirmed;
    column.add(kCount, Role::status, concat(form.decisions, " decisions on this device"));
    column.add(kEvents, Role::document, "Events").value = form.events;
    column.add(kStorage, Role::text, concat("Storage: ", storage_sentence(form.storage)));
    column.add(kAnswer, Role::text, concat("Answer: ", form.answer));
    column.add(kIntegrity, Role::text, concat("Integrity: ", form.integrity));
    shell::SemanticTree tree{std::move(column).take()};
    add_rows(form, tree.nodes);
    return tree;
}

uint32_t widget_at(const shell::SemanticTree& tree, float x, float y) {
    uint32_t found = kNothing;
    for (const Node& node : tree.nodes) {
        if (x >= node.x && x < node.x + node.width && y >= node.y && y < node.y + node.height) {
            found = node.id;
        }
    }
    return found;
}

ImDrawData draw(const Form& form, const shell::SemanticTree& tree) {
    const auto device = [&](float css) { return static_cast<int32_t>(std::lround(css * form.scale)); };
    ImDrawData data;
    data.width = device(form.width);
    data.height = device(form.height);
    const uint8_t ground = form.dark ? 24 : 250;
    data.patches.push_back({{0, 0, data.width, data.height}, ground, ground, ground});
    for (const Node& node : tree.nodes) {
        const shell::PixelRect place{device(node.x), device(node.y), device(node.width), device(node.height)};
        const auto shade = static_cast<uint8_t>(node.state.checked ? 120 : 200 - 4 * static_cast<int>(node.role));
        data.patches.push_back(node.state.focused ? Patch{place, 40, 90, 220} : Patch{place, shade, shade, 210});
    }
    return data;
}

std::optional<shell::TextInputArea> text_area(const Form& form, const shell::SemanticTree& tree) {
    if (form.focused != kReason && form.focused != kNotes) {
        return std::nullopt;
    }
    for (const Node& node : tree.nodes) {
        if (node.id == form.focused) {
            return shell::TextInputArea{node.x + 8 * static_cast<float>(node.value.size()), node.y, node.height,
                                        node.id == kNotes};
        }
    }
    return std::nullopt;
}

uint32_t next_focus(uint32_t from, bool backwards) {
    const size_t count = kFocusable.size();
    for (size_t i = 0; i < count; ++i) {
        if (static_cast<uint32_t>(kFocusable[i]) == from) {
            return kFocusable[(i + (backwards ? count - 1 : 1)) % count];
        }
    }
    return backwards ? kFocusable.back() : kFocusable.front();
}

}  // namespace countersign::web::stand_in
