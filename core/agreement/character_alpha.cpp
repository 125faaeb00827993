// Alpha over characters without going over them: between two ends of spans all characters of a text have the same
// counts, and a text enters by its sums.

#include <algorithm>

#include "core/agreement/resampling.h"
#include "core/agreement/span_sets.h"
#include "core/agreement/spans.h"
#include "core/stats/random.h"

namespace countersign::agreement {

namespace {

struct TextSums {
    double observed = 0;  // D_o of core/agreement/alpha.h
    double marked = 0;    // answers of reviewers who marked a character
    double answers = 0;
    double characters = 0;

    void add(const TextSums& other) {
        observed += other.observed;
        marked += other.marked;
        answers += other.answers;
        characters += other.characters;
    }

    double expected() const { return 2 * marked * (answers - marked); }

    double alpha() const { return 1 - ((answers - 1) * observed / expected()); }
};

TextSums sums_of(const MarkedText& text) {
    struct End {
        uint32_t at;
        int change;
    };

    std::vector<End> ends;
    for (const auto& review : text.reviews) {
        for (const MarkedSpan& span : merged(within_text(review, text.length), Labels::together)) {
            ends.push_back({span.begin, 1});
            ends.push_back({span.end, -1});
        }
    }
    std::ranges::sort(ends, {}, &End::at);
    const auto reviews = static_cast<double>(text.reviews.size());
    TextSums out{0, 0, reviews * text.length, static_cast<double>(text.length)};
    double marking = 0;
    uint32_t from = 0;
    for (const End& end : ends) {
        const double characters = end.at - from;
        out.observed += characters * 2 * marking * (reviews - marking) / (reviews - 1);
        out.marked += characters * marking;
        marking += end.change;
        from = end.at;
    }
    return out;
}

std::vector<double> influence_of(const std::vector<TextSums>& texts, const TextSums& all) {
    const double ratio = all.observed / all.expected();
    std::vector<double> out;
    out.reserve(texts.size());
    for (const TextSums& text : texts) {
        const double expected =
            2 * ((text.marked * (all.answers - all.marked)) + (all.marked * (text.answers - text.marked)));
        const double change = (all.answers - 1) * (text.observed - (ratio * expected)) / all.expected();
        out.push_back(-((text.answers * ratio) + change));
    }
    return out;
}

}  // namespace

CharacterAlpha character_alpha(std::span<const MarkedText> texts, const BootstrapOptions& options) {
    std::vector<TextSums> sums;
    TextSums all;
    for (const MarkedText& text : texts) {
        if (text.reviews.size() >= 2 && text.length > 0) {
            sums.push_back(sums_of(text));
            all.add(sums.back());
        }
    }
    if (sums.empty()) {
        return {};
    }
    if (all.expected() <= 0) {
        return {Undefined::one_value_only, Undefined::one_value_only};
    }
    const double n = all.answers;
    const Alpha alpha{all.alpha(), all.observed / n, all.expected() / (n * (n - 1)),
                      static_cast<size_t>(all.characters), static_cast<size_t>(n)};
    if (sums.size() == 1) {
        return {alpha, Undefined::single_unit};
    }
    stats::Random random(options.seed);
    std::vector<double> draws;
    for (uint32_t draw = 0; draw < options.resamples; ++draw) {
        TextSums drawn;
        for (size_t i = 0; i < sums.size(); ++i) {
            drawn.add(sums[static_cast<size_t>(random.below(sums.size()))]);
        }
        if (drawn.expected() > 0) {
            draws.push_back(drawn.alpha());
        }
    }
    const std::vector<double> once(sums.size(), 1);
    const double skew = acceleration(influence_of(sums, all), once);
    return {alpha, summarise(std::move(draws), alpha.value, skew, options)};
}

}  // namespace countersign::agreement
