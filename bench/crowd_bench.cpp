// The real server under a crowd, over loopback. Usage: crowd_bench PROGRAM FOLDER [seconds]
//   PROGRAM is the built `countersign`; FOLDER is made and left; each phase takes some seconds (20).
//  1. 1,000 idle live connections while 100 reviewers decide once a second each: errors, latency of a push, memory.
//  2. 20 reviewers who decide three times a second, alone and then beside 500 slow clients (head, body and read side):
//     their latency, and the one as a multiple of the other.
// Each reviewer has a project of their own. Not part of the tests; figures are of this machine, now.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

#include <sys/socket.h>
#include <unistd.h>

#include "bench/crowd/reviewer.h"
#include "bench/crowd/served.h"
#include "bench/crowd/slow_clients.h"
#include "bench/loopback.h"
#include "core/base/concat.h"
#include "core/json/writer.h"

namespace {

using namespace countersign;
using namespace countersign::bench;

constexpr size_t kReviewers = 100;
constexpr size_t kBusyReviewers = 20;
constexpr size_t kLive = 1'000;
constexpr size_t kSlow = 500;
constexpr const char* kPassword = "correct horse battery";
constexpr const char* kPolicy = R"json({
  "format": "countersign-policy-1", "name": "Crowd", "task": {"type": "single_label", "question": "Which?"},
  "labels": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
  "tiers": [{"id": "quick", "kind": "quick", "due": "8h"}],
  "routes": [{"id": "rest", "when": "true", "tier": "quick"}]})json";

std::string project_of(size_t reviewer) {
    return concat("crowd-", reviewer);
}

void set_up(Served& server, size_t items) {
    for (size_t i = 0; i < kReviewers; ++i) {
        server.as_owner("POST", "/api/v1/projects",
                        concat(R"({"id":")", project_of(i), R"(","name":"","policy":)", kPolicy, "}"),
                        "application/json");
        std::string lines;
        for (size_t item = 0; item < items; ++item) {
            JsonWriter line;
            line.begin_object().member("id", concat("item-", item)).name("input").begin_object();
            line.member("text", concat("Message ", item, " about something on the street, in a sentence or two."));
            line.end_object().name("prediction").begin_object().member("model", "m").member("label", "a");
            line.name("confidence").decimal("0.5");
            lines += std::move(line.end_object().end_object()).take() + "\n";
        }
        server.as_owner("POST", concat("/api/v1/projects/", project_of(i), "/predictions"), lines, "application/jsonl");
        server.as_owner("POST", "/api/v1/accounts",
                        concat(R"({"account":"r-)", i, R"(","role":"reviewer","password":")", kPassword, R"("})"),
                        "application/json");
    }
}

