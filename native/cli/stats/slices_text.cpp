#include "native/cli/stats/slices_text.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "core/slices/fisher.h"
#include "core/stats/elementary.h"
#include "native/cli/console.h"
#include "native/cli/stats/figures.h"

namespace countersign::native {

namespace {

using slices::Confirmation;
using slices::Slice;

std::string count(int64_t number) {
    return grouped(static_cast<uint64_t>(number));
}

std::string p_text(double p) {
    return p < 1e-300 ? "< 1e-300" : rounded_text(p, 2);
}

// Over every conjunction that there is (Bonferroni): the best of so many.
double adjusted_p(const SlicesOutcome& outcome, const Slice& slice) {
    const double log_p =
        slices::log_fisher_greater({outcome.found.items, outcome.found.errors, slice.size, slice.errors});
    return std::min(1.0, stats::exp(log_p + stats::log(outcome.found.conjunctions)));
}

const Confirmation* confirmation_of(const SlicesOutcome& outcome, const Slice& slice) {
    const auto found = std::ranges::find_if(
        outcome.confirmed.slices, [&](const Confirmation& one) { return one.found.literals == slice.literals; });
    return found == outcome.confirmed.slices.end() ? nullptr : &*found;
}

void write_counts(JsonWriter& json, const Slice& slice) {
    json.member("items", slice.size).member("wrong", slice.errors);
    member(json, "score", slice.score);
}

void write_slice(JsonWriter& json, const SlicesOutcome& outcome, size_t i) {
    const Slice& slice = outcome.found.slices[i];
    json.begin_object().member("slice", name_of(outcome.columns, slice.literals)).name("where").begin_object();
    for (const slices::Literal& literal : slice.literals) {
        const slices::Column& column = outcome.columns[literal.column];
        json.member(column.name, column.values[literal.value]);
    }
    write_counts(json.end_object(), slice);
    member(json, "p_adjusted", adjusted_p(outcome, slice));
    if (!outcome.stability.empty()) {
        member(json, "stability", outcome.stability[i]);
    }
    json.end_object();
}

void write_confirmation(JsonWriter& json, const SlicesOutcome& outcome, const Confirmation& one) {
    json.begin_object().member("slice", name_of(outcome.columns, one.found.literals));
    write_counts(json.name("found").begin_object(), one.found);
    write_counts(json.end_object().name("seen").begin_object(), one.seen);
    json.end_object();
    member(json, "log_p", one.log_p);
    member(json, "p_holm", one.p_holm);
    json.end_object();
}

}  // namespace

std::string slices_text(const SlicesOutcome& outcome) {
    const slices::Found& found = outcome.found;
    std::string out =
        concat(count(found.items), " items, ", count(found.errors), " of them wrong (",
               percent(static_cast<double>(found.errors) / static_cast<double>(found.items)), "); ",
               outcome.columns.size(), " columns; slices of ", count(found.least_items), " items or more\n");
    if (found.slices.empty()) {
        return out + "no slice errs more than all\n";
    }
    TextTable table;
    table.row({"slice", "score", "items", "wrong", "stability", "p", "confirmed"});
    for (size_t i = 0; i < found.slices.size(); ++i) {
        const Slice& slice = found.slices[i];
        const Confirmation* confirmed = confirmation_of(outcome, slice);
        table.row({concat("  ", name_of(outcome.columns, slice.literals)), fixed(slice.score, 4), count(slice.size),
                   percent(slice.error_rate()), outcome.stability.empty() ? "-" : fixed(outcome.stability[i], 2),
                   p_text(adjusted_p(outcome, slice)), confirmed == nullptr ? "-" : p_text(confirmed->p_holm)});
    }
    const auto holding =
        std::ranges::count_if(outcome.confirmed.slices, [](const Confirmation& one) { return one.p_holm <= 0.05; });
    return concat(out, '\n', table.text(), "p: Fisher's exact test, over all ", fixed(found.conjunctions, 0),
                  " conjunctions of values; confirmed: found in one half,\np of the other, over the ",
                  outcome.confirmed.slices.size(), " found there; of these ", holding, " hold at 0.05\n");
}

std::string slices_json(const SlicesOutcome& outcome) {
    JsonWriter json;
    json.begin_object().member("items", outcome.found.items).member("wrong", outcome.found.errors);
    json.member("least_items", outcome.found.least_items).member("evaluated", outcome.found.evaluated);
    member(json, "conjunctions", outcome.found.conjunctions);
    json.member("seed", static_cast<int64_t>(outcome.seed)).name("slices").begin_array();
    for (size_t i = 0; i < outcome.found.slices.size(); ++i) {
        write_slice(json, outcome, i);
    }
    json.end_array().name("confirmed").begin_array();
    for (const Confirmation& one : outcome.confirmed.slices) {
        write_confirmation(json, outcome, one);
    }
    return std::move(json.end_array().end_object()).take() + '\n';
}

}  // namespace countersign::native
