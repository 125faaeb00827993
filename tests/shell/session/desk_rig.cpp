#include "tests/shell/session/desk_rig.h"

#include <algorithm>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/store/schema.h"
#include "shell/render/cpu_renderer.h"

namespace countersign::tests {

using namespace shell;

bool DeskRig::Wire::deliver() {
    const bool any = !waiting.empty();
    std::deque<std::pair<TransportRequest, Done>> batch = std::exchange(waiting, {});
    for (auto& [request, done] : batch) {
        if (!rig_.network) {
            done(fail(ErrorCode::unavailable, "no connection"));
            continue;
        }
        std::swap(rig_.server.cookies, cookies);
        const auto answer = rig_.server.ask(request.method, request.path, request.body,
                                            request.content_type.empty() ? "application/json" : request.content_type);
        std::swap(rig_.server.cookies, cookies);
        done(TransportResponse{answer.status, "application/json", answer.body});
    }
    return any;
}

DeskRig::DeskRig(testing::TestServer& at, std::string path, uint64_t seed) : server(at), wire_(*this), entropy_(seed) {
    auto opened = store::open_store({.path = std::move(path)});
    REQUIRE(opened.ok());
    database_ = std::move(opened).value();
    desk_ = make_desk({.host = host,
                       .clock = server.clock,
                       .entropy = entropy_,
                       .transport = wire_,
                       .live = live_,
                       .database = *database_,
                       .storage = {StorageKind::file, true},
                       .server_name = "review.example"});
    desk_->use_renderer(make_cpu_renderer(picture_));
    desk_->handle(Resized{1280, 1800, 1});
    settle();
}

DeskRig::~DeskRig() {
    CHECK(desk_->close().ok());
}

void DeskRig::settle(Duration patience) {
    constexpr int kMost = 5'000;
    for (int i = 0; i < kMost; ++i) {
        const bool delivered = wire_.deliver();
        if (host.wanted_ms == 0U) {
            host.wanted_ms.reset();
            server.clock.advance(Duration{1'000});
            desk_->frame();
        } else if (!delivered && host.wanted_ms && patience.us > 0) {
            const Duration wait{static_cast<int64_t>(*host.wanted_ms) * 1000};
            patience.us -= wait.us;
            server.clock.advance(wait);
            host.wanted_ms = 0;
        } else if (!delivered) {
            return;
        }
    }
    FAIL("the desk does not come to rest");
}

void DeskRig::press(Key key, Modifiers modifiers) {
    desk_->handle(KeyChanged{key, true, modifiers});
    desk_->handle(KeyChanged{key, false, modifiers});
    settle();
}

const Node* DeskRig::find(Role role, std::string_view name) const {
    for (const Node& node : host.tree.nodes) {
        if (node.role == role && node.name == name) {
            return &node;
        }
    }
    return nullptr;
}

const Node* DeskRig::find_reachable(Role role, std::string_view name) const {
    const std::vector<Node>& nodes = host.tree.nodes;
    auto from = std::find_if(nodes.begin(), nodes.end(), [](const Node& node) { return node.role == Role::dialog; });
    if (from == nodes.end()) {
        from = nodes.begin();
    }
    const auto found =
        std::find_if(from, nodes.end(), [&](const Node& node) { return node.role == role && node.name == name; });
    return found == nodes.end() ? nullptr : &*found;
}

void DeskRig::activate(Role role, std::string_view name) {
    const Node* node = find_reachable(role, name);
    INFO(concat("no ", role_name(role), " '", name, "' in\n", outline()));
    REQUIRE(node != nullptr);
    desk_->handle(NodeActed{node->id, NodeActed::Action::activate, {}});
    settle();
}

void DeskRig::type_into(Role role, std::string_view name, std::string value) {
    const Node* node = find_reachable(role, name);
    INFO(concat("no ", role_name(role), " '", name, "' in\n", outline()));
    REQUIRE(node != nullptr);
    desk_->handle(NodeActed{node->id, NodeActed::Action::set_value, std::move(value)});
    settle();
}

void DeskRig::answer(std::string_view question, std::string_view value) {
    const Node* group = find(Role::radiogroup, question);
    INFO(concat("no question '", question, "' in\n", outline()));
    REQUIRE(group != nullptr);
    for (const Node& node : host.tree.nodes) {
        if (node.parent == group->id && node.name == value) {
            desk_->handle(NodeActed{node.id, NodeActed::Action::activate, {}});
            settle();
            return;
        }
    }
    FAIL(concat("no answer '", value, "'"));
}

std::string DeskRig::first_row() const {
    for (const Node& node : host.tree.nodes) {
        if (node.role == Role::row && node.position == 1) {
            return node.name;
        }
    }
    return {};
}

void DeskRig::choose_file(std::string name, std::string bytes) {
    desk_->handle(FileOpened{std::move(name), std::move(bytes), {}});
    settle();
}

bool DeskRig::shows(Role role, std::string_view name) const {
    return find(role, name) != nullptr;
}

bool DeskRig::says(std::string_view words) const {
    return outline().find(words) != std::string::npos;
}

std::string DeskRig::outline() const {
    std::string out;
    for (const Node& node : host.tree.nodes) {
        out += concat(role_name(node.role), " '", node.name, "'", node.value.empty() ? "" : " = ", node.value,
                      node.state.checked || node.state.selected ? " (on)" : "", node.description.empty() ? "" : " - ",
                      node.description, "\n");
    }
    return out;
}

}  // namespace countersign::tests
