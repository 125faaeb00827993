#include "shell/session/tier_words.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "core/json/fields.h"
#include "core/json/number.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kMostListed = 1'000;
constexpr JsonLimits kAnswer{.total_bytes = size_t{16} << 20};

double number(const Json& json, std::string_view name) {
    const Json* found = json.find(name);
    return found == nullptr ? 0 : as_double(*found).value_or(0);
}

int64_t count(const Json& json, std::string_view name) {
    return static_cast<int64_t>(number(json, name));
}

std::string percent(double share) {
    return concat(fixed_text(share * 100, share < 0.0995 ? 2 : 1), " %");
}

std::string confidence_words(double confidence) {
    return fixed_text(confidence, 3);
}

// An object that an answer may leave out; nullptr then.
const Json* part(const Json& tier, std::string_view name) {
    const Json* found = tier.find(name);
    return found != nullptr && found->object() != nullptr ? found : nullptr;
}

class Words {
public:
    Words(const Texts& texts, const Json& tier) : texts_(texts), tier_(tier) {}

    TierModel all() const {
        TierModel out;
        out.tier = tier_.text_of("tier");
        out.model = tier_.text_of("model");
        out.title = out.model.empty() ? tier_.text_of("name") : concat(tier_.text_of("name"), "  ·  ", out.model);
        out.open = tier_.text_of("state") == "open";
        out.can_open = tier_.find("would_open_from") != nullptr;
        head(out);
        figures(out);
        evidence(out);
        reliability(out);
        course(out);
        return out;
    }

private:
    void head(TierModel& out) const {
        const Json& promise = *part(tier_, "promise");
        out.promise = texts_(Text::tiers_promise, percent(number(promise, "max_error")),
                             fixed_text(number(promise, "confidence"), 2));
        const Json* certificate = part(tier_, "certificate");
        const Json* closed = certificate == nullptr ? nullptr : part(*certificate, "closed");
        out.alarmed = !out.open && closed != nullptr && closed->text_of("by") == "alarm";
        if (out.open) {
            out.headline = texts_(Text::tiers_open_from, confidence_words(number(tier_, "threshold")));
        } else if (out.can_open) {
            out.headline = texts_(Text::tiers_can_open, confidence_words(number(tier_, "would_open_from")));
        } else {
            out.headline = texts_(out.alarmed ? Text::tiers_alarmed : Text::tiers_people_review);
            out.explanation = tier_.text_of("missing");
        }
        if (!out.open && closed != nullptr) {
            out.explanation = texts_(Text::tiers_closed_because, closed->text_of("why"));
        }
    }

    void figures(TierModel& out) const {
        if (const Json* certificate = part(tier_, "certificate")) {
            out.figures.push_back(
                {std::string(texts_(Text::tiers_approves)), percent(number(*certificate, "coverage")),
                 texts_(Text::tiers_of_reviewed, grouped(count(*certificate, "accepted")),
                        grouped(count(*certificate, "reviewed")), grouped(count(*certificate, "errors")))});
        }
        const Json* audit = part(tier_, "audit");
        if (audit == nullptr) {
            return;
        }
        const bool none = count(*audit, "decided") == 0;
        const double limit = number(*part(tier_, "promise"), "max_error");
        out.figures.push_back(
            {std::string(texts_(Text::tiers_error)), none ? "–" : percent(number(*audit, "rate")),
             none ? std::string(texts_(Text::tiers_no_audit_yet))
                  : texts_(Text::tiers_interval, percent(number(*audit, "lower")), percent(number(*audit, "upper"))),
             !none && number(*audit, "lower") > limit});
        out.figures.push_back(
            {std::string(texts_(Text::tiers_audited)),
             concat(grouped(count(*audit, "decided")), " / ", grouped(count(*audit, "drawn"))),
             texts_(Text::tiers_audited_words, grouped(count(*audit, "promised")), grouped(count(*audit, "errors")))});
    }

    void evidence(TierModel& out) const {
        const Json& evidence = *part(tier_, "evidence");
        out.decided = count(evidence, "decided");
        out.next_look = count(evidence, "next_look");
        out.evidence = texts_(Text::tiers_evidence_words, grouped(out.decided), grouped(out.next_look),
                              grouped(count(evidence, "waiting")));
    }

    void reliability(TierModel& out) const {
        const Json& calibration = *part(tier_, "calibration");
        out.calibration = calibration.text_of("why");
        const Json* bins = calibration.find("diagram");
        if (bins == nullptr || bins->array() == nullptr) {
            return;
        }
        const auto share = [](const Json& bin, std::string_view name) {
            return static_cast<float>(std::clamp(number(bin, name), 0.0, 1.0));
        };
        for (const Json& bin : *bins->array()) {
            out.reliability.push_back({share(bin, "confidence"), share(bin, "accuracy"), share(bin, "lower"),
                                       share(bin, "upper"), share(bin, "consistent_lower"),
                                       share(bin, "consistent_upper"),
                                       texts_(Text::tiers_bin, grouped(count(bin, "items")),
                                              percent(number(bin, "confidence")), percent(number(bin, "accuracy")))});
        }
    }

    void course(TierModel& out) const {
        const Json* audit = part(tier_, "audit");
        const Json* points = audit == nullptr ? nullptr : audit->find("course");
        if (points == nullptr || points->array() == nullptr || points->array()->empty()) {
            return;
        }
        const auto last = static_cast<double>(std::max<int64_t>(count(*audit, "promised"), 1));
        for (const Json& point : *points->array()) {
            const JsonArray* pair = point.array();
            if (pair != nullptr && pair->size() == 2) {
                out.course.push_back(
                    {static_cast<float>(std::clamp(as_double((*pair)[0]).value_or(0) / last, 0.0, 1.0)),
                     static_cast<float>(std::clamp(as_double((*pair)[1]).value_or(0), -1.0, 1.25))});
            }
        }
        const float nearest = out.course.empty() ? 0 : std::max(out.course.back().y, 0.0F);
        out.course_words =
            texts_(Text::tiers_course_words, fixed_text(nearest * 100, 0), grouped(count(*audit, "promised")));
    }

    const Texts& texts_;
    const Json& tier_;
};

}  // namespace

Result<std::vector<TierModel>> tier_models(const Texts& texts, std::string_view body) {
    const Json json = CS_TRY(parse_json(body, kAnswer));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const JsonArray* tiers = CS_TRY(fields.list("tiers", kMostListed));
    std::vector<TierModel> out;
    for (size_t i = 0; i < tiers->size(); ++i) {
        const Json& tier = (*tiers)[i];
        for (const std::string_view needed : {"promise", "evidence", "calibration"}) {
            if (part(tier, needed) == nullptr) {
                return fail(ErrorCode::invalid_argument, "is missing", concat(element_path("tiers", i), '.', needed));
            }
        }
        out.push_back(Words(texts, tier).all());
    }
    return out;
}

}  // namespace countersign::shell
