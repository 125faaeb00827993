#include "core/certificate/weighted.h"

#include <algorithm>
#include <vector>

#include "core/base/concat.h"
#include "core/certificate/graded.h"
#include "core/certificate/plan.h"

namespace countersign::certificate {

namespace {

// The first start asks for so many times the reviews that equal propensities would need: a constant, because a number
// that depended on the sample's weights would depend on what was drawn.
constexpr int64_t kFirstStart = 2;

double weight_of(const WeightedJudged& one, const WeightedRule& rule) {
    return rule.least.as_double() / one.propensity.as_double();
}

Status check(std::span<const WeightedJudged> judged, const WeightedRule& rule, const Request& request) {
    if (request.search.method != Method::fixed_sequence) {
        return fail(ErrorCode::invalid_argument,
                    concat("reviews with different propensities are certified by fixed sequences only, not by ",
                           name_of(request.search.method)),
                    "method");
    }
    if (rule.least.value <= 0) {
        return fail(ErrorCode::invalid_argument, "the least propensity must be above 0", "propensity");
    }
    const auto below =
        std::ranges::find_if(judged, [&](const WeightedJudged& one) { return one.propensity < rule.least; });
    if (below != judged.end()) {
        return fail(ErrorCode::invalid_argument,
                    concat("a propensity of ", to_decimal(below->propensity),
                           " lies below the least that was declared, ", to_decimal(rule.least)),
                    "propensity");
    }
    return success();
}

std::vector<GradedJudged> losses_of(std::span<const WeightedJudged> judged, const WeightedRule& rule, double epsilon) {
    std::vector<GradedJudged> out;
    out.reserve(judged.size());
    for (const WeightedJudged& one : judged) {
        const double wrong = one.finding == Finding::wrong ? 1 : 0;
        // Of rounding, the loss of a wrong one with weight 1 could be above 1.
        const double loss = std::clamp(epsilon + (weight_of(one, rule) * (wrong - epsilon)), 0.0, 1.0);
        out.push_back({one.score, loss});
    }
    return out;
}

WeightedCut cut_at(std::span<const WeightedJudged> judged, const WeightedRule& rule, Ppm threshold) {
    WeightedCut out{.threshold = threshold};
    double all = 0;
    double accepted = 0;
    double wrong = 0;
    for (const WeightedJudged& one : judged) {
        const double weight = weight_of(one, rule);
        all += weight;
        if (one.score < threshold) {
            continue;
        }
        ++out.accepted;
        accepted += weight;
        if (one.finding == Finding::wrong) {
            ++out.errors;
            wrong += weight;
        }
    }
    out.risk = wrong / accepted;
    out.coverage = accepted / all;
    return out;
}

double effective_size(std::span<const WeightedJudged> judged, const WeightedRule& rule) {
    double sum = 0;
    double squares = 0;
    for (const WeightedJudged& one : judged) {
        const double weight = weight_of(one, rule);
        sum += weight;
        squares += weight * weight;
    }
    return squares > 0 ? sum * sum / squares : 0;
}

}  // namespace

Result<WeightedCertificate> certify_weighted(std::span<const WeightedJudged> judged, const WeightedRule& rule,
                                             const Request& request) {
    const CorrectedLevel at = CS_TRY(level_of(request));
    CS_TRY_STATUS(check(judged, rule, request));
    SearchOptions search = request.search;
    if (search.first_accepted == 0) {
        search.first_accepted = kFirstStart * smallest_sample(0, {at.level.epsilon, at.level.delta / search.starts});
    }
    WeightedCertificate out{.asked = request,
                            .rule = rule,
                            .reviewed = static_cast<int64_t>(judged.size()),
                            .effective = effective_size(judged, rule),
                            .miss_rate_upper = at.miss_rate_upper};
    const auto found = graded_threshold(losses_of(judged, rule, at.level.epsilon), at.level, rule.order_seed, search);
    if (found) {
        out.opened = cut_at(judged, rule, found->threshold);
    }
    return out;
}

}  // namespace countersign::certificate
