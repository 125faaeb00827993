#include "web/wire/semantics_patch.h"

#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/json/json.h"
#include "web/wire/records.h"

using namespace countersign;
using namespace countersign::web;
using shell::Node;
using shell::Role;
using shell::SemanticTree;

namespace {

// What a page would hold, built only from patches.
struct Element {
    std::string role, name, value, description, shortcut;
    uint32_t state = 0;
    float x = 0, y = 0, width = 0, height = 0;
    uint32_t position = 0, set_size = 0, level = 0;
    std::vector<uint32_t> children;
};

struct Page {
    std::map<uint32_t, Element> elements;
    std::vector<uint32_t> roots;
    uint32_t focused = 0;

    void apply(const std::string& patch);
    // One line per element, in reading order, with its absolute place.
    std::string text() const;

private:
    void detach(uint32_t id);
    void describe(uint32_t id, int depth, float x, float y, std::string& out) const;
};

uint32_t half(RecordReader& reader) {
    const uint32_t low = reader.byte().value();
    return low | static_cast<uint32_t>(reader.byte().value()) << 8U;
}

void read_fields(RecordReader& reader, Element& element, uint32_t mask) {
    uint32_t bit = 1;
    for (std::string* field : {&element.role, &element.name, &element.value, &element.description, &element.shortcut}) {
        if ((mask & bit) != 0) {
            *field = reader.text().value();
        }
        bit <<= 1U;
    }
    if ((mask & 32U) != 0) {
        element.state = half(reader);
    }
    if ((mask & 64U) != 0) {
        for (float* number : {&element.x, &element.y, &element.width, &element.height}) {
            *number = reader.real().value();
        }
    }
    if ((mask & 128U) != 0) {
        for (uint32_t* number : {&element.position, &element.set_size, &element.level}) {
            *number = reader.number().value();
        }
    }
}

// As in a document: an element stands in one place only.
void Page::detach(uint32_t id) {
    std::erase(roots, id);
    for (auto& [_, element] : elements) {
        std::erase(element.children, id);
    }
}

void Page::apply(const std::string& patch) {
    RecordReader reader(patch);
    for (uint32_t left = reader.number().value(); left > 0; --left) {
        const uint32_t id = reader.number().value();
        REQUIRE(elements.contains(id));
        detach(id);
        elements.erase(id);
    }
    for (uint32_t left = reader.number().value(); left > 0; --left) {
        const uint32_t id = reader.number().value();
        const uint32_t mask = half(reader);
        REQUIRE((elements.contains(id) || mask == 255));
        read_fields(reader, elements[id], mask);
    }
    for (uint32_t left = reader.number().value(); left > 0; --left) {
        const uint32_t parent = reader.number().value();
        std::vector<uint32_t> children;
        for (uint32_t more = reader.number().value(); more > 0; --more) {
            children.push_back(reader.number().value());
            detach(children.back());
        }
        (parent == 0 ? roots : elements.at(parent).children) = children;
    }
    focused = reader.number().value();
    REQUIRE(reader.at_end());
}

void Page::describe(uint32_t id, int depth, float x, float y, std::string& out) const {
    const Element& e = elements.at(id);
    out +=
        concat(std::string(static_cast<size_t>(depth), ' '), id, " ", e.role, " '", e.name, "' '", e.value, "' ",
               static_cast<int64_t>(x + e.x), " ", static_cast<int64_t>(y + e.y), " ", e.state, " ", e.position, "\n");
    for (const uint32_t child : e.children) {
        describe(child, depth + 1, x + e.x, y + e.y, out);
    }
}

std::string Page::text() const {
    std::string out = concat("focus ", focused, "\n");
    for (const uint32_t id : roots) {
        describe(id, 0, 0, 0, out);
    }
    return out;
}

// A tree of up to 40 nodes; ids come back in later trees, under other parents and with other roles.
SemanticTree random_tree(std::mt19937& chance) {
    SemanticTree tree;
    const size_t count = chance() % 40;
    for (size_t i = 0; i < count; ++i) {
        Node node;
        node.id = 1 + chance() % 50;
        node.parent = tree.nodes.empty() || chance() % 2 == 0 ? 0 : tree.nodes[chance() % tree.nodes.size()].id;
        node.role = static_cast<Role>(1 + chance() % 20);
        node.name = concat("name ", chance() % 3);
        node.value = chance() % 2 == 0 ? "" : "value";
        node.x = static_cast<float>(chance() % 100);
        node.y = static_cast<float>(chance() % 100);
        node.position = static_cast<int32_t>(chance() % 3);
        node.state.checked = chance() % 2 == 0;
        node.state.focused = chance() % 10 == 0;
        tree.nodes.push_back(node);
    }
    return tree;
}

std::string to_hex(const std::string& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const char c : bytes) {
        hex.push_back(digits[static_cast<uint8_t>(c) >> 4U]);
        hex.push_back(digits[static_cast<uint8_t>(c) & 15U]);
    }
    return hex;
}

