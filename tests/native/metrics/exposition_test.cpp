// The text that goes to /metrics, read back by a strict parser of the format (Prometheus' "Exposition formats", 0.0.4).

#include "native/metrics/exposition.h"

#include <catch_amalgamated.hpp>

#include "tests/native/metrics/strict_parser.h"

using namespace countersign::metrics;

TEST_CASE("seconds are written exactly") {
    CHECK(seconds_text(0) == "0");
    CHECK(seconds_text(1) == "0.000001");
    CHECK(seconds_text(1'500'000) == "1.5");
    CHECK(seconds_text(60'000'000) == "60");
    CHECK(seconds_text(1'000'010) == "1.00001");
}

TEST_CASE("counters, gauges and histograms are read back as they were written") {
    DurationHistogram histogram;
    histogram.observe(50);
    histogram.observe(100);
    histogram.observe(101);
    histogram.observe(40'000'000);
    histogram.observe(-5);
    Exposition out;
    out.counter("requests_total", "All of them,\nin two lines \\ here.").sample({{"path", "a\"b\\c\nd"}, {"x", ""}}, 7);
    out.sample({{"path", "other"}, {"x", "é"}}, 0);
    out.gauge("level", "Can be negative.").sample({}, -3).sample_seconds({{"unit", "s"}}, -1'250'000);
    out.histogram("took_seconds", "Time.").durations({{"class", "read"}}, histogram.snapshot());
    const std::string text = std::move(out).take();

    StrictParser parser;
    CHECK(parser.parse(text) == "");
    CHECK(parser.value("requests_total", {{"path", "a\"b\\c\nd"}, {"x", ""}}) == 7);
    CHECK(parser.value("level", {}) == -3);
    CHECK(parser.value("level", {{"unit", "s"}}) == -1.25);
    CHECK(parser.value("took_seconds_bucket", {{"class", "read"}, {"le", "0.0001"}}) == 3);
    CHECK(parser.value("took_seconds_bucket", {{"class", "read"}, {"le", "0.00025"}}) == 4);
    CHECK(parser.value("took_seconds_bucket", {{"class", "read"}, {"le", "+Inf"}}) == 5);
    CHECK(parser.value("took_seconds_count", {{"class", "read"}}) == 5);
    CHECK(parser.value("took_seconds_sum", {{"class", "read"}}) == Catch::Approx(40.000251));
    CHECK(parser.help("requests_total") == "All of them,\nin two lines \\ here.");
}

TEST_CASE("the strict parser is strict") {
    const auto mistake_in = [](const std::string& text) {
        StrictParser parser;
        return !parser.parse(text).empty();
    };
    const std::string head = "# HELP a x\n# TYPE a counter\n";
    CHECK_FALSE(mistake_in(head + "a 1\n"));
    CHECK(mistake_in(head + "a 1"));           // no line feed at the end
    CHECK(mistake_in(head + "a 1\na 1\n"));    // twice the same series
    CHECK(mistake_in(head + "b 1\n"));         // another family
    CHECK(mistake_in(head + "a{b=c} 1\n"));    // no quotes
    CHECK(mistake_in(head + "a{b=\"c} 1\n"));  // open quote
    CHECK(mistake_in(head + "a x\n"));         // no number
    CHECK(mistake_in(head + "1a 1\n"));        // no name
    CHECK(mistake_in(head + head + "a 1\n"));  // a family twice
    CHECK(mistake_in("a 1\n"));                // no type
    CHECK(mistake_in("# TYPE a counter\n# HELP a x\na 1\n# TYPE a gauge\n"));
    const std::string histogram = "# HELP h x\n# TYPE h histogram\n";
    CHECK_FALSE(mistake_in(histogram + "h_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_sum 3\nh_count 2\n"));
    CHECK(mistake_in(histogram + "h_bucket{le=\"1\"} 3\nh_bucket{le=\"+Inf\"} 2\nh_sum 3\nh_count 2\n"));
    CHECK(mistake_in(histogram + "h_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_sum 3\nh_count 3\n"));
    CHECK(mistake_in(histogram + "h_bucket{le=\"1\"} 1\nh_sum 3\nh_count 1\n"));
    CHECK(mistake_in(histogram +
                     "h_bucket{le=\"2\"} 1\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_sum 3\nh_count 2\n"));
}
