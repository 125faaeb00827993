// countersign-desk as a person runs it: the program itself, on a folder and on a server with real items, with and
// without a display.

#include <csignal>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/store/sqlite.h"
#include "native/platform/files.h"
#include "native/server/local_api.h"
#include "native/server/serve.h"
#include "tests/native/desktop/display.h"
#include "tests/native/desktop/process.h"
#include "tests/support/server.h"
#include "tests/support/temporary_folder.h"

using namespace countersign;
using namespace countersign::desktop::test;
using countersign::testing::TemporaryFolder;

namespace {

using Arguments = std::vector<std::string>;

api::Response ask(native::LocalApi& api, std::string_view method, std::string_view target, const std::string& body) {
    api::RequestHead head = native::local_head(method, target).value();
    head.headers = {{"authorization", "Bearer " + api.token()}, {"content-type", "application/json"}};
    return api.answer_whole(head, body).value();
}

// A folder with a project of three items: one for each tier but auto, and one more to check quickly.
void fill(const std::filesystem::path& data) {
    const auto api = native::LocalApi::open(native::DataFolder::open(data).value(), "a test").value();
    REQUIRE(ask(*api, "POST", "/api/v1/projects", concat(R"({"id":"city","policy":)", testing::sample_policy(), '}'))
                .status == 201);
    api::RequestHead head = native::local_head("POST", "/api/v1/projects/city/predictions").value();
    head.headers = {{"authorization", "Bearer " + api->token()}, {"content-type", "application/jsonl"}};
    auto sink = api::open_sink(head, api->workspace()).value();
    const auto work = sink->feed(testing::sample_line("m-gas", "It smells of gas", "gas", "0.99") +
                                 testing::sample_line("m-hole", "A hole in the road", "pothole", "0.8") +
                                 testing::sample_line("m-drain", "The drain is blocked", "drain", "0.7"));
    REQUIRE(work.ok());
    REQUIRE(work.value()(api->workspace()).ok());
    REQUIRE(sink->finish(api->workspace()).status == 200);
}

std::string export_of(const std::filesystem::path& data) {
    const auto api = native::LocalApi::open(native::DataFolder::open(data).value(), "a test").value();
    return ask(*api, "GET", "/api/v1/projects/city/export?status=resolved", "").body;
}

// A program of its own with nothing of this machine's person in it.
Process desk(const TemporaryFolder& home, const Arguments& arguments, const std::string& display = "") {
    Arguments command{COUNTERSIGN_DESK};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return Process(std::move(command), {{"HOME", home.path().string()},
                                        {"XDG_DATA_HOME", ""},
                                        {"XDG_CONFIG_HOME", ""},
                                        {"GTK_THEME", ""},
                                        {"WAYLAND_DISPLAY", ""},
                                        {"DISPLAY", display}});
}

std::string integrity_of(const std::filesystem::path& store) {
    const auto database = store::Database::open({.path = store.string()}).value();
    auto check = database->prepare("PRAGMA integrity_check").value();
    REQUIRE(check.step().value());
    return std::string(check.text(0));
}

// Width and height as a PNG's head says.
std::pair<int, int> size_of_png(const std::filesystem::path& file) {
    const std::string bytes = native::read_file(file, 100'000'000).value();
    REQUIRE(bytes.size() > 24);
    REQUIRE(bytes.starts_with("\x89PNG\r\n\x1a\n"));
    const auto number = [&](size_t at) {
        return static_cast<unsigned char>(bytes[at + 2]) * 256 + static_cast<unsigned char>(bytes[at + 3]);
    };
    return {number(16), number(20)};
}

// Waits until a window has printed an outline with these words after `from`; on to where the next is to be looked for.
void expect_outline(Process& process, std::string_view words, size_t& from) {
    const bool said = process.says(words, from);
    INFO("looked for: " << words);
    INFO(process.said().substr(from));
    REQUIRE(said);
    REQUIRE(process.says("---\n", process.said().find(words, from)));
    from = process.said().size();
}

}  // namespace

