#include "native/cli/console.h"

#include <cstdio>

#include <unistd.h>

#include "core/base/concat.h"
#include "native/platform/clock_posix.h"

namespace countersign::native {

void print(std::string_view text) {
    print_raw(text);
    std::fputc('\n', stdout);
}

void print_raw(std::string_view bytes) {
    std::fwrite(bytes.data(), 1, bytes.size(), stdout);
}

void note(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fputc('\n', stderr);
}

int report(const Error& error) {
    note(concat("countersign: ", error.text()));
    return code_info(error.code).exit_status;
}

Progress::Progress(std::string_view verb, std::string_view noun)
    : verb_(verb), noun_(noun), began_us_(SystemClock().monotonic().us) {}

Progress::~Progress() {
    finish();
}

void Progress::at(uint64_t done) {
    show(done, 0);
}

void Progress::at(uint64_t done, uint64_t total) {
    show(done, total);
}

void Progress::show(uint64_t done, uint64_t total) {
    constexpr int64_t kEvery_us = 300'000;
    const int64_t now_us = SystemClock().monotonic().us;
    if (now_us - began_us_ < kEvery_us || now_us - shown_us_ < kEvery_us || ::isatty(STDERR_FILENO) == 0) {
        return;
    }
    shown_us_ = now_us;
    visible_ = true;
    const auto passed_us = static_cast<uint64_t>(now_us - began_us_);
    std::string line =
        concat(verb_, ' ', grouped(done), ' ', noun_, ", ", grouped(done * 1'000'000 / passed_us), " a second");
    if (total > 0 && done > 0) {
        line +=
            concat(", ", done * 100 / total, " %, about ", passed_us * (total - done) / done / 1'000'000, " s left");
    }
    std::fprintf(stderr, "\r\033[K%s", line.c_str());
    std::fflush(stderr);
}

void Progress::finish() {
    if (visible_) {
        std::fputs("\r\033[K", stderr);
        visible_ = false;
    }
}

}  // namespace countersign::native
