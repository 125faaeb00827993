#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "core/base/concat.h"
#include "core/certificate/certificate.h"
#include "core/certificate/text_lines.h"

namespace countersign::certificate {

namespace {

// Bounds are rounded up to a millionth: what is printed is a bound too.
std::string upper(double bound) {
    return to_decimal(Ppm{static_cast<int32_t>(std::min(1e6, std::ceil(bound * 1e6)))});
}

std::string share(int64_t part, int64_t whole) {
    return to_percent(Ppm{static_cast<int32_t>((part * 1'000'000) / whole)}, 1);
}

void append_open(std::string& out, const Certificate& certificate) {
    const Cut& cut = *certificate.opened;
    append_line(out, "threshold", to_decimal(cut.threshold));
    append_promise(out, certificate.asked);
    append_line(out, "evidence",
                concat("n = ", cut.accepted, ", k = ", cut.errors,
                       ": reviewed items above the threshold, and the wrong ones among them"));
    append_line(out, "found_risk_upper", upper(certificate.found_risk_upper));
    append_line(out, "coverage",
                concat(share(cut.accepted, certificate.reviewed), " of ", certificate.reviewed, " reviewed items"));
}

void append_closed(std::string& out, const Certificate& certificate) {
    append_line(out, "threshold", "none; the tier stays closed");
    append_line(out, "evidence",
                concat(certificate.reviewed, certificate.reviewed == 1 ? " reviewed item" : " reviewed items",
                       ", too few at every threshold"));
    const ReviewPlan& plan = *certificate.plan;
    append_line(out, "reviews_if_no_more_errors", concat(plan.if_no_more_errors));
    append_line(out, "reviews_at_observed_rate",
                plan.at_observed_rate ? concat(*plan.at_observed_rate)
                                      : std::string("no number is enough: too many are wrong at every threshold"));
}

std::string method_of(const SearchOptions& search) {
    return search.method == Method::fixed_sequence
               ? concat(name_of(search.method), ", ", search.starts, " starts, grid of ", search.grid)
               : std::string(name_of(search.method));
}

}  // namespace

void append_line(std::string& out, std::string_view name, std::string_view value) {
    out.append(concat(name, ": ", value, '\n'));
}

void append_promise(std::string& out, const Request& asked) {
    append_line(out, "promise",
                concat("of what scores at least that, at most ", to_decimal(asked.epsilon),
                       " is wrong, with probability ", to_decimal(Ppm{1'000'000 - asked.delta.value})));
}

void append_levels(std::string& out, const Request& asked, double miss_rate_upper) {
    append_line(out, "epsilon", to_decimal(asked.epsilon));
    append_line(out, "delta", to_decimal(asked.delta));
    if (asked.planted) {
        append_line(out, "planted_errors",
                    concat(asked.planted->planted, ", missed ", asked.planted->missed, "; miss rate at most ",
                           upper(miss_rate_upper), " (delta ", to_decimal(asked.planted->delta), ')'));
    } else {
        append_line(out, "planted_errors", "none: the promise is about what reviewers find, not about what they miss");
    }
}

void append_provenance(std::string& out, const Request& asked) {
    append_line(out, "method", method_of(asked.search));
    const Provenance& provenance = asked.provenance;
    append_line(out, "window",
                provenance.to == Instant{} ? std::string("not stated")
                                           : concat(to_rfc3339(provenance.from), " to ", to_rfc3339(provenance.to)));
    append_line(out, "model", provenance.model.text.empty() ? "not stated" : provenance.model.text);
    append_line(out, "calibrator", provenance.calibrator);
}

std::string to_text(const Certificate& certificate) {
    const Request& asked = certificate.asked;
    std::string out;
    append_line(out, "certificate", asked.provenance.scope);
    append_line(out, "state", certificate.opened ? "open" : "closed");
    if (certificate.opened) {
        append_open(out, certificate);
    } else {
        append_closed(out, certificate);
    }
    append_levels(out, asked, certificate.miss_rate_upper);
    append_provenance(out, asked);
    append_line(out, "assumes", "items to come are like the reviewed ones (exchangeable), which were drawn at random");
    append_line(out, "ends", "with another model or calibrator, and with an alarm of the audit");
    return out;
}

}  // namespace countersign::certificate
