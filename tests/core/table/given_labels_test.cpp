#include "core/table/given_labels.h"

#include <string>
#include <vector>

#include <catch_amalgamated.hpp>

using namespace countersign;

namespace {

Result<table::NamedGivenLabels> read(std::string_view file) {
    table::GivenLabelReader labels;
    table::RecordReader reader(labels);
    CS_TRY_STATUS(reader.feed(file));
    CS_TRY_STATUS(reader.finish());
    return labels.finish();
}

std::string error_of(std::string_view file) {
    const auto done = read(file);
    return done.ok() ? "" : done.error().text();
}

}  // namespace

TEST_CASE("given labels are read with probabilities that add up to 1, in the order of their columns") {
    const auto named = read("item_id,given_label,p_dog,p_cat\na,cat,0.3,0.69\nb,dog,1,0\n");
    REQUIRE(named.ok());
    CHECK(named.value().labels.names() == std::vector<std::string>{"dog", "cat"});
    CHECK(named.value().items == std::vector<std::string>{"a", "b"});
    CHECK(named.value().given == std::vector<uint32_t>{1, 0});
    CHECK(named.value().probabilities == std::vector<double>{0.3 / 0.99, 0.69 / 0.99, 1, 0});
}

TEST_CASE("what is wrong with a file of given labels is named") {
    CHECK(error_of("item,label\na,cat\n") == "line 2: there are no columns p_<label>; it takes one for each label");
    CHECK(error_of("item,label,p_cat,p_dog\na,cow,0.5,0.5\n") ==
          "line 2: there is no column 'p_cow' for the label; known are cat and dog");
    CHECK(error_of("item,label,p_cat,p_dog\na,cat,0.5,0.5\nb,cat,0.5,0.2\n") ==
          "line 3: the probabilities p_<label> do not add up to 1");
    CHECK(error_of("item,label,p_cat,p_dog\na,cat,0.5,x\n") == "line 2, column 'p_dog': must be a number, but is 'x'");
    CHECK(error_of("item,label,p_cat,p_dog\n") == "there is no item in the file, only a header");
}
