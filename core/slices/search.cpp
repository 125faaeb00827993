#include "core/slices/search.h"

#include <algorithm>
#include <limits>

#include "core/base/check.h"
#include "core/slices/item_set.h"

namespace countersign::slices {

namespace {

constexpr int64_t kLeastOfAll = 32;
constexpr int64_t kShareOfItems = 100;

struct Value {
    Literal literal;
    ItemSet items;
    int64_t size = 0;
    int64_t errors = 0;
};

bool is_before(const Slice& a, const Slice& b) {
    if (a.score != b.score) {
        return a.score > b.score;
    }
    return a.size != b.size ? a.size > b.size : a.literals < b.literals;
}

class Searcher {
public:
    Searcher(std::span<const Column> columns, std::span<const Outcome> outcomes, const SearchOptions& options)
        : options_(options), wrong_(outcomes.size()), slice_(outcomes.size()), inner_(outcomes.size()) {
        found_.items = static_cast<int64_t>(outcomes.size());
        found_.least_items =
            options.least_items > 0 ? options.least_items : std::max(kLeastOfAll, found_.items / kShareOfItems);
        for (size_t i = 0; i < outcomes.size(); ++i) {
            if (outcomes[i] == Outcome::wrong) {
                wrong_.insert(i);
                ++found_.errors;
            }
        }
        add_values(columns);
    }

    Found run() {
        if (found_.errors == 0 || found_.errors == found_.items) {
            return std::move(found_);
        }
        std::vector<Slice> level;
        for (const Value& value : values_) {
            level.push_back({{value.literal}, value.size, value.errors, score(value.size, value.errors)});
            ++found_.evaluated;
            offer(level.back());
        }
        for (size_t literals = 2; literals <= options_.most_literals && !level.empty(); ++literals) {
            level = next_level(level);
        }
        return std::move(found_);
    }

private:
    void add_values(std::span<const Column> columns) {
        std::vector<double> ways(options_.most_literals + 1, 0);  // conjunctions by their number of values
        ways[0] = 1;
        for (uint32_t c = 0; c < columns.size(); ++c) {
            CS_CHECK(columns[c].of_item.size() == static_cast<size_t>(found_.items));
            std::vector<Value> values;
            for (uint32_t v = 0; v < columns[c].values.size(); ++v) {
                values.push_back({{c, v}, ItemSet(columns[c].of_item.size())});
            }
            for (size_t i = 0; i < columns[c].of_item.size(); ++i) {
                values.at(columns[c].of_item[i]).items.insert(i);
            }
            const size_t before = values_.size();
            for (Value& value : values) {
                value.size = value.items.size();
                value.errors = value.items.common(wrong_);
                if (value.size >= found_.least_items) {
                    values_.push_back(std::move(value));
                }
            }
            for (size_t literals = options_.most_literals; literals > 0; --literals) {
                ways[literals] += ways[literals - 1] * static_cast<double>(values_.size() - before);
            }
        }
        for (size_t literals = 1; literals < ways.size(); ++literals) {
            found_.conjunctions += ways[literals];
        }
    }

    double score(int64_t size, int64_t errors) const {
        return score_of({found_.items, found_.errors, size, errors}, options_.alpha);
    }

    // No slice of at most so many items and errors has a higher score: it rises with its size as long as all are wrong,
    // and is monotone after that.
    double bound(int64_t size, int64_t errors) const {
        if (size < found_.least_items) {
            return -std::numeric_limits<double>::infinity();
        }
        const int64_t all_wrong = std::clamp(errors, found_.least_items, size);
        return std::max(score(all_wrong, std::min(errors, all_wrong)), score(size, errors));
    }

    bool is_hopeless(double bound) const {
        return bound <= 0 || (found_.slices.size() >= options_.top && bound < found_.slices.back().score);
    }

    void offer(const Slice& slice) {
        if (slice.score <= 0 || options_.top == 0) {
            return;
        }
        found_.slices.insert(std::ranges::upper_bound(found_.slices, slice, is_before), slice);
        if (found_.slices.size() > options_.top) {
            found_.slices.pop_back();
        }
    }

    // The slice's items, into slice_.
    void gather(const Slice& slice) {
        const auto items_of = [this](const Literal& literal) -> const ItemSet& {
            return std::ranges::lower_bound(values_, literal, {}, &Value::literal)->items;
        };
        slice_ = items_of(slice.literals.front());
        for (size_t i = 1; i < slice.literals.size(); ++i) {
            slice_.assign_common(slice_, items_of(slice.literals[i]));
        }
    }

    std::vector<Slice> next_level(const std::vector<Slice>& level) {
        std::vector<Slice> out;
        for (const Slice& parent : level) {
            if (is_hopeless(bound(parent.size, parent.errors))) {
                continue;
            }
            gather(parent);
            for (const Value& value : values_) {
                if (value.literal.column <= parent.literals.back().column ||
                    is_hopeless(bound(std::min(parent.size, value.size), std::min(parent.errors, value.errors)))) {
                    continue;
                }
                inner_.assign_common(slice_, value.items);
                ++found_.evaluated;
                const int64_t size = inner_.size();
                if (size < found_.least_items) {
                    continue;
                }
                const int64_t errors = inner_.common(wrong_);
                Slice slice{parent.literals, size, errors, score(size, errors)};
                slice.literals.push_back(value.literal);
                offer(slice);
                out.push_back(std::move(slice));
            }
        }
        return out;
    }

    SearchOptions options_;
    Found found_;
    ItemSet wrong_;
    ItemSet slice_;
    ItemSet inner_;
    std::vector<Value> values_;  // with enough items, by literal
};

}  // namespace

double score_of(const SliceCounts& counts, double alpha) {
    const auto items = static_cast<double>(counts.items);
    const auto size = static_cast<double>(counts.size);
    const double rate = static_cast<double>(counts.slice_errors) / size;
    const double mean = static_cast<double>(counts.errors) / items;
    return (alpha * ((rate / mean) - 1)) - ((1 - alpha) * ((items / size) - 1));
}

Found find_slices(std::span<const Column> columns, std::span<const Outcome> outcomes, const SearchOptions& options) {
    CS_CHECK(options.alpha > 0 && options.alpha <= 1 && options.most_literals >= 1 && options.least_items >= 0);
    return Searcher(columns, outcomes, options).run();
}

}  // namespace countersign::slices
