// The real server, to which the system gives no more memory, at an allocation drawn by chance: as it starts, and under
// load; that one alone, or it and all after it. 24 times unless COUNTERSIGN_STARVED=500 says how often.

#include "native/platform/memory.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <catch_amalgamated.hpp>

#include "tests/native/faults/crew.h"
#include "tests/native/faults/server_process.h"
#include "tests/support/fault_file.h"

using namespace countersign;
using namespace countersign::faults;

namespace {

constexpr int kReviewers = 3;
constexpr double kFirst = 1'000;  // before that main() has not begun, and there is nobody to say anything
constexpr double kLast = 400'000;

// As many early ones as late ones, at every scale.
int draw(testing::Chance& chance) {
    const double share = static_cast<double>(chance.below(1'000'000)) / 1'000'000;
    return static_cast<int>(kFirst * std::pow(kLast / kFirst, share));
}

struct Counts {
    int ended = 0;
    int went_on = 0;
    int before_it_served = 0;
};

void starve_once(int at, bool on, Counts& counts) {
    const TemporaryFolder folder;
    const std::filesystem::path data = folder.path() / "data";
    make_city(data, 60);
    Crew crew(kReviewers, static_cast<uint64_t>(at));
    ServerProcess server(data, {"memory", "*", at, "ENOMEM", on, false});
    const std::string address = server.address();
    INFO(server.told());
    if (!address.empty()) {
        crew.meet(address);
        crew.work(40);
        server.stop();
    }
    const int status = server.wait();
    INFO("status " << status);
    // Who is told so by SQLite or the C library answers; who is not ends. Nobody falls.
    const bool as_it_must_be = status == native::kNoMemoryStatus || status == 0 || (address.empty() && status == 5);
    // What a thread keeps for its end is the C library's to note, which asks nobody when it cannot.
    const bool by_the_library =
        server.told().find("failed to register TLS destructor: out of memory") != std::string::npos;
    CHECK((as_it_must_be || by_the_library));
    if (status == native::kNoMemoryStatus) {
        CHECK(server.told().find("there is not enough memory, so it ends; what was acknowledged before is safe") !=
              std::string::npos);
    }
    counts.ended += status != 0 ? 1 : 0;
    counts.went_on += status == 0 && !server.shim_log().empty() ? 1 : 0;
    counts.before_it_served += address.empty() ? 1 : 0;
    check_nothing_lost(data, crew.acknowledged());
    recover(data, crew);
}

}  // namespace

TEST_CASE("a server that gets no memory says so and answers or ends; nothing that it acknowledged is lost") {
    const char* text = std::getenv("COUNTERSIGN_STARVED");
    const uint64_t times = text == nullptr ? 24 : std::strtoull(text, nullptr, 10);
    testing::Chance chance(Catch::getSeed());
    Counts counts;
    for (uint64_t i = 0; i < times; ++i) {
        const int at = draw(chance);
        const bool on = i % 2 == 1;
        INFO("starved " << i << " of seed " << Catch::getSeed() << ": allocation " << at << (on ? " and on" : ""));
        starve_once(at, on, counts);
    }
    std::printf("starved %d times: it ended %d times (%d before it served), went on %d times\n",
                static_cast<int>(times), counts.ended, counts.before_it_served, counts.went_on);
    CHECK(counts.ended > 0);
}
