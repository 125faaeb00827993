#include "native/desktop/windowed.h"

#include <algorithm>
#include <utility>

#include "native/desktop/come_to_rest.h"
#include "native/desktop/file_dialog.h"
#include "native/desktop/say.h"
#include "native/desktop/stop_signals.h"
#include "native/desktop/window/appearance.h"
#include "native/desktop/window/input_source.h"
#include "native/desktop/window/screen.h"

namespace countersign::desktop {

namespace {

// How long a closed window's last decisions may take to reach their server. They are on this device in any case.
constexpr Duration kLastWords{3 * kSecond_us};

class WindowHost final : public DesktopHost {
public:
    // `chosen`: where a file that the person has chosen goes.
    WindowHost(Window& window, Clock& clock, Inbox& inbox, const Places& places, std::string location,
               FileDialog::Chosen chosen)
        : DesktopHost(clock, window.frame_time(), places.downloads(), std::move(location)),
          window_(window),
          dialog_(inbox, places.variable("PATH"), std::move(chosen)) {}

    void set_cursor(shell::CursorShape shape) override { window_.set_cursor(shape); }

    void write_clipboard(std::string_view text) override { window_.set_clipboard(text); }

    void set_title(std::string_view title) override { window_.set_title(title); }

    void open_file(std::string_view ending) override { dialog_.open(ending); }

private:
    Window& window_;
    FileDialog dialog_;
};

shell::AppearanceChanged appearance_of(const Options& options, const Places& places) {
    shell::AppearanceChanged appearance = appearance_of_desktop(places);
    if (options.appearance != AppearanceChoice::system) {
        appearance.dark = options.appearance == AppearanceChoice::dark;
    }
    return appearance;
}

class WindowedDesk {
public:
    WindowedDesk(Window& window, RunningDesk& running, DesktopHost& host, RendererChoice renderer)
        : window_(window), running_(running), host_(host), screen_(window, renderer) {}

    void run(Inbox& inbox, const Options& options, const shell::AppearanceChanged& appearance) {
        InputSource source(window_, sinks());
        shell::Desk& desk = running_.desk();
        desk.use_renderer(screen_.make_renderer());
        desk.handle(window_.size());
        desk.handle(appearance);
        desk.handle(shell::FocusChanged{true});
        desk.handle(shell::LocationChanged{host_.history().current()});
        while (!window_.should_close()) {
            take_posted(inbox, host_);
            if (host_.take_frame()) {
                desk.frame();
                screen_.show();
            }
            if (at_rest()) {
                rest(options);
            }
            // What was posted may have closed the window.
            window_.wait(window_.should_close() ? std::optional(Duration{0}) : time_to_next_frame());
            source.end_of_batch();
        }
        window_.hide();
        come_to_rest(running_, host_, inbox, kLastWords);
    }

private:
    InputSource::Sinks sinks() {
        const auto go = [this](std::optional<std::string> location) {
            if (location) {
                running_.desk().handle(shell::LocationChanged{std::move(*location)});
            }
        };
        return {.input = [this](shell::InputEvent event) { running_.desk().handle(std::move(event)); },
                .go_back = [this, go] { go(host_.history().back()); },
                .go_forward = [this, go] { go(host_.history().forward()); },
                .dropped = [this](const std::string& path) { running_.desk().handle(read_chosen_file(path)); },
                .repaint =
                    [this] {
                        if (screen_.repaint()) {
                            running_.desk().handle(window_.size());
                        }
                        screen_.show();
                    }};
    }

    bool at_rest() const { return !running_.busy() && is_later(host_.next_frame()); }

    // What may wait until nothing else is to do.
    void rest(const Options& options) {
        running_.keep_location(host_.history().current());
        if (options.print_semantics && host_.take_semantics_changed()) {
            print_semantics(host_.semantics());
        }
    }

    std::optional<Duration> time_to_next_frame() {
        const auto next = host_.next_frame();
        return next ? std::optional(Duration{std::max<int64_t>(0, next->us - clock_.monotonic().us)}) : std::nullopt;
    }

    Window& window_;
    RunningDesk& running_;
    DesktopHost& host_;
    Screen screen_;
    native::SystemClock clock_;
};

}  // namespace

int run_in_window(const Options& options, const Places& places, const Target& target) {
    StopSignals::block();
    Inbox inbox(&Window::wake);
    auto opened = RunningDesk::open(options, places, target, inbox);
    if (!opened.ok()) {
        return report(opened.error());
    }
    RunningDesk& desk = *opened.value();
    auto window = Window::open({options.width, options.height, options.scale});
    if (!window.ok()) {
        return report(window.error());
    }
    native::SystemClock clock;
    const std::string location = options.location.empty() ? desk.kept_location() : options.location;
    WindowHost host(*window.value(), clock, inbox, places, location,
                    [&desk](shell::FileOpened file) { desk.desk().handle(std::move(file)); });
    desk.start(host);
    WindowedDesk windowed(*window.value(), desk, host, options.renderer);
    const StopSignals stop([&inbox, &window] { inbox.post([&window] { window.value()->close(); }); });
    windowed.run(inbox, options, appearance_of(options, places));
    desk.keep_location(host.history().current());
    const Status closed = desk.close();
    return closed.ok() ? 0 : report(closed.error());
}

}  // namespace countersign::desktop