TEST_CASE("a screenshot of a folder shows its queue in the name of whoever asked") {
    const TemporaryFolder home;
    fill(home / "data");
    const std::string data = (home / "data").string();
    const std::string file = (home / "shot.png").string();
    Process process = desk(home, {"--data", data, "--account", "ada", "--screenshot", file, "--print-semantics"});
    REQUIRE(process.wait() == 0);
    CHECK(process.said(2).empty());
    for (const char* words : {"heading \"Queue\"", "combobox \"Project\" = City service", "text \"ada\"",
                              "m-gas It smells of gas", "m-hole A hole in the road", "m-drain The drain is blocked"}) {
        INFO(process.said());
        CHECK(process.said().find(words) != std::string::npos);
    }
    CHECK(size_of_png(file) == std::pair(1280, 800));
    const auto plain = std::filesystem::file_size(file);
    CHECK(integrity_of(home / "data" / "desk.db") == "ok");

    Process large =
        desk(home, {"--data", data, "--account", "ada", "--screenshot", file, "--size", "640x480", "--scale", "2",
                    "--appearance", "dark", "--location", "/p/city/item/m-gas", "--print-semantics"});
    REQUIRE(large.wait() == 0);
    CHECK(size_of_png(file) == std::pair(1280, 960));
    CHECK(plain > 10'000);  // an empty picture of this size has some 4,000 bytes
    CHECK(large.said().find("It smells of gas") != std::string::npos);
    CHECK(large.said().find("heading \"Queue\"") == std::string::npos);
}

TEST_CASE("a screenshot of a server's demo shows the same queue, and without its sign-in the way in") {
    const TemporaryFolder home;
    fill(home / "data");
    native::ServeOptions options;
    options.data = home / "data";
    options.port = 0;
    options.demo = true;
    const auto service = native::RunningService::start(options).value();
    const std::string file = (home / "shot.png").string();
    {
        Process process = desk(home, {"--server", service->address(), "--screenshot", file, "--print-semantics"});
        REQUIRE(process.wait() == 0);
        INFO(process.said());
        CHECK(process.said().find("button \"Open the demo\"") != std::string::npos);
        CHECK(process.said().find("m-gas") == std::string::npos);
    }
    Process process = desk(home, {"--server", service->address(), "--demo", "--screenshot", file, "--print-semantics"});
    REQUIRE(process.wait() == 0);
    INFO(process.said());
    CHECK(process.said().find("m-hole A hole in the road") != std::string::npos);
    CHECK(process.said().find("text \"demo\"") != std::string::npos);
    // The store stands in the home folder, one for each server; the session is found again.
    Process again = desk(home, {"--server", service->address(), "--screenshot", file, "--print-semantics"});
    REQUIRE(again.wait() == 0);
    CHECK(again.said().find("m-hole A hole in the road") != std::string::npos);
    // A folder that is served is reached through its server.
    Process served =
        desk(home, {"--data", (home / "data").string(), "--demo", "--screenshot", file, "--print-semantics"});
    REQUIRE(served.wait() == 0);
    CHECK(served.said().find("m-hole A hole in the road") != std::string::npos);
}

TEST_CASE("in a window, keys decide, places are gone back to, and closing leaves everything in order") {
    if (const auto why = no_display()) {
        SKIP(*why);
    }
    const char* renderer = GENERATE("cpu", "gl");
    CAPTURE(renderer);
    const TemporaryFolder home;
    fill(home / "data");
    const std::string data = (home / "data").string();
    const Display display;
    FakeKeyboard keyboard(display);
    {
        Process process = desk(home, {"--data", data, "--account", "ada", "--renderer", renderer, "--print-semantics"},
                               display.name());
        size_t from = 0;
        expect_outline(process, "m-drain The drain is blocked", from);
        CHECK(display.colours() > 100);

        keyboard.press("slash");
        keyboard.type("hole");
        expect_outline(process, "searchbox \"Search\" focused = hole", from);
        keyboard.press("Escape");
        expect_outline(process, "searchbox \"Search\" = hole", from);
        keyboard.press("slash", "Shift_L");
        expect_outline(process, "dialog \"Keys\"", from);
        keyboard.press("Escape");
        expect_outline(process, "region \"Queue\"", from);
        keyboard.press("g");
        keyboard.press("c");
        expect_outline(process, "button \"Accept\"", from);
        keyboard.press("a");
        expect_outline(process, "All saved", from);
        keyboard.press("Left", "Alt_L");
        expect_outline(process, "heading \"Queue\"", from);
        keyboard.press("g");
        keyboard.press("d");
        expect_outline(process, "heading \"Done\"", from);
        keyboard.press("q", "Control_L");
        CHECK(process.wait() == 0);
        CHECK(process.said(2).empty());
    }
    CHECK(integrity_of(home / "data" / "desk.db") == "ok");
    const std::string exported = export_of(home / "data");
    INFO(exported);
    CHECK(exported.find("\"ada\"") != std::string::npos);
    CHECK(std::count(exported.begin(), exported.end(), '\n') == 1);

    // It opens again where it was, and a signal ends it as closing its window does.
    Process again =
        desk(home, {"--data", data, "--account", "ada", "--renderer", renderer, "--print-semantics"}, display.name());
    size_t from = 0;
    expect_outline(again, "heading \"Done\"", from);
    again.send(SIGTERM);
    CHECK(again.wait() == 0);
    CHECK(integrity_of(home / "data" / "desk.db") == "ok");
}

TEST_CASE("what cannot be done is said in a sentence with an exit status of its own") {
    const TemporaryFolder home;
    fill(home / "data");
    const std::string data = (home / "data").string();
    const std::string shot = (home / "shot.png").string();

    struct Case {
        Arguments arguments;
        int status;
        std::string words;
    };

    const std::vector<Case> cases = {
        {{}, 2, "--server http://127.0.0.1:8080 for a server, or --data DIR for a folder"},
        {{"--data", data, "--server", "http://x"}, 2, "excludes"},
        {{"--data", data, "--size", "10x10"}, 2, "'10x10' is not like 1280x800, each from 200 to 8000"},
        {{"--data", data, "--scale", "9"}, 2, "'9' is not from 0.5 to 4"},
        {{"--data", data, "--renderer", "magic"}, 2, "'magic' is not one of auto, gl, cpu"},
        {{"--data", data, "--appearance", "pink"}, 2, "'pink' is not one of system, light, dark"},
        {{"--server", "http://127.0.0.1:1", "--account", "ada"}, 2, "a server asks who you are itself"},
        {{"--server", "https://review.example.org"}, 2, "https is not spoken by this program"},
        {{"--data", "/dev/null/x", "--screenshot", shot}, 3, "the data folder cannot be made"},
        {{"--data", data, "--screenshot", "/dev/null/x.png"}, 3, "a part of its path is a file"},
        {{"--data", data}, 5, "there is no display to open a window on; --screenshot needs none"},
    };
    for (const Case& one : cases) {
        Process process = desk(home, one.arguments);
        INFO(one.words);
        CHECK(process.wait() == one.status);
        INFO(process.said(2));
        CHECK(process.said(2).find(one.words) != std::string::npos);
    }
    Process help = desk(home, {"--help"});
    CHECK(help.wait() == 0);
    CHECK(help.said().find("Exit status: 0 done; 2 the command is wrong") != std::string::npos);
}

TEST_CASE("a second desk on the same store is refused with the first one's number") {
    if (const auto why = no_display()) {
        SKIP(*why);
    }
    const TemporaryFolder home;
    fill(home / "data");
    const std::string data = (home / "data").string();
    const Display display;
    Process first = desk(home, {"--data", data, "--account", "ada", "--print-semantics"}, display.name());
    REQUIRE(first.says("---\n"));
    Process second = desk(home, {"--data", data, "--account", "ada"}, display.name());
    CHECK(second.wait() == 5);
    INFO(second.said(2));
    CHECK(second.said(2).find("the desk's store desk.db is in use by another Countersign desk (process ") !=
          std::string::npos);
    // Another store does not help: the folder itself is in use.
    Process third = desk(home, {"--data", data, "--store", (home / "other.db").string()}, display.name());
    CHECK(third.wait() == 5);
    CHECK(third.said(2).find("the data folder is in use by a Countersign desk (process ") != std::string::npos);
    first.send(SIGINT);
    CHECK(first.wait() == 0);
}
