// kill -9 of the real server, again and again: under load, while it starts, in the middle of a checkpoint, during an
// import. Two hundred times unless COUNTERSIGN_KILLS=2000 says how often; COUNTERSIGN_KILL_SEED=7 does as another run
// did.

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "native/server/data_folder.h"
#include "tests/native/faults/crew.h"
#include "tests/native/faults/server_process.h"
#include "tests/support/fault_file.h"

using namespace countersign;
using namespace countersign::faults;

namespace {

constexpr int kReviewers = 4;
constexpr int kMessages = 80;
constexpr int kRoundsPerFolder = 10;
constexpr int kLines = 30;  // of a file of new messages
// In one life of the server. Without a limit, importing can outrun the reviewers, who take in everything that is new
// before they decide: then the life does not end.
constexpr int kFiles = 100;

enum class Moment : uint8_t { loaded, at_a_call, starting, checkpoint, importing };
constexpr uint64_t kMoments = 5;
constexpr const char* kMomentNames[kMoments] = {"under load", "at a call under load", "starting", "in a checkpoint",
                                                "importing"};

uint64_t number_from(const char* name, uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// Sends files of new messages until the server is gone; how many lines were acknowledged.
class Importer {
public:
    void work(const native::RunningServer& server) {
        http::Client client(http::parse_endpoint(server.address).value());
        bool alive = true;
        for (int file = 0; alive && file < kFiles; ++file) {
            std::string lines;
            for (int i = 0; i < kLines; ++i) {
                lines += city_line(next_ + i);
            }
            next_ += kLines;
            const auto answer = client.send(
                {.method = "POST",
                 .target = "/api/v1/projects/city/predictions",
                 .headers = {{"authorization", "Bearer " + server.token}, {"content-type", "application/jsonl"}},
                 .body = std::move(lines)});
            alive = answer.ok();
            if (alive && answer.value().status == 200) {
                acknowledged_.push_back(next_ - kLines);
            }
        }
    }

    void check(store::Database& database) const {
        for (const int first : acknowledged_) {
            store::Statement count =
                database.prepare("SELECT count(*) FROM item WHERE id IN ('msg-' || ?, 'msg-' || ?)").value();
            count.bind(int64_t{first}).bind(int64_t{first} + kLines - 1);
            REQUIRE(count.step().value());
            INFO("messages " << first << " and the " << kLines - 1 << " after it");
            CHECK(count.integer(0) == 2);
        }
    }

    size_t files() const { return acknowledged_.size(); }

private:
    int next_ = 10'000;  // behind the messages that are there from the beginning
    std::vector<int> acknowledged_;
};

struct Counts {
    uint64_t kills[kMoments] = {};
    uint64_t acknowledged = 0;
    uint64_t imports = 0;
    uint64_t before_it_served = 0;
};

// One data folder with its people, through several kills.
class Place {
public:
    explicit Place(uint64_t seed) : crew_(kReviewers, seed), data_(folder_.path() / "data") {
        make_city(data_, kMessages);
    }

    void kill_once(Moment moment, testing::Chance& chance, Counts& counts) {
        ServerProcess server(data_, fault_of(moment, chance));
        const std::string address = server.address();
        counts.before_it_served += address.empty() ? 1 : 0;
        if (!address.empty()) {
            crew_.meet(address);
            load(server, moment, 1 + chance.below(60));
        }
        CHECK(server.wait() == -1);
        ++counts.kills[static_cast<size_t>(moment)];
        check();
    }

    // A start on a good day: everything is there, what was not sent is sent; and the process is killed again.
    void recover() {
        ServerProcess server(data_);
        const std::string address = server.address();
        INFO(server.told());
        REQUIRE_FALSE(address.empty());
        crew_.meet(address);
        crew_.settle();
        server.kill();
        CHECK(server.wait() == -1);
        check();
    }

    void count(Counts& counts) {
        counts.acknowledged += crew_.acknowledged().size();
        counts.imports += importer_.files();
    }

private:
    // What the next start will find.
    void check() {
        check_nothing_lost(data_, crew_.acknowledged());
        importer_.check(*copy_of_store(data_).database);
    }

    static ShimFault fault_of(Moment moment, testing::Chance& chance) {
        const auto number = [&](uint64_t most) { return 1 + static_cast<int>(chance.below(most)); };
        switch (moment) {
            case Moment::starting: return {"any", "*", number(25), "KILL", false, false};
            case Moment::checkpoint: return {"any", ".db", 2 + number(40), "KILL", false, false};
            case Moment::at_a_call: return {"any", "*", 40 + number(600), "KILL", false, false};
            case Moment::importing:
            case Moment::loaded: break;
        }
        return {};
    }

    // Until the process is dead. Where no call kills it, it is killed when so many decisions were made.
    void load(const ServerProcess& server, Moment moment, uint64_t decisions) {
        std::thread import;
        if (moment == Moment::importing || moment == Moment::checkpoint) {
            const auto running = native::DataFolder::open(data_).value().announced();
            REQUIRE(running);
            import = std::thread([this, running] { importer_.work(*running); });
        }
        const bool by_count = moment == Moment::importing || moment == Moment::loaded;
        crew_.work_until(by_count ? decisions : UINT64_MAX, [&server] { server.kill(); });
        if (import.joinable()) {
            import.join();
        }
    }

    TemporaryFolder folder_;
    Crew crew_;
    Importer importer_;
    std::filesystem::path data_;
};

}  // namespace

TEST_CASE("a server that is killed at any moment has lost nothing that it acknowledged, and has nothing twice") {
    const uint64_t kills = number_from("COUNTERSIGN_KILLS", 200);
    const uint64_t seed = number_from("COUNTERSIGN_KILL_SEED", Catch::getSeed());
    testing::Chance chance(seed);
    Counts counts;
    std::unique_ptr<Place> place;
    for (uint64_t i = 0; i < kills; ++i) {
        if (i % kRoundsPerFolder == 0) {
            if (place != nullptr) {
                place->recover();
                place->count(counts);
            }
            place = std::make_unique<Place>(chance.next());
        }
        const auto moment = static_cast<Moment>(i % kMoments);
        INFO("kill " << i << " of seed " << seed << ", " << kMomentNames[i % kMoments]);
        place->kill_once(moment, chance, counts);
        // Every other kill meets what the one before left as it is: work that no good day has settled.
        if (i % 2 == 1) {
            place->recover();
        }
    }
    place->recover();
    place->count(counts);
    for (uint64_t i = 0; i < kMoments; ++i) {
        std::printf("killed %s: %llu\n", kMomentNames[i], static_cast<unsigned long long>(counts.kills[i]));
        CHECK((counts.kills[i] > 0 || kills < kMoments));
    }
    std::printf("acknowledged: %llu operations, %llu files of new messages; killed before it served: %llu\n",
                static_cast<unsigned long long>(counts.acknowledged), static_cast<unsigned long long>(counts.imports),
                static_cast<unsigned long long>(counts.before_it_served));
    CHECK(counts.acknowledged > kills);
}
