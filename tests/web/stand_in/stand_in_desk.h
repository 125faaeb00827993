#pragma once
// A desk for the browser platform's own tests: it logs each input event, keeps decisions and drafts in the device's
// store, and shows widgets of each kind. Never shipped.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/ports/clock.h"
#include "core/ports/transport.h"
#include "shell/app/desk.h"
#include "tests/web/stand_in/form.h"
#include "tests/web/stand_in/journal.h"
#include "web/entry/application.h"

namespace countersign::web::stand_in {

class StandInDesk final : public shell::Desk {
public:
    StandInDesk(const Surroundings& surroundings, Journal journal);

    void handle(shell::InputEvent event) override;
    void frame() override;
    void poke() override;
    void use_renderer(std::unique_ptr<shell::Renderer> renderer) override;

    void storage_changed(shell::StorageStanding standing) override;
    Status close() override;

private:
    void take(const shell::InputEvent& event);
    void take_key(const shell::KeyChanged& event);
    void command(const shell::KeyChanged& event);
    void edit(std::string& field, const shell::KeyChanged& event);
    void take_node(const shell::NodeActed& event);
    void press(uint32_t widget);
    void decide();
    void send();
    void note(std::string kind, std::string line);
    void draw_frame();

    Surroundings ports_;
    Journal journal_;
    Form form_;
    std::vector<shell::InputEvent> queue_;
    std::vector<std::pair<std::string, std::string>> unsaved_;
    std::vector<std::string> lines_;
    std::unique_ptr<shell::Renderer> renderer_;
    shell::SemanticTree shown_;
    int animation_frames_ = 0;
    int pokes_ = 0;
    bool redraw_ = true;
};

}  // namespace countersign::web::stand_in
