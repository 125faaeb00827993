#include "tests/web/support/fake_browser.h"

#include <algorithm>

#include "core/base/concat.h"
#include "web/platform/imports.h"

namespace countersign::web::test {

namespace {

void apply(std::string& file, const Write& write) {
    const auto at = static_cast<size_t>(write.at);
    if (write.truncate) {
        file.resize(at);
        return;
    }
    file.resize(std::max(file.size(), at + write.bytes.size()));
    file.replace(at, write.bytes.size(), write.bytes);
}

void note(std::string line) {
    browser().asked.push_back(std::move(line));
}

std::string_view view(const char* text, size_t size) {
    return {text, size};
}

FakeFile& file(int slot) {
    return browser().files.at(static_cast<size_t>(slot));
}

// Counts an operation that changes a file; false when it is refused.
bool operates() {
    return ++browser().operations < browser().fails_from;
}

}  // namespace

void FakeBrowser::cut_power(std::mt19937& chance) {
    for (FakeFile& each : files) {
        std::string left = each.synced;
        std::shuffle(each.unsynced.begin(), each.unsynced.end(), chance);
        for (const Write& write : each.unsynced) {
            if (chance() % 2 == 0) {
                apply(left, write);
            }
        }
        each = FakeFile{left, left, {}};
    }
    fails_from = INT64_MAX;
}

FakeBrowser& browser() {
    static FakeBrowser instance;
    return instance;
}

void reset_browser() {
    browser() = FakeBrowser{};
}

}  // namespace countersign::web::test

using countersign::concat;
using namespace countersign::web::test;

extern "C" {

double cs_js_now_ms() {
    return browser().now_ms;
}

double cs_js_monotonic_ms() {
    return browser().now_ms;
}

void cs_js_random(uint8_t* out, size_t count) {
    static std::mt19937 chance(7);  // NOLINT(bugprone-random-generator-seed): the same bytes in each run
    std::generate(out, out + count, [] { return static_cast<uint8_t>(chance()); });
}

void cs_js_set_cursor(int shape) {
    note(concat("cursor ", shape));
}

void cs_js_set_text_input(int on, float x, float y, float line_height, int multiline) {
    const auto whole = [](float value) { return static_cast<int64_t>(value); };
    note(on == 0 ? std::string("text input off")
                 : concat("text input at ", whole(x), " ", whole(y), " ", whole(line_height),
                          multiline != 0 ? " multiline" : ""));
}

void cs_js_write_clipboard(const char* text, size_t size) {
    note(concat("clipboard ", view(text, size)));
}

void cs_js_set_location(const char* text, size_t size, int replace) {
    note(concat(replace != 0 ? "replace " : "push ", view(text, size)));
}

void cs_js_set_title(const char* text, size_t size) {
    note(concat("title ", view(text, size)));
}

void cs_js_announce(const char* text, size_t size) {
    note(concat("announce ", view(text, size)));
}

void cs_js_save_file(const char* /*record*/, size_t size) {
    note(concat("save a record of ", size, " bytes"));
}

void cs_js_open_file(const char* ending, size_t size) {
    note(concat("open ", view(ending, size)));
}

void cs_js_want_frame(uint32_t delay_ms) {
    note(concat("frame in ", delay_ms));
}

void cs_js_semantics_changed() {
    note("semantics changed");
}

void cs_js_show_semantics(const char* patch, size_t size) {
    browser().patches.emplace_back(patch, size);
}

void cs_js_failed(const char* sentence, size_t size) {
    note(concat("failed ", view(sentence, size)));
}

void cs_js_send(uint32_t id, const char* record, size_t size) {
    note(concat("send ", id));
    browser().requests.emplace_back(record, size);
}

size_t cs_js_server_name(char* out, size_t room) {
    const std::string_view name = "fake.example";
    return name.copy(out, room);
}

void cs_js_follow(const char* path, size_t size) {
    note(concat("follow ", view(path, size)));
}

void cs_js_present(const uint8_t* /*rgba*/, int width, int height, const int32_t* rects, size_t count) {
    std::string line = concat("present ", width, "x", height);
    for (size_t i = 0; i < count * 4; ++i) {
        line += concat(" ", rects[i]);
    }
    note(line);
}

int cs_js_file_read(int slot, uint8_t* out, int count, double at) {
    const std::string& bytes = file(slot).now;
    const auto from = std::min(static_cast<size_t>(at), bytes.size());
    const auto got = std::min(static_cast<size_t>(count), bytes.size() - from);
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(from), got, out);
    return static_cast<int>(got);
}

int cs_js_file_write(int slot, const uint8_t* bytes, int count, double at) {
    if (!operates()) {
        return -2;
    }
    if (static_cast<int64_t>(at) + count > browser().quota_bytes) {
        return -1;
    }
    const Write write{at, std::string(bytes, bytes + count), false};
    apply(file(slot).now, write);
    file(slot).unsynced.push_back(write);
    return count;
}

int cs_js_file_truncate(int slot, double size) {
    if (!operates()) {
        return -2;
    }
    const Write write{size, {}, true};
    apply(file(slot).now, write);
    file(slot).unsynced.push_back(write);
    return 0;
}

int cs_js_file_flush(int slot) {
    if (!operates()) {
        return -2;
    }
    ++browser().syncs;
    file(slot).synced = file(slot).now;
    file(slot).unsynced.clear();
    return 0;
}

double cs_js_file_size(int slot) {
    return static_cast<double>(file(slot).now.size());
}
}
