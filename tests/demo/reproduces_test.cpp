// The program, end to end with all candidates: the model that the build made comes out again byte for byte, and a
// retraining from an export gives its successor.

#include <catch_amalgamated.hpp>

#include "core/json/writer.h"
#include "demo/classifier/model_file.h"
#include "demo/program/files.h"
#include "tests/demo/support.h"

using namespace countersign;
using namespace countersign::demo;

namespace {

const std::string kBuilt = COUNTERSIGN_DEMO_BUILT;

std::vector<std::string> seed_options() {
    return {"--examples", asset_path("messages.jsonl"), "--truth", asset_path("truth.jsonl"),
            "--only",     asset_path("training.txt"),   "--index", asset_path("subject-index.jsonl")};
}

}  // namespace

TEST_CASE("training again gives the bytes of the model that was built") {
    const std::string out = scratch_path("again.json");
    std::vector<std::string> args = {"train", "--out", out};
    for (const std::string& option : seed_options()) {
        args.push_back(option);
    }
    const Ran ran = run(args);
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    CHECK(read_file(out).value() == read_file(kBuilt + "/model.json").value());
}

TEST_CASE("retraining from an export makes the next version, better on what was left to review") {
    // The first 130 predictions come back with their true label, as the product's export writes them.
    std::string exported;
    size_t lines = 0;
    const std::string predictions = read_file(kBuilt + "/predictions.jsonl").value();
    for (size_t from = 0; lines < 130; ++lines) {
        const size_t end = predictions.find('\n', from);
        const Json line = parse_json(predictions.substr(from, end - from)).value();
        from = end + 1;
        const std::string& id = *line.find("id")->string();
        const std::string& label = the_demo().truth.at(id);
        const bool right = *line.find("prediction")->find("label")->string() == label;
        JsonWriter json;
        json.begin_object().name("item").begin_object().member("id", id).member("input", *line.find("input"));
        json.end_object().member("prediction", *line.find("prediction")).name("decision").begin_object();
        json.member("verdict", right ? "accept" : "correct").member("label", label).end_object().end_object();
        exported += std::move(json).take() + "\n";
    }
    const std::string from = scratch_path("export.jsonl");
    const std::string out = scratch_path("second.json");
    REQUIRE(write_file(from, exported).ok());
    std::vector<std::string> args = {"retrain", "--from", from, "--model", kBuilt + "/model.json", "--out", out};
    for (const std::string& option : seed_options()) {
        args.push_back(option);
    }
    const Ran ran = run(args);
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    CHECK(ran.out.find("130 items to learn from") != std::string::npos);

    const Model first = parse_model(read_file(kBuilt + "/model.json").value()).value();
    const Model second = parse_model(read_file(out).value()).value();
    CHECK(second.name == "city-topics-2");
    CHECK(second.examples == first.examples + 130);
    size_t right_before = 0;
    size_t right_after = 0;
    for (size_t i = lines; i < the_demo().to_review.size(); ++i) {
        const Example& example = the_demo().to_review[i];
        right_before += first.labels[largest(predict(first, example.text))] == example.label ? 1 : 0;
        right_after += second.labels[largest(predict(second, example.text))] == example.label ? 1 : 0;
    }
    WARN("of " << the_demo().to_review.size() - lines << " unseen: " << right_before << " right before, " << right_after
               << " after retraining");
    CHECK(right_after > right_before);
}
