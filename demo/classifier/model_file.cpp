#include "demo/classifier/model_file.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "demo/classifier/millionths.h"

namespace countersign::demo {

namespace {

constexpr std::string_view kFormat = "countersign-demo-model-1";
constexpr size_t kMaxTerms = 2'000'000;
constexpr size_t kMaxLabels = 1'000;
constexpr int64_t kLargest = 1'000'000'000'000;  // a million, in millionths
constexpr IntegerRule kPositive{.min = 1, .max = kLargest};
constexpr IntegerRule kCount{.min = 0, .max = kLargest};

void write_candidate(JsonWriter& json, const Candidate& candidate) {
    json.begin_object();
    json.member("l2_millionths", candidate.l2_millionths);
    json.member("learner", name_of(candidate.learner));
    json.member("longest_piece", static_cast<int64_t>(candidate.terms.longest_piece));
    json.member_bool("pairs", candidate.terms.pairs);
    json.member("shortest_piece", static_cast<int64_t>(candidate.terms.shortest_piece));
    json.member("smoothing_millionths", candidate.smoothing_millionths);
    json.end_object();
}

void write_numbers(JsonWriter& json, std::span<const double> numbers) {
    json.begin_array();
    for (const double number : numbers) {
        json.integer(to_millionths(number));
    }
    json.end_array();
}

void write_cross_validation(JsonWriter& json, const std::vector<CrossValidation>& tried) {
    json.begin_array();
    for (const CrossValidation& one : tried) {
        json.begin_object();
        json.member("accuracy_millionths", one.accuracy_millionths).name("candidate");
        write_candidate(json, one.candidate);
        json.member("log_loss_millionths", one.log_loss_millionths);
        json.member("temperature_millionths", one.temperature_millionths);
        json.end_object();
    }
    json.end_array();
}

Result<Candidate> read_candidate(const Json& json, std::string path) {
    static const std::vector<std::string> learners = {"logistic", "complement_bayes", "both"};
    Fields fields = CS_TRY(Fields::of(json, std::move(path)));
    static constexpr IntegerRule kPiece{.min = 0, .max = 20};
    Candidate candidate;
    candidate.learner = static_cast<Learner>(CS_TRY(fields.choice("learner", learners)));
    candidate.terms.pairs = CS_TRY(fields.boolean_or("pairs", false));
    candidate.terms.shortest_piece = static_cast<uint32_t>(CS_TRY(fields.integer("shortest_piece", kPiece)));
    candidate.terms.longest_piece = static_cast<uint32_t>(CS_TRY(fields.integer("longest_piece", kPiece)));
    candidate.l2_millionths = CS_TRY(fields.integer("l2_millionths", kCount));
    candidate.smoothing_millionths = CS_TRY(fields.integer("smoothing_millionths", kCount));
    CS_TRY(fields.done());
    return candidate;
}

Result<std::vector<CrossValidation>> read_cross_validation(const JsonArray& list) {
    std::vector<CrossValidation> tried;
    for (const Json& json : list) {
        const std::string path = element_path("cross_validation", tried.size());
        Fields fields = CS_TRY(Fields::of(json, path));
        CrossValidation one;
        const Json* candidate = CS_TRY(fields.object("candidate"));
        one.candidate = CS_TRY(read_candidate(*candidate, fields.path_of("candidate")));
        one.log_loss_millionths = CS_TRY(fields.integer("log_loss_millionths", kCount));
        one.accuracy_millionths = CS_TRY(fields.integer("accuracy_millionths", kCount));
        one.temperature_millionths = CS_TRY(fields.integer("temperature_millionths", kPositive));
        CS_TRY(fields.done());
        tried.push_back(one);
    }
    return tried;
}

Status append_numbers(const Json& json, const std::string& path, size_t count, std::vector<double>& out) {
    const JsonArray* list = json.array();
    if (list == nullptr || list->size() != count) {
        return fail(ErrorCode::invalid_argument, concat("must be a list of ", count, " whole numbers, one per label"),
                    path);
    }
    for (const Json& number : *list) {
        const int64_t* value = number.integer();
        if (value == nullptr || *value < -kLargest || *value > kLargest) {
            return fail(ErrorCode::invalid_argument, "holds something that is no whole number within limits", path);
        }
        out.push_back(from_millionths(*value));
    }
    return success();
}

Result<Vocabulary> read_terms(const JsonArray& list) {
    std::vector<KnownTerm> terms;
    for (const Json& json : list) {
        const JsonArray* pair = json.array();
        const bool good = pair != nullptr && pair->size() == 2 && (*pair)[0].string() != nullptr &&
                          (*pair)[1].integer() != nullptr && *(*pair)[1].integer() > 0 &&
                          *(*pair)[1].integer() <= kLargest;
        const std::string path = element_path("terms", terms.size());
        if (!good) {
            return fail(ErrorCode::invalid_argument, "must be a term and a positive whole number", path);
        }
        if (!terms.empty() && terms.back().term >= *(*pair)[0].string()) {
            return fail(ErrorCode::invalid_argument, "terms must ascend, and none may stand twice", path);
        }
        terms.push_back({*(*pair)[0].string(), *(*pair)[1].integer()});
    }
    return Vocabulary(std::move(terms));
}

Status read_training(const Json& json, Model& model) {
    Fields fields = CS_TRY(Fields::of(json, "training"));
    model.examples = CS_TRY(fields.integer("examples", kPositive));
    model.references = CS_TRY(fields.integer("references", kCount));
    model.examples_sha256 = CS_TRY(fields.text("sha256", {.min_bytes = 64, .max_bytes = 64}));
    return fields.done();
}

Status read_labels(Fields& fields, Model& model) {
    model.labels = CS_TRY(fields.text_list("labels", kMaxLabels));
    const auto wrong = std::adjacent_find(model.labels.begin(), model.labels.end(), std::greater_equal<>());
    if (model.labels.size() < 2 || wrong != model.labels.end()) {
        return fields.error("labels", "must be at least two labels, ascending, none twice");
    }
    return success();
}

}  // namespace

std::string to_json(const Model& model) {
    const size_t labels = model.labels.size();
    JsonWriter json(JsonWriter::Order::sorted);
    json.begin_object().name("bias");
    write_numbers(json, model.weights.bias);
    json.name("chosen");
    write_candidate(json, model.candidate);
    json.name("cross_validation");
    write_cross_validation(json, model.alternatives);
    json.member("format", kFormat).name("labels").begin_array();
    for (const std::string& label : model.labels) {
        json.text(label);
    }
    json.end_array().member("name", model.name);
    json.member("temperature_millionths", model.temperature_millionths).name("terms").begin_array();
    for (const KnownTerm& term : model.vocabulary.terms()) {
        json.begin_array().text(term.term).integer(term.idf_millionths).end_array();
    }
    json.end_array().name("training").begin_object();
    json.member("examples", model.examples).member("references", model.references);
    json.member("sha256", model.examples_sha256).end_object();
    json.name("weights").begin_array();
    for (size_t at = 0; at < model.weights.weights.size(); at += labels) {
        write_numbers(json, std::span(model.weights.weights).subspan(at, labels));
    }
    json.end_array().end_object();
    return std::move(json).take();
}

Result<Model> parse_model(std::string_view text) {
    static constexpr JsonLimits kLimits{.members = kMaxTerms, .total_bytes = size_t{1} << 30};
    const Json json = CS_TRY(parse_json(text, kLimits));
    Fields fields = CS_TRY(Fields::of(json, ""));
    if (CS_TRY(fields.text("format")) != kFormat) {
        return fields.error("format", concat("must be '", kFormat, "'; train the model with this program"));
    }
    Model model;
    model.name = CS_TRY(fields.text("name", {.max_bytes = 200}));
    CS_TRY(read_labels(fields, model));
    const Json* chosen = CS_TRY(fields.object("chosen"));
    model.candidate = CS_TRY(read_candidate(*chosen, "chosen"));
    const JsonArray* tried = CS_TRY(fields.list("cross_validation", 1'000));
    model.alternatives = CS_TRY(read_cross_validation(*tried));
    model.temperature_millionths = CS_TRY(fields.integer("temperature_millionths", kPositive));
    const Json* training = CS_TRY(fields.object("training"));
    CS_TRY(read_training(*training, model));
    const JsonArray* terms = CS_TRY(fields.list("terms", kMaxTerms));
    model.vocabulary = CS_TRY(read_terms(*terms));
    const JsonArray& rows = *CS_TRY(fields.list("weights", kMaxTerms));
    if (rows.size() != model.vocabulary.terms().size()) {
        return fields.error("weights", concat("has ", rows.size(), " lists for ", model.vocabulary.terms().size(),
                                              " terms; there must be one a term"));
    }
    model.weights.labels = model.labels.size();
    for (size_t i = 0; i < rows.size(); ++i) {
        CS_TRY(append_numbers(rows[i], element_path("weights", i), model.labels.size(), model.weights.weights));
    }
    const Json* bias = fields.optional("bias");
    CS_TRY(append_numbers(bias == nullptr ? Json() : *bias, "bias", model.labels.size(), model.weights.bias));
    CS_TRY(fields.done());
    return model;
}

}  // namespace countersign::demo
