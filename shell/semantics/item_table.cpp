#include "shell/semantics/item_table.h"

#include <algorithm>

#include <imgui.h>
#include <imgui_internal.h>

#include "core/base/check.h"
#include "core/base/concat.h"

namespace countersign::shell {
namespace {

// FNV-1a, 32 bits; never 0, which is the desk itself.
uint32_t mixed(uint32_t seed, std::string_view bytes) {
    uint32_t hash = seed ^ 0x811c9dc5U;
    for (const char c : bytes) {
        hash = (hash ^ static_cast<uint8_t>(c)) * 0x01000193U;
    }
    return hash == 0 ? 1 : hash;
}

bool is_interactive(Role role) {
    switch (role) {
        case Role::button:
        case Role::link:
        case Role::checkbox:
        case Role::radio:
        case Role::switch_:
        case Role::tab:
        case Role::textbox:
        case Role::searchbox:
        case Role::combobox:
        case Role::option:
        case Role::menuitem:
        case Role::grid:
        case Role::row: return true;
        default: return false;
    }
}

// Windows and child windows report themselves as items; they are structure, not widgets.
bool is_window(uint32_t id) {
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    return std::any_of(g.Windows.begin(), g.Windows.end(),
                       [&](const ImGuiWindow* w) { return w->ID == id || w->ChildId == id || w->MoveId == id; });
}

}  // namespace

void ItemTable::begin_frame(float pixel_ratio) {
    pixel_ratio_ = pixel_ratio;
    focus_ = 0;
    entries_.clear();
    std::fill(buckets_.begin(), buckets_.end(), 0);
    if (buckets_.empty()) {
        buckets_.resize(1024);
    }
    open_.clear();
    ordinals_.assign(1, {});
    actions_ = std::move(coming_);
    coming_.clear();
}

ItemTable::Entry* ItemTable::find(uint32_t id) {
    const size_t mask = buckets_.size() - 1;
    for (size_t slot = (id * 0x9E3779B1U) & mask;; slot = (slot + 1) & mask) {
        if (buckets_[slot] == 0) {
            return nullptr;
        }
        if (entries_[buckets_[slot] - 1].node.id == id) {
            return &entries_[buckets_[slot] - 1];
        }
    }
}

ItemTable::Entry& ItemTable::entry(uint32_t id) {
    if (Entry* known = find(id)) {
        return *known;
    }
    Entry& added = entries_.emplace_back();
    added.node.id = id;
    added.node.parent = open_.empty() ? 0 : open_.back();
    size_t first_to_place = entries_.size() - 1;
    if (entries_.size() * 2 > buckets_.size()) {
        buckets_.assign(buckets_.size() * 2, 0);
        first_to_place = 0;
    }
    const size_t mask = buckets_.size() - 1;
    for (size_t i = first_to_place; i < entries_.size(); i++) {
        size_t slot = (entries_[i].node.id * 0x9E3779B1U) & mask;
        while (buckets_[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        buckets_[slot] = static_cast<uint32_t>(i + 1);
    }
    return added;
}

void ItemTable::place(Node& node, const Area& area) const {
    float left = area.x;
    float top = area.y;
    float right = area.x + area.width;
    float bottom = area.y + area.height;
    if (const ImGuiWindow* window = ImGui::GetCurrentContext()->CurrentWindow) {
        const ImRect& clip = window->ClipRect;
        left = std::clamp(left, clip.Min.x, clip.Max.x);
        right = std::clamp(right, clip.Min.x, clip.Max.x);
        top = std::clamp(top, clip.Min.y, clip.Max.y);
        bottom = std::clamp(bottom, clip.Min.y, clip.Max.y);
    }
    node.x = left / pixel_ratio_;
    node.y = top / pixel_ratio_;
    node.width = std::max(0.0F, right - left) / pixel_ratio_;
    node.height = std::max(0.0F, bottom - top) / pixel_ratio_;
}

void ItemTable::fill(Entry& to, const Meaning& meaning, const Area& area) {
    Node& node = to.node;
    node.role = meaning.role;
    node.name = meaning.name;
    node.value = meaning.value;
    node.description = meaning.description;
    node.shortcut = meaning.shortcut;
    node.state = meaning.state;
    node.position = meaning.position;
    node.set_size = meaning.set_size;
    node.level = meaning.level;
    place(node, area);
    to.described = true;
    to.times_described++;
}

uint32_t ItemTable::add(const Meaning& meaning, const Area& area) {
    const uint32_t parent = open_.empty() ? 0 : open_.back();
    const uint16_t ordinal = ordinals_.back()[static_cast<size_t>(meaning.role)]++;
    const uint32_t id = mixed(mixed(parent, role_name(meaning.role)), concat(ordinal));
    fill(entry(id), meaning, area);
    return id;
}

void ItemTable::describe(uint32_t id, const Meaning& meaning, const Area& area) {
    fill(entry(id), meaning, area);
}

void ItemTable::open(uint32_t id, const Meaning& meaning, const Area& area) {
    fill(entry(id), meaning, area);
    enter(id);
}

void ItemTable::open(std::string_view key, const Meaning& meaning, const Area& area) {
    const uint32_t scope = ImGui::GetCurrentContext()->CurrentWindow->IDStack.back();
    open(mixed((open_.empty() ? 0 : open_.back()) ^ scope, key), meaning, area);
}

void ItemTable::enter(uint32_t id) {
    open_.push_back(id);
    ordinals_.emplace_back();
}

void ItemTable::close() {
    CS_CHECK(!open_.empty());
    open_.pop_back();
    ordinals_.pop_back();
}

void ItemTable::close_as(std::string_view name) {
    CS_CHECK(!open_.empty());
    const uint32_t id = open_.back();
    if (entries_.back().node.id == id) {
        entries_.back().node.name = name;
    }
    close();
}

std::optional<NodeActed> ItemTable::take_action(uint32_t id) {
    for (size_t i = 0; i < actions_.size(); i++) {
        if (actions_[i].node == id) {
            NodeActed taken = std::move(actions_[i]);
            actions_.erase(actions_.begin() + static_cast<std::ptrdiff_t>(i));
            return taken;
        }
    }
    return std::nullopt;
}

void ItemTable::on_item(uint32_t id, const ImRect& rect, int flags) {
    if (ImGui::GetCurrentContext()->CurrentWindow->IsFallbackWindow) {
        return;  // Dear ImGui's own, never shown
    }
    Entry& item = entry(id);
    item.reported = true;
    item.flags = flags;
    if (!item.described) {
        place(item.node, {rect.Min.x, rect.Min.y, rect.GetWidth(), rect.GetHeight()});
    }
}

void ItemTable::on_item_label(uint32_t id, const char* label, int /*status*/) {
    Entry* item = find(id);
    if (item != nullptr && item->node.name.empty() && label != nullptr) {
        item->node.name.assign(label, ImGui::FindRenderedTextEnd(label));
    }
}

void ItemTable::check(const Entry& e) {
    const Node& node = e.node;
    const auto fault = [&](std::string_view what) {
        faults_.push_back(concat(what, ": ", role_name(node.role), " '", node.name, "' at ", static_cast<int>(node.x),
                                 ", ", static_cast<int>(node.y)));
    };
    if (e.times_described > 1) {
        fault("two widgets share one id");
    }
    if (e.reported && !e.described && !is_window(node.id)) {
        fault("an item says nothing of itself");
    }
    if (e.described && is_interactive(node.role) && node.name.empty()) {
        fault("a widget without a name");
    }
    if (e.reported && e.described && node.role == Role::none) {
        fault("a widget without a role");
    }
}

SemanticTree ItemTable::finish() {
    CS_CHECK(open_.empty());
    SemanticTree tree;
    faults_.clear();
    for (Entry& e : entries_) {
        check(e);
        if (e.described) {
            e.node.state.focused = e.node.id == focus_ && focus_ != 0;
            tree.nodes.push_back(e.node);
        }
    }
    unreached_ = std::move(actions_);
    actions_.clear();
    return tree;
}

}  // namespace countersign::shell
