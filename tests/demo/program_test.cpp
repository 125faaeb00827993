// countersign-demo-model from the command line's side: help, exit status, errors, files.

#include <catch_amalgamated.hpp>

#include "demo/classifier/model_file.h"
#include "demo/program/files.h"
#include "demo/program/options.h"
#include "tests/demo/support.h"

using namespace countersign;
using namespace countersign::demo;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string model_path() {
    static const std::string path = [] {
        std::string at = scratch_path("program_test.model.json");
        REQUIRE(write_file(at, to_json(train("city-topics-1", the_demo().seed, quick_candidate()).value())).ok());
        return at;
    }();
    return path;
}

}  // namespace

TEST_CASE("help is shown for the program and for each command, with exit status 0") {
    const Ran general = run({"--help"});
    CHECK(general.status == 0);
    for (const std::string command : {"train", "predict", "evaluate", "retrain"}) {
        CHECK(has(general.out, "  " + command));
        const Ran help = run({command, "--help"});
        INFO(command);
        CHECK(help.status == 0);
        CHECK(has(help.out, "Usage: countersign-demo-model " + command));
        CHECK(has(help.out, "(required)"));
        CHECK(has(help.out, "Exit status: 0 done; 2"));
        CHECK(help.err.empty());
    }
}

TEST_CASE("a wrong command line is refused with status 2 and a sentence") {
    struct Case {
        std::vector<std::string> args;
        std::string error;
    };

    const Case cases[] = {
        {{}, "Usage:"},
        {{"tran"}, "tran: no such command; did you mean 'train'?"},
        {{"train", "--exmples", "x"}, "--exmples: no such option; did you mean '--examples'?"},
        {{"train", "--examples"}, "--examples: needs a value after it"},
        {{"train", "--examples", ""}, "--examples: needs a value after it"},
        {{"train", "--examples", "a", "--examples", "b"}, "--examples: was given twice"},
        {{"train", "--examples", "a"}, "--out: is missing; add --out FILE"},
        {{"predict", "--model", "/nonexistent", "--items", "a", "--out", "b"}, "/nonexistent: cannot be opened"},
    };
    for (const Case& one : cases) {
        const Ran ran = run(one.args);
        INFO(one.error);
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK(has(ran.err, one.error));
    }
}

TEST_CASE("a broken export, model or label is refused with its place") {
    const std::string broken = scratch_path("broken.jsonl");
    REQUIRE(write_file(broken, "{\"decision\":null}\n{\"decision\":{\"verdict\":\"maybe\"}}\n").ok());
    const std::vector<std::string> retrain = {"retrain",
                                              "--examples",
                                              asset_path("messages.jsonl"),
                                              "--truth",
                                              asset_path("truth.jsonl"),
                                              "--only",
                                              asset_path("training.txt"),
                                              "--out",
                                              scratch_path("never.json"),
                                              "--from"};
    auto args = retrain;
    args.push_back(broken);
    Ran ran = run(args);
    CHECK(ran.status == 2);
    CHECK(has(ran.err, "broken.jsonl, line 2: decision.verdict: 'maybe' is not one of"));

    REQUIRE(write_file(broken, "{\"decision\":null}\n").ok());
    ran = run(args);
    CHECK(ran.status == 4);
    CHECK(has(ran.err, "broken.jsonl: holds no accepted or corrected item"));
    CHECK_FALSE(read_file(scratch_path("never.json")).ok());

    ran = run({"predict", "--model", broken, "--items", broken, "--out", scratch_path("never.json")});
    CHECK(ran.status == 2);
    CHECK(has(ran.err, "broken.jsonl: "));

    const std::string wrong = scratch_path("wrong_truth.jsonl");
    REQUIRE(write_file(wrong, "{\"id\":\"a\",\"input\":{\"text\":\"x\"},\"label\":\"pothle\"}\n").ok());
    ran = run({"evaluate", "--model", model_path(), "--items", wrong});
    CHECK(ran.status == 2);
    CHECK(
        has(ran.err, "item 'a' has the label 'pothle', which city-topics-1 was never shown; did you mean 'pothole'?"));
}

TEST_CASE("a file that cannot be written is said so, and nothing is left behind") {
    const Ran ran = run({"predict", "--model", model_path(), "--items", asset_path("messages.jsonl"), "--out",
                         scratch_path("no/such/folder/p.jsonl")});
    CHECK(ran.status != 0);
    CHECK(has(ran.err, "no/such/folder/p.jsonl: cannot be written: "));
}

TEST_CASE("predict and evaluate leave out what --except names") {
    const std::string out = scratch_path("predictions.jsonl");
    Ran ran = run({"predict", "--model", model_path(), "--items", asset_path("messages.jsonl"), "--except",
                   asset_path("training.txt"), "--out", out});
    CHECK(ran.status == 0);
    CHECK(read_items(out, read_file(out).value()).value().size() == the_demo().items_to_review.size());

    const std::string report = scratch_path("report.txt");
    ran = run({"evaluate", "--model", model_path(), "--items", asset_path("messages.jsonl"), "--truth",
               asset_path("truth.jsonl"), "--except", asset_path("training.txt"), "--report", report});
    CHECK(ran.status == 0);
    CHECK(ran.out == read_file(report).value());
    CHECK(has(ran.out, "evaluated on " + std::to_string(the_demo().items_to_review.size()) + " texts"));
    for (const char* part : {"accuracy ", "log loss ", "expected calibration error ", "at least 0.9", "gas_smell",
                             "is -> was taken for", "training set SHA-256 "}) {
        CHECK(has(ran.out, part));
    }
}