Node make_node(uint32_t id, uint32_t parent, Role role, std::string name) {
    Node node;
    node.id = id;
    node.parent = parent;
    node.role = role;
    node.name = std::move(name);
    return node;
}

SemanticTree small_tree() {
    SemanticTree tree;
    Node list = make_node(7, 0, Role::list, "Queue");
    list.x = 10;
    list.y = 20;
    list.width = 100;
    list.height = 50.5F;
    Node row = make_node(4000000000U, 7, Role::listitem, "Gas smell – Ä");
    row.x = 12;
    row.y = 21;
    row.width = 90;
    row.height = 10;
    row.position = 3;
    row.set_size = 400;
    row.state.focused = true;
    row.state.selected = true;
    tree.nodes = {list, row};
    return tree;
}

}  // namespace

TEST_CASE("equal trees need no patch") {
    CHECK(semantics_patch(small_tree(), small_tree()).empty());
}

TEST_CASE("a page that follows patches holds what a page that is built at once holds") {
    const auto seed = Catch::getSeed();
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    Page page;
    SemanticTree shown;
    for (int step = 0; step < 400; ++step) {
        const SemanticTree next = random_tree(chance);
        const std::string patch = semantics_patch(shown, next);
        if (!patch.empty()) {
            page.apply(patch);
        }
        Page fresh;
        const std::string whole = semantics_patch(SemanticTree{}, next);
        if (!whole.empty()) {
            fresh.apply(whole);
        }
        REQUIRE(page.text() == fresh.text());
        shown = next;
    }
}

TEST_CASE("a row that scrolls is moved, and its cells are not mentioned") {
    SemanticTree before;
    before.nodes.push_back(make_node(1, 0, Role::row, "row"));
    for (uint32_t id = 2; id < 10; ++id) {
        before.nodes.push_back(make_node(id, 1, Role::gridcell, "cell"));
    }
    SemanticTree after = before;
    for (Node& node : after.nodes) {
        node.y += 30;
    }
    // No node removed, one node of 22 bytes, no parent, no focus.
    CHECK(semantics_patch(before, after).size() == 4 + 4 + 22 + 4 + 4);
}

TEST_CASE("a second node with the same id is left out, and the first one keeps its place") {
    SemanticTree tree = small_tree();
    tree.nodes.push_back(tree.nodes[0]);
    CHECK(semantics_patch(SemanticTree{}, tree) == semantics_patch(SemanticTree{}, small_tree()));
}

TEST_CASE("the bytes are those that the page's reader is tested with") {
    const std::ifstream file(COUNTERSIGN_CASES "/web/semantics_patch.json");
    std::ostringstream text;
    text << file.rdbuf();
    const Json json = parse_json(text.str()).value();
    CHECK(to_hex(semantics_patch(SemanticTree{}, small_tree())) == *json.find("first")->string());
    SemanticTree moved = small_tree();
    moved.nodes[1].y = 31;
    moved.nodes[1].state.focused = false;
    CHECK(to_hex(semantics_patch(small_tree(), moved)) == *json.find("moved")->string());
    CHECK(to_hex(semantics_patch(moved, SemanticTree{})) == *json.find("gone")->string());
}
