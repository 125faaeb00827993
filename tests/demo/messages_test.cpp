// assets/demo: what every visitor reads first.

#include <map>

#include <catch_amalgamated.hpp>

#include "core/base/instant.h"
#include "core/json/fields.h"
#include "demo/classifier/terms.h"
#include "tests/demo/support.h"

using namespace countersign;
using namespace countersign::demo;

TEST_CASE("there are some 500 messages; two fifths are the training part, the earlier ones") {
    const size_t all = the_demo().items.size();
    const size_t review = the_demo().items_to_review.size();
    CHECK((all >= 490 && all <= 540));
    CHECK(the_demo().truth.size() == all);
    CHECK((review * 100 >= all * 57 && review * 100 <= all * 63));
    for (size_t i = 0; i < review; ++i) {
        CHECK(the_demo().items_to_review[i].id == the_demo().items[all - review + i].id);
    }
}

TEST_CASE("every message has a channel, a district, a time after the one before, and up to three attachments") {
    const std::vector<std::string> channels = {"web", "app", "phone", "email"};
    std::map<std::string, size_t> per_channel;
    Instant previous;
    for (const Item& item : the_demo().items) {
        INFO(item.id);
        CHECK(item.label.empty());
        Fields metadata = Fields::of(*item.metadata, "metadata").value();
        ++per_channel[channels[metadata.choice("channel", channels).value()]];
        CHECK(metadata.text("district").ok());
        const std::string received = metadata.text("received").value();
        const Instant at = parse_rfc3339(received).value();
        CHECK((received.starts_with("2026-") && received.ends_with("Z")));
        CHECK(at > previous);
        previous = at;
        CHECK(metadata.integer("attachments", {.min = 0, .max = 3}).ok());
        CHECK(metadata.done().ok());
        CHECK(the_demo().truth.contains(item.id));
    }
    for (const std::string& channel : channels) {
        INFO(channel);
        CHECK(per_channel[channel] >= 40);
    }
}

TEST_CASE("every topic has its share in the training part and in the part to review") {
    std::map<std::string, std::pair<size_t, size_t>> counts;
    for (const Example& example : the_demo().seed) {
        counts[example.label].first += example.reference ? 0 : 1;
    }
    for (const Example& example : the_demo().to_review) {
        ++counts[example.label].second;
    }
    CHECK(counts.size() == 12);
    for (const auto& [label, count] : counts) {
        INFO(label);
        CHECK(count.first >= 8);
        CHECK(count.second >= 12);
    }
}

TEST_CASE("lengths are those of real messages") {
    size_t shortest = 1000;
    size_t longest = 0;
    size_t below_ten = 0;
    size_t above_forty = 0;
    for (const Item& item : the_demo().items) {
        const size_t words = words_of(item.text).size();
        shortest = std::min(shortest, words);
        longest = std::max(longest, words);
        below_ten += words < 10 ? 1 : 0;
        above_forty += words > 40 ? 1 : 0;
    }
    CHECK(shortest >= 4);
    CHECK(longest <= 90);
    CHECK(below_ten >= 40);
    CHECK(above_forty >= 40);
}

TEST_CASE("no two texts share a run of six words") {
    std::vector<Example> texts = the_demo().to_review;
    texts.insert(texts.end(), the_demo().seed.begin(), the_demo().seed.end());
    std::map<std::string, std::string> seen;
    for (const Example& example : texts) {
        const std::vector<std::string> words = words_of(example.text);
        for (size_t i = 0; i + 6 <= words.size(); ++i) {
            std::string run;
            for (size_t k = i; k < i + 6; ++k) {
                run += words[k] + " ";
            }
            const auto [at, fresh] = seen.emplace(run, example.id);
            INFO("'" << run << "' in " << example.id << " and " << at->second);
            CHECK((fresh || at->second == example.id));
        }
    }
}

TEST_CASE("no message holds an address of the net or a telephone number") {
    for (const Item& item : the_demo().items) {
        INFO(item.id);
        CHECK(item.text.find('@') == std::string::npos);
        CHECK(item.text.find("http") == std::string::npos);
        CHECK(item.text.find("www.") == std::string::npos);
        size_t digits = 0;
        for (const char c : item.text) {
            digits = c >= '0' && c <= '9' ? digits + 1 : 0;
            CHECK(digits < 6);
        }
    }
}
