#include "core/table/predictions.h"

#include <string>
#include <vector>

#include <catch_amalgamated.hpp>

#include "tests/support/cases.h"

using namespace countersign;
using table::NamedPredictions;

namespace {

Result<NamedPredictions> read(std::string_view file) {
    table::PredictionReader predictions;
    table::RecordReader reader(predictions);
    CS_TRY_STATUS(reader.feed(file));
    CS_TRY_STATUS(reader.finish());
    return predictions.finish();
}

}  // namespace

TEST_CASE("predictions are read with their truth, probabilities that add up to 1 and slices") {
    const auto read_file = read(
        "item_id,predicted_label,true_label,confidence,p_cat,p_dog,slice_size\n"
        "a,cat,cat,0.7,0.7,0.29,small\n"
        "b,dog,cat,0.95,0.05,0.95,large\n"
        "c,dog,,0.9,0.1,0.9,large\n");
    REQUIRE(read_file.ok());
    const NamedPredictions& named = read_file.value();
    CHECK(named.labels.names() == std::vector<std::string>{"cat", "dog"});
    REQUIRE(named.predictions.size() == 2);
    CHECK(named.predictions[0].right());
    CHECK_FALSE(named.predictions[1].right());
    CHECK(named.predictions[1].confidence == 0.95);
    CHECK(named.predictions[1].confidence_ppm.value == 950'000);
    CHECK(named.probabilities == std::vector<double>{0.7 / 0.99, 0.29 / 0.99, 0.05, 0.95});
    CHECK(named.slices.at("size") == std::vector<std::string>{"small", "large"});
    CHECK(named.without_truth == 1);
}

TEST_CASE("a single column p_ is a score, no distribution over labels") {
    const auto named = read("item,predicted_label,true_label,confidence,p_positive\na,no,no,0.9,0.1\n");
    REQUIRE(named.ok());
    CHECK(named.value().probability_labels == 0);
    CHECK(named.value().labels.names() == std::vector<std::string>{"no"});
}

TEST_CASE("every routing set of the shared data is read", "[shared]") {
    for (const std::string set : {"adult-income", "cifar10h-lowacc", "cifar10h-resnet110", "compas", "md-agreement"}) {
        const auto csv = testing::read_shared("data/routing/" + set + "/items.csv");
        if (!csv) {
            SKIP("no shared test data: data/routing");
        }
        CAPTURE(set);
        const auto named = read(*csv);
        REQUIRE(named.ok());
        CHECK(named.value().predictions.size() > 4'000);
        CHECK(named.value().without_truth == 0);
    }
}

TEST_CASE("a slice that some lines of JSON leave out is empty there") {
    const auto named = read(
        "{\"item\":1,\"predicted_label\":\"x\",\"true_label\":\"x\",\"confidence\":1}\n"
        "{\"item\":2,\"predicted_label\":\"x\",\"true_label\":\"y\",\"confidence\":0.5,\"slice_k\":\"v\"}\n"
        "{\"item\":3,\"predicted_label\":\"x\",\"true_label\":\"x\",\"confidence\":0}\n");
    REQUIRE(named.ok());
    CHECK(named.value().slices.at("k") == std::vector<std::string>{"", "v", ""});
}

TEST_CASE("what is wrong in a file of predictions is named with its line and column") {
    const std::string header = "item,predicted_label,true_label,confidence\n";
    CHECK(read(header + "a,x,x,1.2\n").error().text() ==
          "line 2, column 'confidence': must lie between 0 and 1, but is 1.2");
    CHECK(read(header + "a,x,x,high\n").error().text() ==
          "line 2, column 'confidence': must be a number, but is 'high'");
    CHECK(read("item,true_label,confidence\na,x,0.5\n").error().text() ==
          "line 2: there is no column 'predicted_label'; there are 'item', 'true_label', 'confidence'");
    CHECK(read("item,predicted_label,true_label,confidence,p_x,p_y\na,x,x,0.5,0.5,0.2\n").error().text() ==
          "line 2: the probabilities p_<label> do not add up to 1");
    CHECK(read("item,predicted_label,true_label,confidence,propensity\na,x,x,0.5,0\n").error().text() ==
          "line 2, column 'propensity': must be above 0: what could not be chosen was not reviewed");
    CHECK(read(header + "a,x,,0.5\n").error().text() == "no prediction in the file has a 'true_label' to learn from");
    CHECK(read(header).error().text() == "there is no prediction in the file, only a header");
}
