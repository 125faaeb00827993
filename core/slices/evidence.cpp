#include "core/slices/evidence.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/base/check.h"
#include "core/gate/several.h"
#include "core/slices/fisher.h"
#include "core/slices/item_set.h"
#include "core/stats/elementary.h"
#include "core/stats/random.h"

namespace countersign::slices {

namespace {

constexpr double kSame = 0.8;

struct Part {
    std::vector<Column> columns;
    std::vector<Outcome> outcomes;
};

// Some of the items, in this order; one may stand there twice.
Part take(std::span<const Column> columns, std::span<const Outcome> outcomes, std::span<const size_t> items) {
    Part out;
    for (const Column& column : columns) {
        Column& taken = out.columns.emplace_back(Column{.name = column.name, .values = column.values, .of_item = {}});
        taken.of_item.reserve(items.size());
        for (const size_t item : items) {
            taken.of_item.push_back(column.of_item[item]);
        }
    }
    out.outcomes.reserve(items.size());
    for (const size_t item : items) {
        out.outcomes.push_back(outcomes[item]);
    }
    return out;
}

bool is_in(std::span<const Column> columns, const Slice& slice, size_t item) {
    return std::ranges::all_of(
        slice.literals, [&](const Literal& literal) { return columns[literal.column].of_item[item] == literal.value; });
}

ItemSet items_of(std::span<const Column> columns, const Slice& slice, size_t items) {
    ItemSet out(items);
    for (size_t item = 0; item < items; ++item) {
        if (is_in(columns, slice, item)) {
            out.insert(item);
        }
    }
    return out;
}

Slice seen_in(const Part& part, const Slice& slice, int64_t errors, double alpha) {
    Slice out{.literals = slice.literals, .score = -std::numeric_limits<double>::infinity()};
    for (size_t item = 0; item < part.outcomes.size(); ++item) {
        if (is_in(part.columns, slice, item)) {
            ++out.size;
            out.errors += part.outcomes[item] == Outcome::wrong ? 1 : 0;
        }
    }
    if (out.size > 0 && errors > 0) {
        out.score = score_of({static_cast<int64_t>(part.outcomes.size()), errors, out.size, out.errors}, alpha);
    }
    return out;
}

}  // namespace

Confirmed confirm_slices(std::span<const Column> columns, std::span<const Outcome> outcomes, uint64_t seed,
                         const SearchOptions& options) {
    std::vector<size_t> order(outcomes.size());
    std::iota(order.begin(), order.end(), size_t{0});
    stats::Random random(seed);
    random.shuffle(order);
    const size_t half = order.size() / 2;
    const Part first = take(columns, outcomes, std::span(order).first(half));
    const Part second = take(columns, outcomes, std::span(order).subspan(half));
    const auto wrong = std::ranges::count(second.outcomes, Outcome::wrong);
    Confirmed out{.found_items = static_cast<int64_t>(half),
                  .seen_items = static_cast<int64_t>(second.outcomes.size()),
                  .slices = {}};
    std::vector<double> p;
    for (Slice& slice : find_slices(first.columns, first.outcomes, options).slices) {
        Slice seen = seen_in(second, slice, wrong, options.alpha);
        const double log_p = log_fisher_greater({out.seen_items, wrong, seen.size, seen.errors});
        p.push_back(stats::exp(log_p));
        out.slices.push_back({.found = std::move(slice), .seen = std::move(seen), .log_p = log_p});
    }
    const std::vector<double> adjusted = gate::holm(p);
    for (size_t i = 0; i < adjusted.size(); ++i) {
        out.slices[i].p_holm = adjusted[i];
    }
    return out;
}

std::vector<double> stability_of(std::span<const Slice> slices, std::span<const Column> columns,
                                 std::span<const Outcome> outcomes, const Bootstrap& bootstrap,
                                 const SearchOptions& options) {
    CS_CHECK(bootstrap.samples >= 1);
    std::vector<ItemSet> sets;
    sets.reserve(slices.size());
    for (const Slice& slice : slices) {
        sets.push_back(items_of(columns, slice, outcomes.size()));
    }
    std::vector<double> out(slices.size(), 0);
    stats::Random random(bootstrap.seed);
    std::vector<size_t> drawn(outcomes.size());
    for (size_t sample = 0; sample < bootstrap.samples && !slices.empty(); ++sample) {
        for (size_t& item : drawn) {
            item = static_cast<size_t>(random.below(outcomes.size()));
        }
        const Part part = take(columns, outcomes, drawn);
        std::vector<ItemSet> again;
        for (const Slice& slice : find_slices(part.columns, part.outcomes, options).slices) {
            again.push_back(items_of(columns, slice, outcomes.size()));
        }
        for (size_t i = 0; i < sets.size(); ++i) {
            const bool found = std::ranges::any_of(again, [&](const ItemSet& other) {
                const auto common = static_cast<double>(sets[i].common(other));
                const auto either = static_cast<double>(sets[i].size() + other.size()) - common;
                return common > kSame * either;
            });
            out[i] += found ? 1.0 / static_cast<double>(bootstrap.samples) : 0;
        }
    }
    return out;
}

}  // namespace countersign::slices
