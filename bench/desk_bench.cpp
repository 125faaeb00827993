// The desk on a store of any size, headless, with the CPU rasteriser at 1440 x 900: how long the list takes to be
// there, what a frame costs while it scrolls, how long from a key to the next card on the screen (the decision's commit
// and fsync included). Usage: desk_bench FOLDER        (of store_bench; not part of the tests)

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "bench/measure.h"
#include "core/base/concat.h"
#include "core/ports/live_feed.h"
#include "core/ports/transport.h"
#include "core/store/projects.h"
#include "core/store/schema.h"
#include "native/platform/clock_posix.h"
#include "native/platform/secrets.h"
#include "shell/app/desk.h"
#include "shell/render/cpu_renderer.h"
#include "shell/semantics/tree.h"

namespace {

using namespace countersign;
using namespace countersign::shell;

class Screen final : public Host, public PixelSink {
public:
    void set_cursor(CursorShape) override {}

    void set_text_input(std::optional<TextInputArea>) override {}

    void write_clipboard(std::string_view) override {}

    void set_location(std::string_view, HistoryEntry) override {}

    void set_title(std::string_view) override {}

    void want_frame(uint32_t delay_ms) override { wanted = wanted || delay_ms == 0; }

    void show_semantics(const SemanticTree& tree) override { nodes = tree.nodes.size(); }

    void announce(std::string_view) override {}

    void save_file(std::string_view, std::string_view) override {}

    void open_file(std::string_view) override {}

    void present(const uint8_t*, int32_t, int32_t, std::span<const PixelRect>) override { ++presented; }

    bool wanted = false;
    size_t nodes = 0;
    int presented = 0;
};

class NoServer final : public Transport {
public:
    void send(TransportRequest, Done done) override { done(fail(ErrorCode::unavailable, "a benchmark has no server")); }
};

class NoNews final : public LiveFeed {
public:
    void follow(std::string_view) override {}
};

class Bench {
public:
    explicit Bench(store::Database& database)
        : desk_(make_desk({.host = screen_,
                           .clock = clock_,
                           .entropy = entropy_,
                           .transport = transport_,
                           .live = live_,
                           .database = database,
                           .storage = {StorageKind::file, true},
                           .server_name = "bench"})) {
        desk_->use_renderer(make_cpu_renderer(screen_));
        desk_->handle(Resized{1440, 900, 1});
    }

    // Frames until nothing is wanted; CPU time of each goes to `frames`.
    void settle(std::vector<double>* frames = nullptr) {
        do {
            screen_.wanted = false;
            const double before = bench::cpu_seconds();
            desk_->frame();
            if (frames != nullptr) {
                frames->push_back((bench::cpu_seconds() - before) * 1000);
            }
        } while (screen_.wanted);
    }

    void press(Key key, std::vector<double>* frames = nullptr) {
        desk_->handle(KeyChanged{key, true, {}});
        desk_->handle(KeyChanged{key, false, {}});
        settle(frames);
    }

    void wheel(float dy, std::vector<double>* frames) {
        desk_->handle(PointerMoved{720, 450, PointerKind::mouse});
        desk_->handle(Wheel{0, dy});
        settle(frames);
    }

    // From the key to the frame that shows what follows.
    double first_frame_ms(Key key) {
        desk_->handle(KeyChanged{key, true, {}});
        desk_->handle(KeyChanged{key, false, {}});
        const bench::Stopwatch watch;
        desk_->frame();
        const double ms = watch.seconds() * 1000;
        settle();
        return ms;
    }

private:
    Screen screen_;
    native::SystemClock clock_;
    native::SystemEntropy entropy_;
    NoServer transport_;
    NoNews live_;
    std::unique_ptr<Desk> desk_;
};

void report(const char* what, std::vector<double> ms) {
    std::sort(ms.begin(), ms.end());
    const auto at = [&](double share) { return ms[static_cast<size_t>(share * static_cast<double>(ms.size() - 1))]; };
    std::printf("%-44s %8.2f ms %8.2f ms %8.2f ms   (%zu)\n", what, at(0.5), at(0.99), ms.back(), ms.size());
}

[[noreturn]] void stop(const std::string& why) {
    std::fprintf(stderr, "desk_bench: %s\n", why.c_str());
    std::exit(1);
}

void run(store::Database& database) {
    Bench desk(database);
    const bench::Stopwatch opening;
    desk.settle();
    std::printf("%-44s %8.2f s\n", "open, count and index the list", opening.seconds());
    std::printf("%-44s %11s %11s %11s\n", "", "median", "99 %", "worst");
    std::vector<double> steps;
    for (int i = 0; i < 300; ++i) {
        desk.press(Key::j, &steps);
    }
    report("frame CPU, moving row by row", steps);
    std::vector<double> scrolled;
    for (int i = 0; i < 300; ++i) {
        desk.wheel(480, &scrolled);
    }
    report("frame CPU, scrolling by twelve rows", scrolled);
    desk.press(Key::g);
    desk.press(Key::c);
    std::vector<double> cards;
    for (int i = 0; i < 200; ++i) {
        cards.push_back(desk.first_frame_ms(Key::a));
    }
    report("key to next card, wall, with fsync", cards);
    std::printf("peak memory of the process: %lld MiB\n", static_cast<long long>(bench::peak_memory_mib()));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        stop("usage: desk_bench FOLDER (of store_bench)");
    }
    auto database = store::open_store({.path = concat(argv[1], "/countersign.db")});
    if (!database.ok()) {
        stop(database.error().text());
    }
    const Status kept = store::write_meta(*database.value(), "desk/person",
                                          R"({"name":"demo","demo":true,"projects":[{"id":"bench","name":"Bench"}]})");
    if (!kept.ok()) {
        stop(kept.error().text());
    }
    run(*database.value());
}
