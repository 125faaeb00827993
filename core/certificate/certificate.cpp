#include "core/certificate/certificate.h"

#include "core/base/concat.h"
#include "core/certificate/bounds.h"

namespace countersign::certificate {

namespace {

Status check_share(Ppm share, std::string_view field) {
    if (share.value <= 0 || share >= kCertain) {
        return fail(ErrorCode::invalid_argument,
                    concat("must lie between 0 and 1, both excluded, not ", to_decimal(share)), std::string(field));
    }
    return success();
}

Status check(const Request& request) {
    CS_TRY_STATUS(check_share(request.epsilon, "epsilon"));
    CS_TRY_STATUS(check_share(request.delta, "delta"));
    if (request.search.starts < 1 || request.search.grid < 1) {
        return fail(ErrorCode::invalid_argument, "needs at least one start and one threshold", "search");
    }
    if (!request.planted) {
        return success();
    }
    const PlantedErrors& planted = *request.planted;
    CS_TRY_STATUS(check_share(planted.delta, "planted.delta"));
    if (planted.delta >= request.delta) {
        return fail(ErrorCode::invalid_argument,
                    concat("must be below delta, ", to_decimal(request.delta), ", of which it is a part"),
                    "planted.delta");
    }
    if (planted.missed < 0 || planted.planted < 1 || planted.missed >= planted.planted) {
        return fail(
            ErrorCode::invalid_argument,
            concat("reviewers who missed ", planted.missed, " of ", planted.planted, " planted errors bound nothing"),
            "planted");
    }
    return success();
}

double miss_rate_upper(const Request& request) {
    return request.planted ? clopper_pearson_upper(request.planted->missed, request.planted->planted,
                                                   request.planted->delta.as_double())
                           : 0;
}

}  // namespace

Result<CorrectedLevel> level_of(const Request& request) {
    CS_TRY_STATUS(check(request));
    const int32_t spent = request.planted ? request.planted->delta.value : 0;
    const double missed = miss_rate_upper(request);
    return CorrectedLevel{.level = {.epsilon = request.epsilon.as_double() * (1 - missed),
                                    .delta = Ppm{request.delta.value - spent}.as_double()},
                          .miss_rate_upper = missed};
}

Certificate state(const Request& request, const Sample& sample, const Search& found, const CorrectedLevel& at) {
    Certificate out{.asked = request, .reviewed = sample.size(), .opened = found.opened};
    out.miss_rate_upper = at.miss_rate_upper;
    if (found.opened) {
        out.found_risk_upper = clopper_pearson_upper(found.opened->errors, found.opened->accepted, found.level);
    } else {
        out.plan = plan_reviews(sample, at.level, request.search);
    }
    return out;
}

Result<Certificate> certify(const Sample& sample, const Request& request) {
    const CorrectedLevel at = CS_TRY(level_of(request));
    return state(request, sample, search_threshold(sample, at.level, request.search), at);
}

}  // namespace countersign::certificate