std::vector<int> open_live(Served& server, const std::string& cookie_header) {
    std::vector<int> sockets;
    for (size_t i = 0; i < kLive; ++i) {
        const int fd = connect_to(server.endpoint().port);
        const std::string request = concat("GET /api/v1/projects/", project_of(i % kReviewers),
                                           "/live HTTP/1.1\r\nHost: 127.0.0.1\r\n", cookie_header, "\r\n\r\n");
        char buffer[1'024];
        const bool sent = ::send(fd, request.data(), request.size(), MSG_NOSIGNAL) > 0;
        const ssize_t count = sent ? ::recv(fd, buffer, sizeof buffer, 0) : 0;
        if (count <= 0 ||
            std::string_view(buffer, static_cast<size_t>(count)).find(" 200 ") == std::string_view::npos) {
            give_up("a live connection was not opened");
        }
        sockets.push_back(fd);
    }
    return sockets;
}

// Whether the server still holds it: nothing but pokes has come.
bool still_open(int fd) {
    char buffer[4'096];
    ssize_t count = 0;
    do {
        count = ::recv(fd, buffer, sizeof buffer, MSG_DONTWAIT);
    } while (count > 0);
    return count < 0 && errno == EAGAIN;
}

struct Work {
    std::vector<int64_t> pushes_us;
    uint64_t errors = 0;
};

// All of them decide, each about `per_s` times a second, for this long.
Work work(std::vector<std::unique_ptr<Reviewer>>& reviewers, std::vector<size_t>& next_item, double per_s,
          int seconds) {
    std::vector<std::thread> threads;
    threads.reserve(reviewers.size());
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    for (size_t i = 0; i < reviewers.size(); ++i) {
        threads.emplace_back([&, i] {
            std::minstd_rand chance(static_cast<uint32_t>(i + 1));
            std::uniform_real_distribution<double> pause(0.5 / per_s, 1.5 / per_s);
            reviewers[i]->forget();
            while (std::chrono::steady_clock::now() < until) {
                std::this_thread::sleep_for(std::chrono::duration<double>(pause(chance)));
                reviewers[i]->decide(concat("item-", next_item[i]++));
            }
        });
    }
    Work all;
    for (size_t i = 0; i < reviewers.size(); ++i) {
        threads[i].join();
        all.pushes_us.insert(all.pushes_us.end(), reviewers[i]->pushes_us().begin(), reviewers[i]->pushes_us().end());
        all.errors += reviewers[i]->errors();
    }
    std::ranges::sort(all.pushes_us);
    return all;
}

double p_ms(const Work& work, size_t percent) {
    const size_t index = std::min(work.pushes_us.size() - 1, work.pushes_us.size() * percent / 100);
    return static_cast<double>(work.pushes_us[index]) / 1'000;
}

void print(const char* what, const Work& work, int seconds) {
    std::printf("%-44s %6zu pushes %6.0f /s  p50 %7.1f ms  p99 %7.1f ms  max %7.1f ms  %llu errors\n", what,
                work.pushes_us.size(), static_cast<double>(work.pushes_us.size()) / seconds, p_ms(work, 50),
                p_ms(work, 99), static_cast<double>(work.pushes_us.back()) / 1'000,
                static_cast<unsigned long long>(work.errors));
    std::fflush(stdout);
}

}  // namespace

// What throws here has no memory or no thread left; the benchmark may end then.
int main(int argc, char** argv) {  // NOLINT(bugprone-exception-escape)
    if (argc < 3 || std::filesystem::exists(argv[2])) {
        give_up("usage: crowd_bench PROGRAM FOLDER [seconds]; the folder must be a new one");
    }
    const int seconds = argc > 3 ? static_cast<int>(std::strtol(argv[3], nullptr, 10)) : 20;
    std::filesystem::create_directories(argv[2]);
    const auto items = static_cast<size_t>(seconds) * 15;
    {
        Served first(argv[1], argv[2]);
        set_up(first, items);
    }
    // Started anew, and live connections first: what imports and sign-ins used and gave back would hide what those
    // take.
    Served server(argv[1], argv[2]);
    const std::string as_owner = server.owner_header();
    const long before = server.memory_kib();
    const std::vector<int> live = open_live(server, as_owner);
    const long idle = server.memory_kib();
    std::printf("%zu live connections: server memory %ld KiB, before %ld, %.1f KiB each\n", kLive, idle, before,
                static_cast<double>(idle - before) / static_cast<double>(kLive));
    std::vector<std::unique_ptr<Reviewer>> reviewers;
    reviewers.reserve(kReviewers);
    for (size_t i = 0; i < kReviewers; ++i) {
        reviewers.push_back(std::make_unique<Reviewer>(server.endpoint(), concat("r-", i), kPassword, project_of(i)));
    }
    std::vector<size_t> next_item(kReviewers, 0);
    std::printf("%zu reviewers signed in, %zu items each: server memory %ld KiB\n", kReviewers, items,
                server.memory_kib());
    const Work crowd = work(reviewers, next_item, 1, seconds);
    print("100 reviewers beside 1,000 live connections", crowd, seconds);
    const auto lost = std::ranges::count_if(live, [](int fd) { return !still_open(fd); });
    std::printf("live connections lost: %zu; server memory %ld KiB; refused by a rate: %.0f\n",
                static_cast<size_t>(lost), server.memory_kib(), server.metric("countersign_rate_refused_total"));
    for (const int fd : live) {
        ::close(fd);
    }
    reviewers.resize(kBusyReviewers);
    const Work quiet = work(reviewers, next_item, 3, seconds);
    print("20 reviewers, nobody else", quiet, seconds);
    const SlowClients slow(server.endpoint().port, kSlow);
    const Work beside = work(reviewers, next_item, 3, seconds);
    print("20 reviewers beside 500 slow clients", beside, seconds);
    std::printf("p50 %.2f x, p99 %.2f x; slow clients cut off: %llu; server memory %ld KiB\n",
                p_ms(beside, 50) / p_ms(quiet, 50), p_ms(beside, 99) / p_ms(quiet, 99),
                static_cast<unsigned long long>(slow.cut_off()), server.memory_kib());
    return crowd.errors + quiet.errors + beside.errors == 0 && lost == 0 ? 0 : 1;
}
