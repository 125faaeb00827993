#include "native/cli/stats/label_errors_text.h"

#include <algorithm>

#include "core/base/concat.h"
#include "native/cli/console.h"
#include "native/cli/stats/figures.h"

namespace countersign::native {

namespace {

using label_errors::Suspect;

constexpr size_t kMostPairs = 10;

std::string count(int64_t number) {
    return grouped(static_cast<uint64_t>(number));
}

const std::string& label_name(const LabelErrorOutcome& outcome, size_t label) {
    return outcome.named.labels.names()[label];
}

double probability(const LabelErrorOutcome& outcome, const Suspect& one, uint32_t label) {
    return outcome.named.probabilities[(one.item * outcome.named.labels.names().size()) + label];
}

struct Pair {
    size_t given;
    size_t truth;
    int64_t items;
};

// Most frequent first; of equal ones in the labels' order.
std::vector<Pair> pairs_of(const LabelErrorOutcome& outcome) {
    std::vector<Pair> out;
    const label_errors::PairCounts& estimated = outcome.found.estimated;
    for (size_t given = 0; given < estimated.labels(); ++given) {
        for (size_t truth = 0; truth < estimated.labels(); ++truth) {
            if (given != truth && estimated.at(given, truth) > 0) {
                out.push_back({given, truth, estimated.at(given, truth)});
            }
        }
    }
    std::ranges::stable_sort(out, std::ranges::greater(), &Pair::items);
    return out;
}

std::string pairs_text(const LabelErrorOutcome& outcome) {
    const std::vector<Pair> pairs = pairs_of(outcome);
    TextTable table;
    table.row({"given, rather", "items"});
    for (size_t i = 0; i < std::min(kMostPairs, pairs.size()); ++i) {
        table.row(
            {concat("  '", label_name(outcome, pairs[i].given), "', '", label_name(outcome, pairs[i].truth), '\''),
             count(pairs[i].items)});
    }
    return table.text();
}

std::string suspects_text(const LabelErrorOutcome& outcome, size_t most) {
    const auto& suspects = outcome.found.suspects;
    TextTable table;
    table.row({"item", "given", "p", "rather", "p"});
    for (size_t i = 0; i < std::min(most, suspects.size()); ++i) {
        const Suspect& one = suspects[i];
        table.row({concat("  ", outcome.named.items[one.item]), label_name(outcome, one.given),
                   fixed(probability(outcome, one, one.given), 4), label_name(outcome, one.likelier),
                   fixed(probability(outcome, one, one.likelier), 4)});
    }
    return table.text();
}

void write_suspect(JsonWriter& json, const LabelErrorOutcome& outcome, const Suspect& one) {
    json.begin_object().member("item", outcome.named.items[one.item]);
    json.member("given", label_name(outcome, one.given)).member("rather", label_name(outcome, one.likelier));
    member(json, "margin", one.margin);
    json.end_object();
}

}  // namespace

std::string label_errors_text(const LabelErrorOutcome& outcome, size_t most) {
    const size_t items = outcome.named.items.size();
    const int64_t wrong = outcome.found.estimated.wrong();
    std::string out =
        concat(grouped(items), " items, ", outcome.named.labels.names().size(), " labels; about ", count(wrong),
               " given labels are wrong (", percent(static_cast<double>(wrong) / static_cast<double>(items)), ")\n");
    if (wrong > 0) {
        out += concat('\n', pairs_text(outcome));
    }
    if (!outcome.found.suspects.empty()) {
        out += concat("\nto look at, most suspicious first: ", grouped(std::min(most, outcome.found.suspects.size())),
                      " of ", grouped(outcome.found.suspects.size()), '\n', suspects_text(outcome, most));
    }
    return out;
}

std::string label_errors_json(const LabelErrorOutcome& outcome) {
    JsonWriter json;
    json.begin_object().member("items", static_cast<int64_t>(outcome.named.items.size()));
    json.member("estimated_wrong", outcome.found.estimated.wrong()).name("thresholds").begin_object();
    for (size_t label = 0; label < outcome.found.thresholds.size(); ++label) {
        member(json, label_name(outcome, label), outcome.found.thresholds[label]);
    }
    json.end_object().name("pairs").begin_array();
    for (const Pair& pair : pairs_of(outcome)) {
        json.begin_object().member("given", label_name(outcome, pair.given));
        json.member("rather", label_name(outcome, pair.truth)).member("items", pair.items).end_object();
    }
    json.end_array().name("suspects").begin_array();
    for (const Suspect& one : outcome.found.suspects) {
        write_suspect(json, outcome, one);
    }
    return std::move(json.end_array().end_object()).take() + '\n';
}

std::string label_errors_csv(const LabelErrorOutcome& outcome) {
    std::string out = "item,given,rather,margin\n";
    for (const Suspect& one : outcome.found.suspects) {
        out += concat(csv_field(outcome.named.items[one.item]), ',', csv_field(label_name(outcome, one.given)), ',',
                      csv_field(label_name(outcome, one.likelier)), ',', fixed(one.margin, 6), '\n');
    }
    return out;
}

}  // namespace countersign::native
