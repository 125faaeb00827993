// The desk: the session's model drawn by the frame loop, and what a person wants brought back to the session.

#include "shell/app/desk.h"

#include <memory>
#include <utility>

#include "shell/app/frame_loop.h"
#include "shell/session/session.h"
#include "shell/views/desk_view.h"

namespace countersign::shell {

namespace {

class SessionDesk final : public Desk {
public:
    explicit SessionDesk(const DeskPorts& ports)
        : host_(ports.host),
          loop_(ports.host, ports.clock, {.platform_fonts = ports.platform_fonts}),
          session_(ports, loop_.texts(), [this] { host_.want_frame(0); }) {}

    void handle(InputEvent event) override {
        if (const auto* file = std::get_if<FileOpened>(&event)) {
            session_.file_opened(*file);  // the frame loop has no use for it, and it may be large
            return;
        }
        if (const auto* location = std::get_if<LocationChanged>(&event)) {
            session_.locate(location->location);
        }
        loop_.handle(std::move(event));
    }

    void frame() override {
        if (closed_) {
            return;
        }
        if (session_.run()) {
            loop_.request_frame();
        }
        loop_.frame([this](Ui& ui) { return draw(ui); });
        if (const auto wake = session_.wake()) {
            host_.want_frame(static_cast<uint32_t>(wake->us / 1000));
        }
    }

    void poke() override { session_.poke(); }

    void storage_changed(StorageStanding standing) override { session_.storage_changed(standing); }

    Status close() override {
        session_.close();
        closed_ = true;
        return success();
    }

    void use_renderer(std::unique_ptr<Renderer> renderer) override { loop_.use_renderer(std::move(renderer)); }

private:
    bool draw(Ui& ui) {
        Intents intents;
        draw_desk(ui, session_.model(), intents);
        session_.apply(intents);
        return !intents.empty();
    }

    Host& host_;
    FrameLoop loop_;
    Session session_;
    bool closed_ = false;
};

}  // namespace

std::unique_ptr<Desk> make_desk(const DeskPorts& ports) {
    return std::make_unique<SessionDesk>(ports);
}

}  // namespace countersign::shell
