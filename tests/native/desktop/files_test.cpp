// What the desktop program leaves on disk: files for the person, its store, where one was.

#include <catch_amalgamated.hpp>

#include "native/desktop/device_store.h"
#include "native/desktop/history.h"
#include "native/desktop/saved_file.h"
#include "tests/support/temporary_folder.h"

using namespace countersign;
using namespace countersign::desktop;
using shell::HistoryEntry;

TEST_CASE("a saved file never replaces one that is there") {
    const testing::TemporaryFolder folder;
    const auto save = [&](std::string_view name, std::string_view bytes) {
        return save_beside(folder.path(), name, bytes).value().filename().string();
    };
    CHECK(save("outbox.jsonl", "one") == "outbox.jsonl");
    CHECK(save("outbox.jsonl", "two") == "outbox (2).jsonl");
    CHECK(save("outbox.jsonl", "three") == "outbox (3).jsonl");
    CHECK(native::read_file(folder / "outbox.jsonl", 100).value() == "one");
    CHECK(native::read_file(folder / "outbox (2).jsonl", 100).value() == "two");
    CHECK(save("no ending", "") == "no ending");
    CHECK(save("no ending", "") == "no ending (2)");
}

TEST_CASE("a saved file stays in its folder, whatever it is called") {
    const testing::TemporaryFolder folder;
    for (const char* name : {"../up", "/etc/passwd", "", ".", "..", ".hidden", "a/b\\c\nd", "\x01"}) {
        CAPTURE(name);
        const auto saved = save_beside(folder.path(), name, "x").value();
        CHECK(saved.parent_path() == folder.path());
        CHECK_FALSE(saved.filename().string().starts_with('.'));
    }
    const auto nowhere = save_beside(folder / "not there", "a", "x");
    CHECK(nowhere.error().field == (folder / "not there" / "a").string());
}

TEST_CASE("one goes back and forward among the places one was at") {
    History history("/p/a/queue");
    CHECK_FALSE(history.back());
    history.set("/p/a/item/1", HistoryEntry::push);
    history.set("/p/a/item/1", HistoryEntry::push);
    history.set("/p/a/item/2", HistoryEntry::push);
    history.set("/p/a/item/3", HistoryEntry::replace);
    CHECK(history.back() == "/p/a/item/1");
    CHECK(history.back() == "/p/a/queue");
    CHECK_FALSE(history.back());
    CHECK(history.forward() == "/p/a/item/1");
    CHECK(history.forward() == "/p/a/item/3");
    CHECK_FALSE(history.forward());
    CHECK(history.back() == "/p/a/item/1");
    history.set("/p/a/done", HistoryEntry::push);
    CHECK_FALSE(history.forward());
    CHECK(history.current() == "/p/a/done");
}

TEST_CASE("a history forgets its oldest places, not its newest") {
    History history("start");
    for (int i = 0; i < 1'000; ++i) {
        history.set(std::to_string(i), HistoryEntry::push);
    }
    int steps = 0;
    while (history.back()) {
        ++steps;
    }
    CHECK(steps == 199);
    CHECK(history.current() == "800");
}

TEST_CASE("a device's store belongs to one desk at a time, and keeps the place") {
    const testing::TemporaryFolder folder;
    const auto file = folder / "deep" / "desk.db";
    {
        const auto first = DeviceStore::open(file);
        REQUIRE(first.ok());
        const auto second = DeviceStore::open(file);
        REQUIRE_FALSE(second.ok());
        CHECK(second.error().code == ErrorCode::unavailable);
        CHECK(second.error().message.find("the desk's store desk.db is in use by another Countersign desk (process ") ==
              0);
        CHECK(first.value()->location().empty());
        REQUIRE(first.value()->keep_location("/p/a/done").ok());
    }
    CHECK(DeviceStore::open(file).value()->location() == "/p/a/done");
}
