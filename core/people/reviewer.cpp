#include "core/people/reviewer.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/stats/special.h"

namespace countersign::people {

namespace {

const Experience* experience_with(const Reviewer& reviewer, std::string_view kind) {
    const auto found = std::ranges::find(reviewer.experience, kind, &Experience::kind);
    return found == reviewer.experience.end() ? nullptr : &*found;
}

struct Beta {
    double right;
    double wrong;
};

Beta posterior(const Experience* with, const Crowd& crowd) {
    CS_CHECK(crowd.correctness > 0 && crowd.correctness < 1 && crowd.strength > 0);
    const double answers = with == nullptr ? 0 : with->answers;
    const double right = with == nullptr ? 0 : with->right;
    CS_CHECK(right >= 0 && right <= answers);
    return {right + (crowd.strength * crowd.correctness), answers - right + (crowd.strength * (1 - crowd.correctness))};
}

}  // namespace

double mean_correctness(const Reviewer& reviewer, std::string_view kind, const Crowd& crowd) {
    const Beta beta = posterior(experience_with(reviewer, kind), crowd);
    return beta.right / (beta.right + beta.wrong);
}

Correctness correctness(const Reviewer& reviewer, std::string_view kind, const Crowd& crowd) {
    const Experience* with = experience_with(reviewer, kind);
    const Beta beta = posterior(with, crowd);
    return {.mean = beta.right / (beta.right + beta.wrong),
            .low = stats::beta_quantile(0.05, beta.right, beta.wrong),
            .answers = with == nullptr ? 0 : with->answers};
}

double time_factor(const Reviewer& reviewer, std::string_view kind) {
    const Experience* with = experience_with(reviewer, kind);
    const double factor = with == nullptr ? 1 : with->time_factor;
    CS_CHECK(factor > 0);
    return factor;
}

std::optional<Instant> next_present(const Reviewer& reviewer, Instant now) {
    if (reviewer.present.empty()) {
        return now;
    }
    for (const Presence& presence : reviewer.present) {
        if (now < presence.until) {
            return std::max(now, presence.from);
        }
    }
    return std::nullopt;
}

}  // namespace countersign::people
