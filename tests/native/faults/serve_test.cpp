// The real server, its disk failing under load: what it says, how it ends, and that nothing acknowledged is lost.

#include <algorithm>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "tests/native/faults/crew.h"
#include "tests/native/faults/server_process.h"

using namespace countersign;
using namespace countersign::faults;

namespace {

constexpr int kReviewers = 3;

bool has_line(const std::string& text, std::string_view words) {
    return text.find(words) != std::string::npos;
}

// False: the disk failed before the server could be reached, for it judges and seals from its first moment on; what it
// then says, and what is in the store, must be the same.
bool work_on(ServerProcess& server, Crew& crew, uint64_t decisions) {
    const std::string address = server.address();
    if (address.empty()) {
        return false;
    }
    crew.meet(address);
    crew.work(decisions);
    return true;
}

}  // namespace

TEST_CASE("a refused sync, or a refused write that is no full disk, stops the server under load") {
    struct Case {
        const char* call;
        const char* file;
        const char* effect;
        int number;
        const char* says;
    };

    // At the log's first calls, later ones, and the store's own file: synced once at the start, and by a checkpoint.
    const std::vector<Case> cases = {
        {"sync", "countersign.db-wal", "EIO", 2, "flush"},     {"sync", "countersign.db-wal", "EIO", 31, "flush"},
        {"sync", "countersign.db-wal", "ENOSPC", 17, "flush"}, {"write", "countersign.db-wal", "EIO", 5, "write"},
        {"write", "countersign.db-wal", "EIO", 400, "write"},  {"sync", "countersign.db", "EIO", 2, "flush"},
        {"sync", "countersign.db", "ENOSPC", 2, "flush"},      {"write", "countersign.db", "EIO", 1, "write"},
        {"write", "countersign.db", "EIO", 20, "write"},
    };
    size_t reached = 0;
    for (const Case& one : cases) {
        for (const bool on : {false, true}) {
            const TemporaryFolder folder;
            const std::filesystem::path data = folder.path() / "data";
            make_city(data, 60);
            Crew crew(kReviewers, static_cast<uint64_t>(one.number) * 10);
            ServerProcess server(data, {one.call, one.file, one.number, one.effect, on, false});
            INFO(one.call << ' ' << one.file << ' ' << one.number << ' ' << one.effect << (on ? " and on" : ""));
            reached += work_on(server, crew, 3'000) ? 1 : 0;
            INFO(server.told());
            CHECK(server.wait() == 74);
            CHECK_FALSE(server.shim_log().empty());
            CHECK(has_line(server.told(), "countersign: the server stops: the disk refused to "));
            CHECK(has_line(server.told(), one.says));
            CHECK(has_line(server.told(), "; what was acknowledged before is safe"));
            recover(data, crew);
        }
    }
    CHECK(reached >= 2 * (cases.size() - 2));  // the second sync of the log may be one of the start
}

TEST_CASE("a full disk is answered as such, and the server goes on when there is room again") {
    for (const char* file : {"countersign.db-wal", "countersign.db"}) {
        const TemporaryFolder folder;
        const std::filesystem::path data = folder.path() / "data";
        make_city(data, 60);
        Crew crew(kReviewers, 77);
        ServerProcess server(data, {"write", file, 3, "ENOSPC", false, false});
        const std::string address = server.address();
        REQUIRE_FALSE(address.empty());
        crew.meet(address);
        // The store's file is written to when there is time, or the log has become long.
        for (int round = 0; round < 40 && server.shim_log().empty(); ++round) {
            crew.work(150);
        }
        CHECK(server.shim_log().size() == 1);
        crew.work(150);
        server.stop();
        CHECK(server.wait() == 0);
        recover(data, crew);
    }
}

TEST_CASE("a refused sync of what stands beside the store, while the log is sealed, stops the server") {
    for (const char* file : {"last-checkpoints.new", "/data"}) {
        const TemporaryFolder folder;
        const std::filesystem::path data = folder.path() / "data";
        make_city(data, 60);
        Crew crew(kReviewers, 79);
        // At the start the log is sealed once, and the folder flushed for that, for the keys, for the store and for the
        // announcement, in an order that is not certain.
        ServerProcess server(data, {"sync", file, file[0] == '/' ? 5 : 2, "EIO", true, false});
        work_on(server, crew, 40);
        INFO(file << ": " << server.told());
        server.stop();  // at the latest now everything is sealed
        CHECK(server.wait() == 74);
        CHECK_FALSE(server.shim_log().empty());
        CHECK(has_line(server.told(), "countersign: the server stops: "));
        CHECK(has_line(server.told(), "the disk refused it"));
        recover(data, crew);
    }
}

TEST_CASE("a disk that is full when the log is to be sealed is said once, and sealing goes on when there is room") {
    const TemporaryFolder folder;
    const std::filesystem::path data = folder.path() / "data";
    make_city(data, 60);
    Crew crew(kReviewers, 80);
    ServerProcess server(data, {"write", "last-checkpoints.new", 2, "ENOSPC", false, false});
    const std::string address = server.address();
    REQUIRE_FALSE(address.empty());
    crew.meet(address);
    crew.work(40);
    server.stop();
    CHECK(server.wait() == 0);
    CHECK(server.shim_log().size() == 1);
    CHECK(has_line(server.told(), "judging or sealing stopped: "));
    CHECK(has_line(server.told(), "the disk is full; free some space and try again"));
    recover(data, crew);
}

TEST_CASE("while the disk stays full the server answers, keeps what it has and takes nothing") {
    const TemporaryFolder folder;
    const std::filesystem::path data = folder.path() / "data";
    make_city(data, 60);
    Crew crew(kReviewers, 78);
    ServerProcess server(data, {"write", "countersign.db-wal", 40, "ENOSPC", true, false});
    const std::string address = server.address();
    REQUIRE_FALSE(address.empty());
    crew.meet(address);
    crew.work(60);
    CHECK(server.shim_log().size() > 1);
    server.stop();
    CHECK(server.wait() == 0);
    recover(data, crew);
}

TEST_CASE("whatever call fails at the start, the server says so in a sentence or serves, and the next start is good") {
    const TemporaryFolder folder;
    int refused = 0;
    for (const char* effect : {"EIO", "ENOSPC"}) {
        for (int number = 1; number <= 40; number += 2) {
            const std::filesystem::path data = folder.path() / concat(effect, number) / "data";
            std::filesystem::create_directories(data.parent_path());
            ServerProcess server(data, {"any", "*", number, effect, true, false});
            const bool serves = !server.address().empty();
            server.stop();
            const int status = server.wait();
            INFO(effect << " from call " << number << ": status " << status << "\n" << server.told());
            if (!serves) {
                ++refused;
                // 3: a store that cannot be opened to write is opened to read, and then said to be read-only.
                CHECK((status == 74 || status == 5 || status == 3));
                CHECK(server.told().starts_with("countersign: "));
                CHECK(std::count(server.told().begin(), server.told().end(), '\n') == 1);
                CHECK(server.told().find("; ") != std::string::npos);
            }
            ServerProcess again(data);
            CHECK_FALSE(again.address().empty());
            again.stop();
            CHECK(again.wait() == 0);
            CHECK(testing::in_lines(testing::check_server_store(*copy_of_store(data).database)) == "");
        }
    }
    CHECK(refused > 10);
}

TEST_CASE("what appears in a folder is there to stay: the folder is flushed after it") {
    const TemporaryFolder folder;
    const std::filesystem::path data = folder.path() / "new" / "data";
    std::filesystem::create_directories(folder.path() / "new");
    ServerProcess server(data, {.traces = true});
    REQUIRE_FALSE(server.address().empty());
    const std::vector<std::string> log = server.shim_log();
    const auto at = [&](const std::string& line) {
        return log.rend() - std::find(log.rbegin(), log.rend(), line);  // behind the last such line, 0: none
    };
    CHECK(at("sync " + (folder.path() / "new").string()) > 0);  // the data folder itself
    CHECK(at("rename " + (data / "server.json").string()) > 0);
    CHECK(at("sync " + data.string()) > at("rename " + (data / "server.json").string()));
    CHECK(at("sync " + data.string()) > at("sync " + (data / "countersign.db-wal").string()));
    server.stop();
    CHECK(server.wait() == 0);
}
