#include "web/platform/web_host.h"

#include <array>

#include <catch_amalgamated.hpp>

#include "tests/web/support/fake_browser.h"
#include "web/platform/canvas_sink.h"
#include "web/platform/web_clock.h"
#include "web/platform/web_transport.h"
#include "web/wire/records.h"

using namespace countersign;
using namespace countersign::web;
using namespace countersign::web::test;
using Lines = std::vector<std::string>;

TEST_CASE("the page hears of cursor, title and text field only when they change") {
    reset_browser();
    WebHost host;
    host.set_cursor(shell::CursorShape::arrow);
    host.set_cursor(shell::CursorShape::hand);
    host.set_cursor(shell::CursorShape::hand);
    host.set_title("Queue");
    host.set_title("Queue");
    host.set_text_input(std::nullopt);
    host.set_text_input(shell::TextInputArea{10, 20, 16, true});
    host.set_text_input(shell::TextInputArea{10, 20, 16, true});
    CHECK(host.text_input_is_on());
    host.set_text_input(std::nullopt);
    CHECK_FALSE(host.text_input_is_on());
    CHECK(browser().asked == Lines{"cursor 2", "title Queue", "text input at 10 20 16 multiline", "text input off"});
}

TEST_CASE("clipboard, address bar, announcements and files go out each time") {
    reset_browser();
    WebHost host;
    host.write_clipboard("a\nb");
    host.set_location("/q/1", shell::HistoryEntry::push);
    host.set_location("/q/1?x", shell::HistoryEntry::replace);
    host.announce("Saved");
    host.announce("Saved");
    host.save_file("out.jsonl", "{}\n");
    host.open_file(".jsonl");
    host.want_frame(500);
    CHECK(browser().asked == Lines{"clipboard a\nb", "push /q/1", "replace /q/1?x", "announce Saved", "announce Saved",
                                   "save a record of 20 bytes", "open .jsonl", "frame in 500"});
}

TEST_CASE("a mirror that is asked for late gets one patch with everything, and none when nothing is left") {
    reset_browser();
    WebHost host;
    shell::SemanticTree tree;
    tree.nodes.emplace_back();
    tree.nodes[0].id = 1;
    tree.nodes[0].role = shell::Role::button;
    tree.nodes[0].name = "Accept";
    host.show_semantics(tree);
    tree.nodes[0].name = "Reject";
    host.show_semantics(tree);
    host.send_semantics();
    host.send_semantics();
    REQUIRE(browser().patches.size() == 1);
    CHECK(browser().patches[0].find("Reject") != std::string::npos);
    CHECK(browser().patches[0].find("Accept") == std::string::npos);
}

TEST_CASE("a request is answered once, and its answer may send the next") {
    reset_browser();
    WebTransport transport;
    Lines heard;
    transport.send({"POST", "/api/push", "application/json", "{}"}, [&](Result<TransportResponse> first) {
        heard.push_back(first.value().body);
        transport.send({"GET", "/api/pull", "", ""},
                       [&](const Result<TransportResponse>& second) { heard.push_back(second.error().text()); });
    });
    RecordReader record(browser().requests.at(0));
    CHECK(record.text().value() == "POST");
    CHECK(record.text().value() == "/api/push");
    CHECK(record.text().value() == "application/json");
    CHECK(record.text().value() == "{}");
    CHECK(heard.empty());
    transport.answered(1, {503, "text/plain", "later"});
    transport.answered(1, {200, "text/plain", "twice"});
    CHECK(transport.waiting() == 1);
    transport.failed(2, "The server cannot be reached.");
    CHECK(heard == Lines{"later", "The server cannot be reached."});
    CHECK(transport.waiting() == 0);
}

TEST_CASE("only changed pixels are presented") {
    reset_browser();
    CanvasSink sink;
    const std::array<uint8_t, 16> pixels{};
    sink.present(pixels.data(), 2, 2, {});
    CHECK(browser().asked.empty());
    const std::array<shell::PixelRect, 2> changed = {shell::PixelRect{0, 0, 1, 2}, shell::PixelRect{1, 1, 1, 1}};
    sink.present(pixels.data(), 2, 2, changed);
    CHECK(browser().asked == Lines{"present 2x2 0 0 1 2 1 1 1 1"});
}

TEST_CASE("clock and entropy are the browser's") {
    reset_browser();
    browser().now_ms = 1'700'000'000'123;
    WebClock clock;
    CHECK(to_rfc3339(clock.now()) == "2023-11-14T22:13:20.123000Z");
    WebEntropy entropy;
    const std::string bytes = entropy.bytes(70000);
    CHECK(bytes.size() == 70000);
    CHECK(entropy.bytes(70000) != bytes);
}
