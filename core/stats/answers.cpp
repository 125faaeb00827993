#include "core/stats/answers.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "core/base/check.h"

namespace countersign::stats {

AnswerTable::AnswerTable(const std::vector<Answer>& answers, size_t items, size_t reviewers, size_t labels)
    : answers_(answers, items, [](const Answer& answer) { return answer.item; }),
      reviewers_(reviewers),
      labels_(labels) {
    for (const Answer& answer : answers) {
        CS_CHECK(answer.reviewer < reviewers && answer.label < labels);
    }
}

std::vector<Answer> without_repeats(std::vector<Answer> answers, Repeats which) {
    std::vector<size_t> order(answers.size());
    std::iota(order.begin(), order.end(), size_t{0});
    const auto who = [&answers](size_t i) { return std::pair(answers[i].item, answers[i].reviewer); };
    std::ranges::sort(order, [&who](size_t a, size_t b) { return std::tuple(who(a), a) < std::tuple(who(b), b); });
    std::vector<size_t> kept;
    for (size_t i = 0; i < order.size(); ++i) {
        const bool same_before = i > 0 && who(order[i - 1]) == who(order[i]);
        if (!same_before) {
            kept.push_back(order[i]);
        } else if (which == Repeats::keep_last) {
            kept.back() = order[i];
        }
    }
    std::ranges::sort(kept);
    std::vector<Answer> out;
    out.reserve(kept.size());
    for (const size_t i : kept) {
        out.push_back(answers[i]);
    }
    return out;
}

}  // namespace countersign::stats
