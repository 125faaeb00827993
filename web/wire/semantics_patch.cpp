#include "web/wire/semantics_patch.h"

#include <unordered_map>
#include <utility>
#include <vector>

#include "web/wire/records.h"

namespace countersign::web {

namespace {

using shell::Node;
using shell::NodeState;
using shell::SemanticTree;

enum Mask : uint16_t {
    kRole = 1,
    kName = 2,
    kValue = 4,
    kDescription = 8,
    kShortcut = 16,
    kState = 32,
    kRectangle = 64,
    kNumbers = 128,
    kEverything = 255,
};

struct Placed {
    const Node* node = nullptr;
    uint32_t parent = 0;
    float x = 0;  // relative to the parent
    float y = 0;
};

// A tree with its oddities settled: ids once, parents before children, positions relative.
struct Layout {
    std::vector<Placed> nodes;
    std::unordered_map<uint32_t, size_t> index;                    // id to its place in `nodes`
    std::unordered_map<uint32_t, std::vector<uint32_t>> children;  // parent's id to ids

    const Placed* find(uint32_t id) const {
        const auto found = index.find(id);
        return found == index.end() ? nullptr : &nodes[found->second];
    }
};

Layout layout_of(const SemanticTree& tree) {
    Layout layout;
    layout.nodes.reserve(tree.nodes.size());
    layout.index.reserve(tree.nodes.size());
    for (const Node& node : tree.nodes) {
        if (node.id == 0 || !layout.index.emplace(node.id, layout.nodes.size()).second) {
            continue;
        }
        Placed placed{&node, 0, node.x, node.y};
        if (const Placed* parent = node.parent == node.id ? nullptr : layout.find(node.parent)) {
            placed.parent = node.parent;
            placed.x -= parent->node->x;
            placed.y -= parent->node->y;
        }
        layout.children[placed.parent].push_back(node.id);
        layout.nodes.push_back(placed);
    }
    return layout;
}

uint16_t state_bits(const NodeState& state) {
    const bool flags[] = {state.disabled, state.focused,    state.selected, state.checkable,
                          state.checked,  state.expandable, state.expanded, state.required,
                          state.invalid,  state.readonly,   state.modal};
    uint32_t bits = 0;
    uint32_t bit = 1;
    for (const bool flag : flags) {
        bits |= flag ? bit : 0U;
        bit <<= 1U;
    }
    return static_cast<uint16_t>(bits);
}

uint16_t difference(const Placed& before, const Placed& after) {
    const Node& a = *before.node;
    const Node& b = *after.node;
    uint32_t mask = 0;
    mask |= a.name == b.name ? 0U : kName;
    mask |= a.value == b.value ? 0U : kValue;
    mask |= a.description == b.description ? 0U : kDescription;
    mask |= a.shortcut == b.shortcut ? 0U : kShortcut;
    mask |= a.state == b.state ? 0U : kState;
    const bool same_place = before.parent == after.parent && before.x == after.x && before.y == after.y &&
                            a.width == b.width && a.height == b.height;
    mask |= same_place ? 0U : kRectangle;
    const bool same_numbers = a.position == b.position && a.set_size == b.set_size && a.level == b.level;
    mask |= same_numbers ? 0U : kNumbers;
    return static_cast<uint16_t>(mask);
}

void write_node(RecordWriter& out, const Placed& placed, uint16_t mask) {
    const Node& node = *placed.node;
    out.number(node.id).half(mask);
    if ((mask & kRole) != 0) {
        out.text(shell::role_name(node.role));
    }
    for (const auto& [bit, text] : {std::pair{kName, &node.name}, std::pair{kValue, &node.value},
                                    std::pair{kDescription, &node.description}, std::pair{kShortcut, &node.shortcut}}) {
        if ((mask & bit) != 0) {
            out.text(*text);
        }
    }
    if ((mask & kState) != 0) {
        out.half(state_bits(node.state));
    }
    if ((mask & kRectangle) != 0) {
        out.real(placed.x).real(placed.y).real(node.width).real(node.height);
    }
    if ((mask & kNumbers) != 0) {
        for (const int32_t number : {node.position, node.set_size, node.level}) {
            out.number(static_cast<uint32_t>(number));
        }
    }
}

// A node that changed its role is another element: the page removes it and makes it anew.
bool is_same_element(const Placed* before, const Placed& after) {
    return before != nullptr && before->node->role == after.node->role;
}

void write_removed(RecordWriter& out, const Layout& before, const Layout& after) {
    const size_t place = out.reserve();
    uint32_t count = 0;
    for (const Placed& placed : before.nodes) {
        const Placed* now = after.find(placed.node->id);
        if (now == nullptr || !is_same_element(&placed, *now)) {
            out.number(placed.node->id);
            ++count;
        }
    }
    out.fill(place, count);
}

void write_changed(RecordWriter& out, const Layout& before, const Layout& after) {
    const size_t place = out.reserve();
    uint32_t count = 0;
    for (const Placed& placed : after.nodes) {
        const Placed* was = before.find(placed.node->id);
        const uint16_t mask = is_same_element(was, placed) ? difference(*was, placed) : uint16_t{kEverything};
        if (mask != 0) {
            write_node(out, placed, mask);
            ++count;
        }
    }
    out.fill(place, count);
}

// True when the page's element of `parent` does not hold exactly these children in this order.
bool children_changed(const Layout& before, const Layout& after, uint32_t parent,
                      const std::vector<uint32_t>& children) {
    const Placed* now = after.find(parent);
    if (now != nullptr && !is_same_element(before.find(parent), *now)) {
        return true;
    }
    const auto was = before.children.find(parent);
    if (was == before.children.end() || was->second != children) {
        return true;
    }
    for (const uint32_t child : children) {
        if (!is_same_element(before.find(child), *after.find(child))) {
            return true;
        }
    }
    return false;
}

void write_children(RecordWriter& out, const Layout& before, const Layout& after) {
    const size_t place = out.reserve();
    uint32_t count = 0;
    const auto write = [&](uint32_t parent) {
        const auto found = after.children.find(parent);
        if (found == after.children.end() || !children_changed(before, after, parent, found->second)) {
            return;
        }
        out.number(parent).number(static_cast<uint32_t>(found->second.size()));
        for (const uint32_t child : found->second) {
            out.number(child);
        }
        ++count;
    };
    write(0);
    for (const Placed& placed : after.nodes) {
        write(placed.node->id);
    }
    out.fill(place, count);
}

uint32_t focused_node(const Layout& layout) {
    for (const Placed& placed : layout.nodes) {
        if (placed.node->state.focused) {
            return placed.node->id;
        }
    }
    return 0;
}

}  // namespace

std::string semantics_patch(const SemanticTree& before, const SemanticTree& after) {
    if (before == after) {
        return {};
    }
    const Layout was = layout_of(before);
    const Layout now = layout_of(after);
    RecordWriter out;
    write_removed(out, was, now);
    write_changed(out, was, now);
    write_children(out, was, now);
    out.number(focused_node(now));
    return std::move(out).take();
}

}  // namespace countersign::web
