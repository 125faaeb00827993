#include "web/entry/instance.h"

#include <catch_amalgamated.hpp>

#include "tests/web/stand_in/describe.h"
#include "tests/web/support/fake_browser.h"

using namespace countersign;
using namespace countersign::web;
using Lines = std::vector<std::string>;

namespace {

// What the application under the platform was told, over all instances of a test.
Lines& told() {
    static Lines lines;
    return lines;
}

// Opens a text field when R is pressed and closes it with Escape, at the next frame, as a desk does.
class NotingDesk final : public shell::Desk {
public:
    explicit NotingDesk(shell::Host& host) : host_(host) {}

    void handle(shell::InputEvent event) override {
        told().push_back(stand_in::describe(event));
        if (const auto* key = std::get_if<shell::KeyChanged>(&event)) {
            opens_ = opens_ || key->key == shell::Key::r;
        }
    }

    void frame() override {
        told().emplace_back("frame");
        if (opens_) {
            host_.set_text_input(shell::TextInputArea{});
        }
    }

    void poke() override { told().emplace_back("poke"); }

    void use_renderer(std::unique_ptr<shell::Renderer> /*renderer*/) override { told().emplace_back("renderer"); }

    void storage_changed(shell::StorageStanding standing) override {
        told().emplace_back(standing.kept_under_pressure ? "kept" : "not kept");
    }

    Status close() override {
        told().emplace_back("close");
        return success();
    }

private:
    shell::Host& host_;
    bool opens_ = false;
};

class NotingApplication final : public Application {
public:
    explicit NotingApplication(const Surroundings& surroundings) : desk_(surroundings.host) {}

    shell::Desk& desk() override { return desk_; }

    std::unique_ptr<shell::Renderer> make_renderer(RendererKind kind, shell::PixelSink& /*sink*/) override {
        told().emplace_back(kind == RendererKind::cpu ? "make cpu" : "make webgl2");
        return nullptr;
    }

    Status close() override { return desk_.close(); }

private:
    NotingDesk desk_;
};

// The page's record of a pressed key without modifiers.
std::string key_record(std::string_view name, std::string_view typed) {
    const auto text = [](std::string_view value) {
        return std::string(1, static_cast<char>(value.size())) + std::string(3, '\0') + std::string(value);
    };
    return "\x05" + text(name) + std::string("\x01\x00", 2) + text(typed);
}

}  // namespace

namespace countersign::web {

Result<std::unique_ptr<Application>> open_application(const Surroundings& surroundings) {
    if (surroundings.storage.kind == shell::StorageKind::memory) {
        return fail(ErrorCode::corrupt, "the store cannot be read", "countersign.db");
    }
    return std::unique_ptr<Application>(std::make_unique<NotingApplication>(surroundings));
}

}  // namespace countersign::web

TEST_CASE(
    "text that was typed before the page knew of an opened field goes into that field, the key that opened it not") {
    told().clear();
    test::reset_browser();
    Instance instance;
    REQUIRE(instance.start({shell::StorageKind::file, false}).ok());
    REQUIRE(instance.input(key_record("r", "r")).ok());
    instance.frame();
    REQUIRE(instance.input(key_record("x", "x") + key_record("enter", "")).ok());
    CHECK(told() == Lines{"key r pressed", "frame", "key x pressed", "text x", "key enter pressed"});
}

TEST_CASE("a message that cannot be read reaches the desk in no part") {
    told().clear();
    test::reset_browser();
    Instance instance;
    REQUIRE(instance.start({shell::StorageKind::file, false}).ok());
    const Status status = instance.input(key_record("r", "r") + "\x63");
    REQUIRE_FALSE(status.ok());
    CHECK(told().empty());
}

TEST_CASE("what the worker asks for reaches the application") {
    told().clear();
    test::reset_browser();
    Instance instance;
    REQUIRE(instance.start({shell::StorageKind::indexed_db, false}).ok());
    instance.use_renderer(RendererKind::cpu);
    instance.poke();
    instance.storage_changed({shell::StorageKind::indexed_db, true});
    instance.use_renderer(RendererKind::webgl2);
    CHECK(instance.close().ok());
    CHECK(told() == Lines{"make cpu", "renderer", "poke", "kept", "make webgl2", "renderer", "close"});
}

TEST_CASE("a store that does not open is an error with its place") {
    test::reset_browser();
    Instance instance;
    const Status status = instance.start({shell::StorageKind::memory, false});
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().text() == "countersign.db: the store cannot be read");
}
