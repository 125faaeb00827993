#include <algorithm>
#include <cmath>

#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/calibration/calibrator_json.h"
#include "core/certificate/slices.h"
#include "core/certificate/weighted.h"
#include "native/cli/console.h"
#include "native/cli/stats/certificate_json.h"
#include "native/cli/stats/commands.h"
#include "native/cli/stats/forecasts.h"
#include "native/cli/stats/share_option.h"
#include "native/cli/stats/slice_option.h"
#include "native/cli/stats/stats_files.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

using certificate::Method;

constexpr uint64_t kMapFile_bytes = 16 << 20;
// Exit status of a tier that stays closed.
constexpr int kClosed = 4;

struct CertifyCommand {
    std::string file;
    std::string risk;
    std::string delta = "0.05";
    Method method = Method::fixed_sequence;
    int starts = 3;
    int64_t planted = 0;
    int64_t missed = 0;
    std::string slice;
    std::string least_propensity;
    uint64_t seed = 1;
    std::string map;
    std::string model;
    std::string from;
    std::string to;
    bool json = false;
};

const std::map<std::string, Method> kMethods{{"fixed-sequence", Method::fixed_sequence},
                                             {"bonferroni", Method::bonferroni},
                                             {"sgr", Method::selection_with_guaranteed_risk}};

Result<calibration::Calibrator> map_of(const CertifyCommand& options) {
    if (options.map.empty()) {
        return calibration::Calibrator(calibration::Identity());
    }
    const std::string bytes = CS_TRY(read_file(options.map, kMapFile_bytes));
    const auto json = parse_json(bytes, {.total_bytes = kMapFile_bytes});
    if (!json.ok()) {
        return json.error().at(options.map);
    }
    auto calibrator = calibration::read_calibrator(json.value());
    return calibrator.ok() ? calibrator : Result<calibration::Calibrator>(calibrator.error().at(options.map));
}

Result<certificate::Request> request_of(const CertifyCommand& options) {
    certificate::Request out{.epsilon = CS_TRY(share_of(options.risk, "--risk")),
                             .delta = CS_TRY(share_of(options.delta, "--delta")),
                             .search = {.method = options.method, .starts = options.starts}};
    out.provenance = {.scope = "all items",
                      .model = ModelId(options.model),
                      .calibrator = options.map.empty() ? "none" : options.map,
                      .from = {},
                      .to = {}};
    if (options.planted > 0) {
        out.planted = certificate::PlantedErrors{
            .planted = options.planted, .missed = options.missed, .delta = Ppm{out.delta.value * 2 / 5}};
    }
    if (!options.from.empty() || !options.to.empty()) {
        out.provenance.from = CS_TRY(parse_rfc3339(options.from));
        out.provenance.to = CS_TRY(parse_rfc3339(options.to));
    }
    return out;
}

class Scores {
public:
    Scores(const table::NamedPredictions& named, const calibration::Calibrator& map) : named_(named), map_(map) {}

    certificate::Judged judged(size_t i) const {
        const table::Prediction& prediction = named_.predictions[i];
        const auto finding = prediction.right() ? certificate::Finding::right : certificate::Finding::wrong;
        if (std::holds_alternative<calibration::Identity>(map_)) {
            return {prediction.confidence_ppm, finding};
        }
        const double score = calibrate(map_, forecast_of(named_, i));
        return {Ppm{static_cast<int32_t>(std::lround(score * 1e6))}, finding};
    }

private:
    const table::NamedPredictions& named_;
    const calibration::Calibrator& map_;
};

Result<std::vector<certificate::SliceEvidence>> slices_of(const table::NamedPredictions& named, const Scores& scores,
                                                          const std::string& slice) {
    const auto values = CS_TRY(slice_column(named.slices, slice));
    std::map<std::string, std::vector<certificate::Judged>> by_value;
    for (size_t i = 0; i < named.predictions.size(); ++i) {
        by_value[values[i]].push_back(scores.judged(i));
    }
    std::vector<certificate::SliceEvidence> out;
    out.reserve(by_value.size());
    for (auto& [value, judged] : by_value) {
        out.push_back({slice_title(slice, value), std::move(judged)});
    }
    return out;
}

void show(const CertifyCommand& options, const std::vector<certificate::Certificate>& certificates) {
    if (options.json) {
        print_raw(certificates_json(certificates));
        return;
    }
    for (size_t i = 0; i < certificates.size(); ++i) {
        print_raw(concat(i == 0 ? "" : "\n", to_text(certificates[i])));
    }
}

// A file's propensities are doubles; coins are thrown in millionths.
Ppm as_recorded(double propensity) {
    return Ppm{std::max<int32_t>(1, static_cast<int32_t>(std::lround(propensity * 1e6)))};
}

