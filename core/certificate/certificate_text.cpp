#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "core/base/concat.h"
#include "core/certificate/certificate.h"

namespace countersign::certificate {

namespace {

void line(std::string& out, std::string_view name, std::string_view value) {
    out.append(concat(name, ": ", value, '\n'));
}

// Bounds are rounded up to a millionth: what is printed is a bound too.
std::string upper(double bound) {
    return to_decimal(Ppm{static_cast<int32_t>(std::min(1e6, std::ceil(bound * 1e6)))});
}

std::string share(int64_t part, int64_t whole) {
    return to_percent(Ppm{static_cast<int32_t>((part * 1'000'000) / whole)}, 1);
}

void append_open(std::string& out, const Certificate& certificate) {
    const Cut& cut = *certificate.opened;
    line(out, "threshold", to_decimal(cut.threshold));
    line(out, "promise",
         concat("of what scores at least that, at most ", to_decimal(certificate.asked.epsilon),
                " is wrong, with probability ", to_decimal(Ppm{1'000'000 - certificate.asked.delta.value})));
    line(out, "evidence",
         concat("n = ", cut.accepted, ", k = ", cut.errors,
                ": reviewed items above the threshold, and the wrong ones among them"));
    line(out, "found_risk_upper", upper(certificate.found_risk_upper));
    line(out, "coverage",
         concat(share(cut.accepted, certificate.reviewed), " of ", certificate.reviewed, " reviewed items"));
}

void append_closed(std::string& out, const Certificate& certificate) {
    line(out, "threshold", "none; the tier stays closed");
    line(out, "evidence",
         concat(certificate.reviewed, certificate.reviewed == 1 ? " reviewed item" : " reviewed items",
                ", too few at every threshold"));
    const ReviewPlan& plan = *certificate.plan;
    line(out, "reviews_if_no_more_errors", concat(plan.if_no_more_errors));
    line(out, "reviews_at_observed_rate",
         plan.at_observed_rate ? concat(*plan.at_observed_rate)
                               : std::string("no number is enough: too many are wrong at every threshold"));
}

std::string method_of(const SearchOptions& search) {
    return search.method == Method::fixed_sequence
               ? concat(name_of(search.method), ", ", search.starts, " starts, grid of ", search.grid)
               : std::string(name_of(search.method));
}

}  // namespace

std::string to_text(const Certificate& certificate) {
    const Request& asked = certificate.asked;
    std::string out;
    line(out, "certificate", asked.provenance.scope);
    line(out, "state", certificate.opened ? "open" : "closed");
    if (certificate.opened) {
        append_open(out, certificate);
    } else {
        append_closed(out, certificate);
    }
    line(out, "epsilon", to_decimal(asked.epsilon));
    line(out, "delta", to_decimal(asked.delta));
    if (asked.planted) {
        line(out, "planted_errors",
             concat(asked.planted->planted, ", missed ", asked.planted->missed, "; miss rate at most ",
                    upper(certificate.miss_rate_upper), " (delta ", to_decimal(asked.planted->delta), ')'));
    } else {
        line(out, "planted_errors", "none: the promise is about what reviewers find, not about what they miss");
    }
    line(out, "method", method_of(asked.search));
    const Provenance& provenance = asked.provenance;
    line(out, "window",
         provenance.to == Instant{} ? std::string("not stated")
                                    : concat(to_rfc3339(provenance.from), " to ", to_rfc3339(provenance.to)));
    line(out, "model", provenance.model.text.empty() ? "not stated" : provenance.model.text);
    line(out, "calibrator", provenance.calibrator);
    line(out, "assumes", "items to come are like the reviewed ones (exchangeable), which were drawn at random");
    line(out, "ends", "with another model or calibrator, and with an alarm of the audit");
    return out;
}

}  // namespace countersign::certificate
