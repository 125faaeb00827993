#pragma once
// Gathers what stands on the screen while a frame is drawn: Dear ImGui's hooks report every item with an id, our
// widgets add what it is and what it is called, views add regions, headings and texts. From this come the tree for
// screen readers and tests, the list of what nobody named, and the way back: an action on a node reaches its widget in
// the next frame.
//
// Contract: begin_frame(), then widgets in reading order, then finish(). Ids are Dear ImGui's. Positions are handed in
// as device pixels and come out as CSS pixels.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shell/imgui/item_hooks.h"
#include "shell/platform/input.h"
#include "shell/semantics/tree.h"

namespace countersign::shell {

// What a widget says of itself.
struct Meaning {
    Role role = Role::none;
    std::string_view name = {};
    std::string_view value = {};
    std::string_view description = {};
    std::string_view shortcut = {};
    NodeState state = {};
    int32_t position = 0;
    int32_t set_size = 0;
    int32_t level = 0;
};

// Device pixels.
struct Area {
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;
};

class ItemTable final : public ItemListener {
public:
    void begin_frame(float pixel_ratio);

    // A node that is no Dear ImGui item: a heading, a text, a status. Its id comes from its parent, role and place.
    uint32_t add(const Meaning& meaning, const Area& area);
    // What the item just added with this id is. Adds the node when no hook has reported it.
    void describe(uint32_t id, const Meaning& meaning, const Area& area);
    // Until close(), nodes are children of this one.
    void open(uint32_t id, const Meaning& meaning, const Area& area);
    // The same for a container that is not an item; `key` tells it from its siblings.
    void open(std::string_view key, const Meaning& meaning, const Area& area);
    // The same for a node that has been described already.
    void enter(uint32_t id);
    void close();
    // Closes the innermost container, a cell, and names it unless something inside it speaks for it.
    void close_as(std::string_view name);

    // What somebody did to this node since the last frame; asked once by its widget.
    std::optional<NodeActed> take_action(uint32_t id);

    void act(NodeActed action) { coming_.push_back(std::move(action)); }

    bool has_actions() const { return !coming_.empty(); }

    // Marks a node as the one that has the keyboard.
    void set_focus(uint32_t id) { focus_ = id; }

    SemanticTree finish();

    // Of the last finished frame: interactive items without role or name, ids used twice. Empty is right.
    const std::vector<std::string>& faults() const { return faults_; }

    // Actions of the last finished frame that no widget took: it is gone, disabled or covered.
    const std::vector<NodeActed>& unreached() const { return unreached_; }

    void on_item(uint32_t id, const ImRect& rect, int flags) override;
    void on_item_label(uint32_t id, const char* label, int status) override;

private:
    struct Entry {
        Node node;
        bool reported = false;   // by a hook
        bool described = false;  // by us
        int flags = 0;           // ImGuiItemFlags
        int times_described = 0;
    };

    Entry& entry(uint32_t id);
    Entry* find(uint32_t id);
    void fill(Entry& to, const Meaning& meaning, const Area& area);
    void place(Node& node, const Area& area) const;
    void check(const Entry& entry);

    float pixel_ratio_ = 1;
    uint32_t focus_ = 0;
    std::vector<Entry> entries_;
    std::vector<uint32_t> buckets_;  // open addressing: 1 + index into entries_
    std::vector<uint32_t> open_;
    std::vector<std::array<uint16_t, kRoleCount>> ordinals_;  // children added so far, by role; the desk's own first
    std::vector<NodeActed> coming_;
    std::vector<NodeActed> actions_;
    std::vector<NodeActed> unreached_;
    std::vector<std::string> faults_;
};

// While it lives, nodes belong to this container.
class Container {
public:
    Container(ItemTable& table, std::string_view key, const Meaning& meaning, const Area& area) : table_(table) {
        table_.open(key, meaning, area);
    }

    ~Container() { table_.close(); }

    Container(const Container&) = delete;
    Container& operator=(const Container&) = delete;

private:
    ItemTable& table_;
};

}  // namespace countersign::shell
