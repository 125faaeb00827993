// How explanations are counted.

#include "core/rationale/quality.h"

#include <catch_amalgamated.hpp>

using namespace countersign;

TEST_CASE("reasons, words and evidence are counted, and words that one wrote before") {
    RationaleTally ada;
    ada.add({"clear"}, "It says gas.", 1);
    ada.add({"clear", "vague"}, "It says gas.", 0);
    ada.add({}, "", 2);
    ada.add({"clear"}, "Straßenlampe", 0);
    const RationaleQuality quality = ada.quality();
    CHECK(quality.decisions == 4);
    CHECK(quality.with_codes == 3);
    CHECK(quality.with_text == 3);
    CHECK(quality.with_evidence == 2);
    CHECK(quality.repeated_texts == 1);
    CHECK(quality.median_characters == 12);  // of 12, 12, 12: code points, not bytes
    REQUIRE(ada.codes().size() == 2);
    CHECK(ada.codes()[0].code == "clear");
    CHECK(ada.codes()[0].decisions == 3);
}

TEST_CASE("reasons used equally often count whole, one that hardly occurs counts little") {
    RationaleTally even;
    for (const char* code : {"a", "b", "c", "d"}) {
        even.add({code}, "", 0);
    }
    CHECK(even.quality().effective_codes == Catch::Approx(4).epsilon(1e-12));
    RationaleTally skewed;
    for (int i = 0; i < 99; ++i) {
        skewed.add({"a"}, "", 0);
    }
    skewed.add({"b"}, "", 0);
    // exp(-(0.99 ln 0.99 + 0.01 ln 0.01))
    CHECK(skewed.quality().effective_codes == Catch::Approx(1.0575993064679887).epsilon(1e-12));
    CHECK(RationaleTally().quality().effective_codes == 0);
}

TEST_CASE("the same words of two people are no repetition when their tallies are put together") {
    RationaleTally ada;
    RationaleTally ben;
    ada.add({"a"}, "Unclear.", 0);
    ben.add({"b"}, "Unclear.", 1);
    RationaleTally all;
    all.add(ada);
    all.add(ben);
    CHECK(all.quality().decisions == 2);
    CHECK(all.quality().repeated_texts == 0);
    CHECK(all.quality().with_evidence == 1);
    CHECK(all.quality().effective_codes == Catch::Approx(2).epsilon(1e-12));
}
