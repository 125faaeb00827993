#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "core/certificate/text_lines.h"
#include "core/certificate/weighted.h"

namespace countersign::certificate {

namespace {

std::string percent(double share) {
    return concat(fixed_text(share * 100, 1), " %");
}

}  // namespace

std::string to_text(const WeightedCertificate& certificate) {
    std::string out;
    append_line(out, "certificate", certificate.asked.provenance.scope);
    append_line(out, "state", certificate.opened ? "open" : "closed");
    if (certificate.opened) {
        const WeightedCut& cut = *certificate.opened;
        append_line(out, "threshold", to_decimal(cut.threshold));
        append_promise(out, certificate.asked);
        append_line(out, "evidence",
                    concat("n = ", cut.accepted, ", k = ", cut.errors,
                           ": reviewed items above the threshold, and the wrong ones among them"));
        append_line(out, "found_risk", concat(fixed_text(cut.risk, 6), ", weighted by 1/propensity"));
        append_line(out, "coverage", concat(percent(cut.coverage), " of all items, by their weights"));
    } else {
        append_line(out, "threshold", "none; the tier stays closed");
        append_line(out, "evidence",
                    concat(certificate.reviewed, certificate.reviewed == 1 ? " reviewed item" : " reviewed items",
                           ", too few at every threshold"));
    }
    append_line(out, "effective_reviews",
                concat(fixed_text(certificate.effective, 1), " of ", certificate.reviewed,
                       ": as many of equal propensities say as much"));
    append_levels(out, certificate.asked, certificate.miss_rate_upper);
    append_line(out, "propensities",
                concat("recorded, at least ", to_decimal(certificate.rule.least), "; bets in the order of seed ",
                       certificate.rule.order_seed));
    append_provenance(out, certificate.asked);
    append_line(
        out, "assumes",
        "items to come are like the reviewed ones (exchangeable), each of which was drawn by its own propensity");
    append_line(out, "ends", "with another model or calibrator, and with an alarm of the audit");
    return out;
}

}  // namespace countersign::certificate
