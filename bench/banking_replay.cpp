// 5,000 customers' messages with a real model's predictions, through the real server: import, review a random part by
// its truth, certify, and let the tier approve the rest; then how many of the approved are truly wrong. Beside it the
// threshold that somebody would pick off the same reviews; and both again over 200 draws, without a server.
//
// Usage: banking_replay PROGRAM FOLDER DATA
//   PROGRAM is the built `countersign`; FOLDER is made and left; DATA has pool_v1.jsonl, pool_truth.jsonl, labels.json.

#include <cmath>
#include <cstdio>
#include <map>

#include "bench/crowd/reviewer.h"
#include "bench/crowd/served.h"
#include "bench/loopback.h"
#include "bench/replay/draws.h"
#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "core/json/number.h"
#include "core/json/writer.h"

namespace {

using namespace countersign;
using namespace countersign::bench;

constexpr const char* kPassword = "correct horse battery";
constexpr int kDraws = 200;

struct Setting {
    int64_t reviews = 0;
    Ppm max_error;
};

constexpr Setting kSettings[] = {
    {600, {20'000}}, {600, {50'000}}, {1'500, {20'000}}, {1'500, {50'000}}, {3'000, {20'000}}};

TierPromise promise_of(const Setting& setting) {
    TierPromise out;
    out.max_error = setting.max_error;
    out.confidence = Ppm{900'000};
    out.first_look = setting.reviews;
    return out;
}

// The share that draws so many of the pool, and some more: how many exactly is chance.
double share_of(const Setting& setting, const Pool& pool) {
    const auto n = static_cast<double>(setting.reviews);
    return (n + 3 * std::sqrt(n)) / static_cast<double>(pool.items.size());
}

std::string policy_of(const Pool& pool, const Setting& setting) {
    JsonWriter w;
    w.begin_object().member("format", "countersign-policy-1").member("name", "Bank").name("task").begin_object();
    w.member("type", "single_label").member("question", "What does the customer want?").end_object();
    w.name("labels").begin_array();
    for (const std::string& label : pool.labels) {
        w.begin_object().member("id", label).end_object();
    }
    w.end_array().name("tiers").begin_array().begin_object().member("id", "auto").member("kind", "auto");
    w.name("promise").begin_object().name("max_error").decimal(to_decimal(setting.max_error));
    w.name("confidence").decimal("0.9").member("first_look", setting.reviews);
    w.name("evidence_while_closed").decimal(fixed_text(share_of(setting, pool), 6));
    w.name("evidence_while_open").decimal("0.01").name("audit").decimal("0.05").end_object().end_object();
    w.begin_object().member("id", "quick").member("kind", "quick").end_object().end_array();
    w.name("routes").begin_array().begin_object().member("id", "all").member("when", "true").member("tier", "auto");
    w.end_object().end_array().end_object();
    return std::move(w).take();
}

std::string as_json(std::string_view method, Served& server, const std::string& target, std::string body = {}) {
    return server.as_owner(method, target, std::move(body), "application/json");
}

// Every item's record, by id.
std::map<std::string, Json> records(Served& server, const std::string& project) {
    std::map<std::string, Json> out;
    const std::string text = server.as_owner(
        "GET", concat("/api/v1/projects/", project, "/export?status=open,escalated,auto_approved,resolved"), "", "");
    for (size_t at = 0; at < text.size();) {
        const size_t end = text.find('\n', at);
        const Json record = parse_json(std::string_view(text).substr(at, end - at)).value();
        const std::string id = record.find("item")->text_of("id");
        out.insert_or_assign(id, record);
        at = end + 1;
    }
    return out;
}

std::string outcome_of(const Json& record) {
    return record.find("route")->find("promise")->text_of("outcome");
}

// Whoever was drawn is decided by the truth. Those whose truth is no news are accepted.
void review_evidence(Served& server, const Pool& pool, const std::string& project, const std::string& account) {
    Reviewer reviewer(server.endpoint(), account, kPassword, project);
    const std::map<std::string, Json> all = records(server, project);
    for (const PoolItem& item : pool.items) {
        if (outcome_of(all.at(item.id)) != "evidence") {
            continue;
        }
        ReviewDraft draft{.verdict = Verdict::accept, .active_ms = 1'000};
        if (!item.right()) {
            draft.verdict = Verdict::correct;
            draft.label = LabelId(item.truth);
        }
        reviewer.decide(item.id, std::move(draft));
    }
}

void print(const char* how, const Setting& setting, const std::string& threshold, const Taken& taken, size_t of) {
    std::printf("%-10s %7lld %8.2f %% %10s %8.1f %% %9.2f %%  %lld of %lld\n", how,
                static_cast<long long>(setting.reviews), setting.max_error.as_double() * 100, threshold.c_str(),
                100.0 * static_cast<double>(taken.items) / static_cast<double>(of), 100 * taken.error(),
                static_cast<long long>(taken.wrong), static_cast<long long>(taken.items));
}

// What the tier has promised about when nothing is left to be placed anew.
std::map<std::string, Json> settled_records(Served& server, const Pool& pool, const std::string& project,
                                            double threshold) {
    for (;;) {
        std::map<std::string, Json> all = records(server, project);
        size_t left = 0;
        for (const PoolItem& item : pool.items) {
            const bool waits = outcome_of(all.at(item.id)) == "closed";
            left += waits && item.confidence.as_double() >= threshold ? 1 : 0;
        }
        if (left == 0) {
            return all;
        }
    }
}

void live(Served& server, const Pool& pool, const Setting& setting, size_t number) {
    const std::string project = concat("bank-", number);
    const std::string account = concat("ada-", number);
    as_json("POST", server, "/api/v1/projects",
            concat(R"({"id":")", project, R"(","name":"","policy":)", policy_of(pool, setting), "}"));
    as_json("POST", server, "/api/v1/accounts",
            concat(R"({"account":")", account, R"(","role":"reviewer","password":")", kPassword, R"("})"));
    server.as_owner("POST", concat("/api/v1/projects/", project, "/predictions"), pool.lines, "application/jsonl");
    review_evidence(server, pool, project, account);
    std::map<std::string, Json> all = records(server, project);
    const Json board = parse_json(as_json("GET", server, concat("/api/v1/projects/", project, "/tiers"))).value();
    const Json& before = board.find("tiers")->array()->front();
    std::vector<PoolItem> reviewed;
    std::vector<PoolItem> rest;
    for (const PoolItem& item : pool.items) {
        (outcome_of(all.at(item.id)) == "evidence" ? reviewed : rest).push_back(item);
    }
    if (before.find("would_open_from") != nullptr) {
        const Json opened = parse_json(as_json("POST", server, concat("/api/v1/projects/", project, "/tiers/certify"),
                                               concat(R"({"tier":"auto","model":")", pool.model, R"("})")))
                                .value();
        const double threshold = as_double(*opened.find("threshold")).value();
        all = settled_records(server, pool, project, threshold);
        Taken promised;
        for (const PoolItem& item : rest) {
            const std::string outcome = outcome_of(all.at(item.id));
            if (outcome == "approved" || outcome == "audited") {
                ++promised.items;
                promised.wrong += item.right() ? 0 : 1;
            }
        }
        print("certified", setting, fixed_text(threshold, 4), promised, rest.size());
    } else {
        print("certified", setting, "closed", {}, rest.size());
        std::printf("           %s\n", before.text_of("missing").c_str());
    }
    reviewed.resize(std::min(reviewed.size(), static_cast<size_t>(setting.reviews)));
    const std::optional<Ppm> naive = naive_threshold(reviewed, setting.max_error);
    Taken taken;
    for (const PoolItem& item : rest) {
        if (naive && item.confidence >= *naive) {
            ++taken.items;
            taken.wrong += item.right() ? 0 : 1;
        }
    }
    print("naive", setting, naive ? fixed_text(naive->as_double(), 4) : "none", taken, rest.size());
}

void draws(const Pool& pool) {
    std::printf("\n%d draws of the reviews each, delta 0.1; shares of the items that were not reviewed\n", kDraws);
    std::printf("%-10s %7s %10s %8s %10s %10s %10s\n", "threshold", "reviews", "max error", "opened", "coverage",
                "true error", "broken");
    for (const Setting& setting : kSettings) {
        const Comparison found = compare_draws(pool, promise_of(setting), kDraws);
        for (const auto& [how, drawn] : {std::pair("certified", found.certified), std::pair("naive", found.naive)}) {
            std::printf("%-10s %7lld %8.2f %% %8.3f %8.1f %% %8.2f %% %10.3f\n", how,
                        static_cast<long long>(setting.reviews), setting.max_error.as_double() * 100,
                        static_cast<double>(drawn.opened) / kDraws, 100 * drawn.coverage, 100 * drawn.error,
                        static_cast<double>(drawn.broken) / kDraws);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        give_up("usage: banking_replay PROGRAM FOLDER DATA");
    }
    const Pool pool = read_pool(argv[3]);
    Served server(argv[1], argv[2]);
    std::printf("%zu items of model %s, through the server\n", pool.items.size(), pool.model.c_str());
    std::printf("%-10s %7s %10s %10s %10s %11s\n", "threshold", "reviews", "max error", "from", "coverage",
                "true error");
    size_t number = 0;
    for (const Setting& setting : kSettings) {
        live(server, pool, setting, number++);
    }
    draws(pool);
    return 0;
}
