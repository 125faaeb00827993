#include "tests/support/sample_logs.h"

#include <algorithm>

#include "core/base/concat.h"

namespace countersign::testing {

namespace {

void old_log(LogMaker& maker) {
    maker.begin(1);
    std::vector<CommittedText> texts;
    for (int i = 1; i <= 5; ++i) {
        texts.push_back(maker.item(concat("old-", i), 1));
        maker.old_review(concat("old-", i));
    }
    maker.text(texts[0], kDocumentDomain);
    maker.checkpoint();
    maker.item("old-6", 1);
    maker.text(texts[1], kDocumentDomain);
    maker.checkpoint();
}

void mixed_log(LogMaker& maker) {
    maker.begin(1);
    const CommittedText first = maker.item("a-1", 1);
    maker.old_review("a-1");
    maker.text(first, kDocumentDomain);
    maker.checkpoint();  // 3
    const CommittedText second = maker.item("a-2");
    MadeStream ada = maker.open_stream("ada");
    MadeStream ben = maker.open_stream("ben");
    const auto words =
        maker.push(ada, {{"a-2", "Too dark to see."}, {"a-1", {}}, {"a-2", "Second look: \"a pole\".\n"}});
    maker.push(ben, {{"a-2", {}}});
    maker.text(words[0], kRationaleDomain);
    maker.checkpoint();  // 10
    const MadeStream copied = ada;
    maker.push(ada, {{"a-1", {}}, {"a-2", {}}});
    maker.unreadable(ben, false);
    maker.push(ben, {{"a-1", {}}});
    maker.leaf({.type = "something_new", .body = R"({"deep":[{"er":{"text":null}}],"n":-1})"});
    MadeStream copy = copied;
    maker.forked(copy, copied.seq + 1);
    const auto more = maker.push(copy, {{"a-1", "From the copied device."}, {"a-2", {}}});
    maker.checkpoint();  // 18
    maker.start_epoch(1'790'000'100'000);
    maker.text(words[1], kRationaleDomain);
    maker.item("a-3");
    maker.erase({second.commitment, more[0].commitment});
    MadeStream again = maker.open_stream("ada", ada.name);
    maker.unreadable(again, true);
    maker.push(again, {{"a-3", {}}});
    maker.checkpoint();  // 24
}

void waiting_log(LogMaker& maker) {
    constexpr std::string_view kWaits = "operation_quarantined";
    maker.begin(1);
    maker.item("a-1", 1);
    MadeStream old = maker.old_stream("ada", 40);
    maker.item("a-2");
    maker.old_operation(old, "a-1");  // 4
    maker.old_operation(old, "a-2");
    maker.checkpoint();  // 5
    MadeStream ben = maker.open_stream("ben");
    maker.push(ben, {{"a-1", {}, maker.seen()}});  // 7
    maker.without_effect(ben, {"a-1", {}, {}, "ada"}, kWaits);
    maker.without_effect(ben, {"a-2", {}}, "operation_repeated");
    const MadeStream before = ben;
    maker.push(ben, {{"a-2", {}}, {"a-2", {}}});  // 10, 11
    maker.checkpoint();
    const std::string lost = maker.seen();
    MadeStream copy = before;
    maker.forked(copy, copy.seq + 1);
    maker.push(copy, {{"a-1", {}}});  // 13
    MadeStream another = copy;
    maker.push(copy, {{"a-1", {}}});
    maker.push(another, {{"a-1", {}}});  // 15
    MadeStream eve = maker.open_stream("eve");
    maker.without_effect(eve, {"a-1", {}}, kWaits);  // 17
    maker.without_effect(eve, {"a-2", {}}, kWaits);
    maker.leaf({.type = "quarantine_settled", .body = R"({"admitted":true,"hash":"","op":""})", .actor = "lea"});
    maker.start_epoch(1'790'000'200'000);  // 20
    // Of a checkpoint that came behind what the server was put back to; and of one that is here.
    std::string further = lost;
    further.replace(further.find(R"("size":11)"), 9, R"("size":25)");
    maker.push(ben, {{"a-2", {}, further}, {"a-1", {}, lost}});  // 21, 22
    maker.checkpoint();
}

void example_log(LogMaker& maker) {
    maker.begin();
    maker.text(maker.item("msg-17"), kDocumentDomain);
    MadeStream ada = maker.open_stream("ada");
    for (const CommittedText& text : maker.push(ada, {{"msg-17", "It is the drain, not the lamp."}})) {
        maker.text(text, kRationaleDomain);
    }
    maker.checkpoint();
}

}  // namespace

std::vector<BundlePart> sample_log(std::string_view name) {
    std::vector<BundlePart> parts;
    LogMaker maker(name == "other" ? 2 : 1, [&](BundlePart part) { parts.push_back(std::move(part)); });
    if (name == "v1") {
        old_log(maker);
    } else if (name == "example") {
        example_log(maker);
    } else if (name == "waiting") {
        waiting_log(maker);
    } else if (name == "one") {
        maker.begin();
        maker.checkpoint();
    } else {
        CS_CHECK(name == "mixed" || name == "other");
        mixed_log(maker);
    }
    return parts;
}

std::vector<BundlePart> random_log(uint64_t seed) {
    std::vector<BundlePart> parts;
    LogMaker maker(seed, [&](BundlePart part) { parts.push_back(std::move(part)); });
    SeededEntropy& dice = maker.entropy;
    maker.begin();
    maker.item("a-0");
    std::vector<MadeStream> streams;
    uint64_t epoch = 1;
    const int steps = 3 + dice.below(30);
    for (int step = 0; step < steps; ++step) {
        switch (dice.below(6)) {
            case 0: streams.push_back(maker.open_stream(concat("account-", dice.below(3)))); break;
            case 1: maker.text(maker.item(concat("a-", step)), kDocumentDomain); break;
            case 2: maker.erase({maker.item(concat("e-", step)).commitment}); break;
            case 3: maker.start_epoch(epoch += 1 + dice.below(uint64_t{5})); break;
            default: break;
        }
        if (!streams.empty()) {
            MadeStream& stream = streams[dice.below(streams.size())];
            const MadeStream before = stream;
            std::vector<LogMaker::Review> reviews(1 + dice.below(size_t{3}),
                                                  {"a-0", dice.below(2) == 0 ? "Because." : ""});
            for (const CommittedText& text : maker.push(stream, reviews)) {
                maker.text(text, kRationaleDomain);
            }
            if (dice.below(5) == 0) {
                maker.unreadable(stream, true);
            }
            if (dice.below(8) == 0) {
                MadeStream copy = before;
                maker.push(copy, reviews);
                maker.forked(copy, before.seq + 1);
            }
        }
        if (dice.below(3) == 0) {
            maker.checkpoint();
            maker.leaf({.type = "policy_activated", .body = R"({"version":2})"});
        }
    }
    maker.checkpoint();
    return parts;
}

void large_log(uint64_t leaves, uint64_t push, const LogMaker::Sink& sink) {
    LogMaker maker(leaves, sink);
    maker.begin();
    std::vector<MadeStream> streams;
    streams.reserve(20);
    for (int i = 0; i < 20; ++i) {
        streams.push_back(maker.open_stream(concat("reviewer-", i)));
    }
    uint64_t last_checkpoint = 0;
    uint64_t items = 0;
    for (uint64_t round = 0; maker.size() < leaves; ++round) {
        const uint64_t left = leaves - maker.size();
        std::vector<LogMaker::Review> reviews;
        for (uint64_t i = 0; i < std::min(push, left); ++i) {
            const std::string id = concat("item-", ++items);
            if (items % 4 == 0 && left > 2 * push) {
                maker.text(maker.item(id), kDocumentDomain);
            }
            reviews.push_back({id, items % 3 == 0 ? "The lamp in front of number 12 has been dark since Monday." : ""});
        }
        while (reviews.size() > leaves - maker.size()) {
            reviews.pop_back();
        }
        for (const CommittedText& text : maker.push(streams[round % streams.size()], reviews)) {
            maker.text(text, kRationaleDomain);
        }
        if (maker.size() - last_checkpoint >= 100 || maker.size() >= leaves) {
            maker.checkpoint();
            last_checkpoint = maker.size();
        }
    }
}

}  // namespace countersign::testing
