#include "native/desktop/windowless.h"

#include <cstring>
#include <vector>

#include "core/base/concat.h"
#include "native/desktop/come_to_rest.h"
#include "native/desktop/say.h"
#include "native/platform/files.h"
#include "shell/render/cpu_renderer.h"
#include "shell/render/png.h"

namespace countersign::desktop {

namespace {

constexpr Duration kPatience{60 * kSecond_us};

class Picture final : public shell::PixelSink {
public:
    void present(const uint8_t* rgba, int32_t width, int32_t height, std::span<const shell::PixelRect>) override {
        width_ = width;
        height_ = height;
        pixels_.assign(rgba, rgba + static_cast<size_t>(width) * static_cast<size_t>(height) * 4);
    }

    std::string png() const { return shell::png(pixels_.data(), width_, height_); }

private:
    std::vector<uint8_t> pixels_;
    int32_t width_ = 0;
    int32_t height_ = 0;
};

Status take_picture(const Options& options, RunningDesk& running, DesktopHost& host, Inbox& inbox) {
    Picture picture;
    shell::Desk& desk = running.desk();
    desk.use_renderer(shell::make_cpu_renderer(picture));
    const float scale = options.scale > 0 ? options.scale : 1;
    desk.handle(shell::Resized{static_cast<float>(options.width), static_cast<float>(options.height), scale});
    desk.handle(shell::AppearanceChanged{.dark = options.appearance == AppearanceChoice::dark});
    desk.handle(shell::LocationChanged{host.history().current()});
    const bool rested = come_to_rest(running, host, inbox, kPatience);
    if (options.print_semantics) {
        print_semantics(host.semantics());
    }
    const Status written = native::write_file(options.screenshot, picture.png(), false);
    const Status closed = running.close();
    if (!written.ok() || !closed.ok()) {
        return written.ok() ? closed : written;
    }
    return rested ? success()
                  : Status(fail(ErrorCode::unavailable,
                                concat("the desk was not at rest after ", kPatience.us / kSecond_us,
                                       " seconds; the picture shows it at work")));
}

}  // namespace

int run_for_screenshot(const Options& options, const Places& places, const Target& target) {
    Inbox inbox;
    auto running = RunningDesk::open(options, places, target, inbox);
    if (!running.ok()) {
        return report(running.error());
    }
    native::SystemClock clock;
    const std::string location = options.location.empty() ? running.value()->kept_location() : options.location;
    DesktopHost host(clock, Duration{0}, places.downloads(), location);
    running.value()->start(host);
    const Status taken = take_picture(options, *running.value(), host, inbox);
    return taken.ok() ? 0 : report(taken.error());
}

}  // namespace countersign::desktop
