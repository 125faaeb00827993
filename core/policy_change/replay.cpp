#include "core/policy_change/replay.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/number_text.h"

namespace countersign::policy_change {

namespace {

// Due times are compared as if all items arrived at the same moment.
constexpr Instant kArrival{0};

std::vector<Move> sorted(const std::map<std::pair<std::string, std::string>, Move>& moves) {
    std::vector<Move> out;
    for (const auto& [key, move] : moves) {
        out.push_back(move);
    }
    std::stable_sort(out.begin(), out.end(), [](const Move& a, const Move& b) { return a.items > b.items; });
    return out;
}

void write_moves(JsonWriter& w, std::string_view name, const std::vector<Move>& moves, Examples examples) {
    w.name(name).begin_array();
    for (const Move& move : moves) {
        w.begin_object().member("from", move.from).member("to", move.to);
        w.member("items", static_cast<int64_t>(move.items));
        if (examples == Examples::with) {
            w.name("examples").begin_array();
            for (const ItemId& item : move.examples) {
                w.text(item.text);
            }
            w.end_array();
        }
        w.end_object();
    }
    w.end_array();
}

}  // namespace

void Replay::count(Moves& moves, std::string from, std::string to, const RoutedItem& item) {
    Move& move = moves[{from, to}];
    move.from = std::move(from);
    move.to = std::move(to);
    ++move.items;
    if (move.examples.size() < Move::kExamples) {
        move.examples.emplace_back(std::string(item.id));
    }
}

void Replay::take(const RoutedItem& item, const Prediction& prediction) {
    if (policy_after_.label(prediction.label) == nullptr) {
        ++unknown_labels_;
        return;
    }
    ++compared_;
    const RouteTaken was = before_.route(item, prediction, kArrival);
    const RouteTaken is = after_.route(item, prediction, kArrival);
    if (was.route != is.route) {
        count(routes_, was.route, is.route, item);
    }
    if (was.tier != is.tier) {
        count(tiers_, was.tier, is.tier, item);
    } else if (was.kind != is.kind) {
        const auto with_kind = [](const RouteTaken& taken) {
            return concat(taken.tier, " (", tier_kind_name(taken.kind), ')');
        };
        count(tiers_, with_kind(was), with_kind(is), item);
    } else if (was.due != is.due || was.reviewers != is.reviewers || was.late_waits != is.late_waits) {
        ++other_terms_;
    }
}

uint64_t Replay::moved() const {
    uint64_t out = 0;
    for (const auto& [key, move] : tiers_) {
        out += move.items;
    }
    return out;
}

std::vector<Move> Replay::tier_moves() const {
    return sorted(tiers_);
}

std::vector<Move> Replay::route_moves() const {
    return sorted(routes_);
}

std::string replay_in_words(const Replay& replay) {
    std::string out = replay.moved() == 0 ? std::string("none of ") : concat(grouped(replay.moved()), " of ");
    out += concat(grouped(replay.compared()), " would move");
    std::string_view before = ": ";
    for (const Move& move : replay.tier_moves()) {
        out += concat(before, grouped(move.items), " from ", move.from, " to ", move.to);
        before = ", ";
    }
    if (replay.other_terms() != 0) {
        out +=
            concat("; ", grouped(replay.other_terms()),
                   " would stay in their tier with another due time, number of reviewers or rule for late decisions");
    }
    if (replay.unknown_labels() != 0) {
        out += concat("; ", grouped(replay.unknown_labels()), " not compared: the changed policy lacks their label");
    }
    if (replay.erased() != 0) {
        out += concat("; ", grouped(replay.erased()), " not compared: their text was erased");
    }
    return out;
}

void write_replay(JsonWriter& w, const Replay& replay, Examples examples) {
    w.begin_object().member("words", replay_in_words(replay));
    w.member("compared", static_cast<int64_t>(replay.compared()));
    w.member("moved", static_cast<int64_t>(replay.moved()));
    write_moves(w, "tiers", replay.tier_moves(), examples);
    write_moves(w, "routes", replay.route_moves(), examples);
    w.member("other_terms", static_cast<int64_t>(replay.other_terms()));
    w.member("unknown_labels", static_cast<int64_t>(replay.unknown_labels()));
    w.member("erased", static_cast<int64_t>(replay.erased())).end_object();
}

}  // namespace countersign::policy_change