Result<int> run_weighted(const CertifyCommand& options, const certificate::Request& request,
                         const table::NamedPredictions& named, const Scores& scores) {
    const Ppm least = CS_TRY(share_of(options.least_propensity, "--least-propensity"));
    std::vector<certificate::WeightedJudged> judged;
    judged.reserve(named.predictions.size());
    for (size_t i = 0; i < named.predictions.size(); ++i) {
        const certificate::Judged one = scores.judged(i);
        judged.push_back({one.score, as_recorded(named.predictions[i].propensity), one.finding});
    }
    const auto certified = certify_weighted(judged, {.least = least, .order_seed = options.seed}, request);
    if (!certified.ok()) {
        Error error = certified.error();
        error.field = error.field == "propensity" ? "--least-propensity"
                      : error.field == "method"   ? "--method"
                                                  : error.field;
        return error;
    }
    print_raw(options.json ? weighted_certificate_json(certified.value()) : to_text(certified.value()));
    return certified.value().opened ? 0 : kClosed;
}

Result<int> run_certify(const CertifyCommand& options) {
    const certificate::Request request = CS_TRY(request_of(options));
    const calibration::Calibrator map = CS_TRY(map_of(options));
    const table::NamedPredictions named = CS_TRY(read_predictions(options.file));
    const Scores scores(named, map);
    if (!options.least_propensity.empty()) {
        return run_weighted(options, request, named, scores);
    }
    for (const table::Prediction& prediction : named.predictions) {
        if (prediction.propensity != named.predictions.front().propensity) {
            return fail(ErrorCode::invalid_argument,
                        "its reviews have different propensities; say with --least-propensity which is the least that "
                        "the rule gives to any item",
                        options.file);
        }
    }
    std::vector<certificate::Certificate> certificates;
    if (options.slice.empty()) {
        std::vector<certificate::Judged> judged;
        judged.reserve(named.predictions.size());
        for (size_t i = 0; i < named.predictions.size(); ++i) {
            judged.push_back(scores.judged(i));
        }
        certificates.push_back(CS_TRY(certify(certificate::Sample(judged), request)));
    } else {
        const auto slices = CS_TRY(slices_of(named, scores, options.slice));
        certificate::SliceCertificates certified = CS_TRY(certify_slices(slices, request));
        certificates = std::move(certified.alone);
        if (certified.rest) {
            certificates.push_back(std::move(*certified.rest));
        }
    }
    show(options, certificates);
    const bool open = std::ranges::any_of(certificates, [](const auto& one) { return one.opened.has_value(); });
    return open ? 0 : kClosed;
}

}  // namespace

void add_stats_certify(CLI::App& stats, Run& run) {
    auto options = std::make_shared<CertifyCommand>();
    CLI::App* command = stats.add_subcommand(
        "certify", "From which confidence on items may be approved without a person, with a guarantee");
    command
        ->add_option("file", options->file,
                     "Predictions that were drawn at random and reviewed, as CSV or JSON Lines: item, predicted_label, "
                     "true_label, confidence; '-' reads standard input")
        ->required();
    command->add_option("--risk", options->risk, "At most this share of what is approved may be wrong: 0.02 or 2%")
        ->required();
    command->add_option("--delta", options->delta, "The promise may fail with this probability")->default_str("0.05");
    command->add_option("--method", options->method, "fixed-sequence, bonferroni or sgr")
        ->transform(CLI::CheckedTransformer(kMethods, CLI::ignore_case))
        ->default_str("fixed-sequence");
    command->add_option("--starts", options->starts, "Of the fixed sequence")
        ->check(CLI::Range(1, 100))
        ->default_str("3");
    command->add_option("--planted", options->planted, "Errors that were planted among the reviews")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--missed", options->missed, "How many of them the reviewers missed")
        ->check(CLI::NonNegativeNumber)
        ->needs("--planted");
    auto* slice =
        command->add_option("--slice", options->slice, "A certificate for each value of the column slice_<this>");
    auto* least = command->add_option("--least-propensity", options->least_propensity,
                                      "Reviews were drawn by the column propensity; the least that the rule gives");
    least->excludes(slice);
    command->add_option("--seed", options->seed, "Of the order in which weighted reviews are bet on")
        ->default_str("1")
        ->needs(least);
    command->add_option("--map", options->map, "A map of confidences from 'stats calibrate --out'");
    command->add_option("--model", options->model, "Stands on the certificate");
    auto* from = command->add_option("--from", options->from,
                                     "Stands on the certificate: first review, like 2026-01-31T00:00:00Z");
    auto* to = command->add_option("--to", options->to, "Stands on the certificate: last review");
    from->needs(to);
    to->needs(from);
    command->add_flag("--json", options->json, "Answer as JSON");
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const auto done = run_certify(*options);
            return done.ok() ? done.value() : report(done.error());
        };
    });
}

}  // namespace countersign::native
