#include "core/checklist/shown.h"

#include <catch_amalgamated.hpp>

#include "core/checklist/answers.h"
#include "core/policy/load.h"
#include "core/rationale/reasons.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

constexpr std::string_view kQuestions = R"([
  {"id": "danger", "question": "Danger?", "type": "yes_no_na"},
  {"id": "depth", "question": "How deep?", "type": "number", "min": 0, "max": 2.5, "unit": "m",
   "shown_if": "answers.danger == 'yes'"},
  {"id": "deep", "question": "Closed off?", "type": "yes_no", "shown_if": "has(answers.depth) && answers.depth > 0.5"},
  {"id": "where", "question": "Which words?", "type": "evidence", "shown_if": "verdict == 'reject'"},
  {"id": "web", "question": "Form?", "type": "yes_no", "shown_if": "item.metadata.channel == 'web'"},
  {"id": "sure", "question": "Sure?", "type": "yes_no", "shown_if": "prediction.confidence < 0.5"}])";

Policy with(std::string_view path, std::string_view value) {
    Json json = parse_json(read_case("policy/base.json")).value();
    set_at(json, path, parse_json(value).value());
    auto policy = load_policy(to_text(json));
    INFO((policy.ok() ? "" : policy.error().text()));
    REQUIRE(policy.ok());
    return std::move(policy).value();
}

struct Form {
    Policy policy = with("/checklists/0/questions", kQuestions);
    Json document = parse_json(R"({"input":{"text":"Gruß"},"metadata":{"channel":"phone"}})").value();
    Prediction prediction = {.model = ModelId("m"), .label = LabelId("gas"), .confidence = Ppm{700'000}, .scores = {}};

    const Checklist& checklist() const { return policy.checklists[0]; }

    AskedAbout about() const { return {policy, "msg-1", &document, prediction}; }

    // The ids of the questions that are asked.
    std::string asked(const ReviewDraft& draft) const {
        const std::vector<bool> shown = shown_questions(checklist(), about(), draft);
        std::string out;
        for (size_t i = 0; i < shown.size(); ++i) {
            out += shown[i] ? (out.empty() ? "" : " ") + checklist().questions[i].id : "";
        }
        return out;
    }

    std::string lacks(const ReviewDraft& draft) const {
        std::string out;
        for (const Shortfall& one : checklist_shortfalls(checklist(), about(), draft)) {
            out += one.message + "\n";
        }
        return out;
    }
};

}  // namespace

TEST_CASE("questions appear and disappear with the answers before them") {
    const Form form;
    CHECK(form.asked({}) == "danger");
    CHECK(form.asked({.answers = {{"danger", "yes"}}}) == "danger depth");
    CHECK(form.asked({.answers = {{"danger", "yes"}, {"depth", "0.6"}}}) == "danger depth deep");
    CHECK(form.asked({.answers = {{"danger", "yes"}, {"depth", "0.5"}}}) == "danger depth");
    CHECK(form.asked({.verdict = Verdict::reject}) == "danger where");
}

TEST_CASE("the answer to a question that is not asked counts as not given, and so does one that is not allowed") {
    const Form form;
    CHECK(form.asked({.answers = {{"danger", "no"}, {"depth", "0.6"}}}) == "danger");
    CHECK(form.asked({.answers = {{"danger", "yes"}, {"depth", "3"}}}) == "danger depth");
    CHECK(form.asked({.answers = {{"danger", "perhaps"}}}) == "danger");
}

TEST_CASE("a condition sees item and prediction; one that cannot be evaluated leaves its question asked") {
    Form form;
    form.prediction.confidence = Ppm{400'000};
    CHECK(form.asked({}) == "danger sure");
    form.document = parse_json(R"({"input":{"text":"x"},"metadata":{"channel":"web"}})").value();
    CHECK(form.asked({}) == "danger web sure");
    form.document = parse_json(R"({"input":{"text":"x"},"metadata":{}})").value();
    CHECK(form.asked({}) == "danger web sure");
    form.document = parse_json(R"({"input":{"text":"x"},"metadata":{"channel":7}})").value();
    CHECK(form.asked({}) == "danger web sure");
    CHECK(shown_questions(form.checklist(), {form.policy, "msg-1", nullptr, form.prediction}, {}) ==
          std::vector<bool>{true, false, false, false, true, true});
}

TEST_CASE("what is not asked need not and may not be answered; dropping it changes nothing of what is asked") {
    const Form form;
    CHECK(form.lacks({.answers = {{"danger", "no"}}}).empty());
    ReviewDraft draft{.answers = {{"danger", "no"}, {"depth", "1"}, {"deep", "yes"}}};
    CHECK(form.lacks(draft) ==
          "'How deep?' is not asked here; leave its answer out\n"
          "'Closed off?' is not asked here; leave its answer out\n");
    const std::string asked = form.asked(draft);
    drop_hidden_answers(form.checklist(), shown_questions(form.checklist(), form.about(), draft), draft);
    CHECK(draft.answers == std::vector<Answer>{{"danger", "no"}});
    CHECK(form.asked(draft) == asked);
    CHECK(form.lacks(draft).empty());
}

TEST_CASE("a number has to be within its limits") {
    const Form form;
    const auto lacks = [&](std::string_view depth) {
        return form.lacks({.answers = {{"danger", "yes"}, {"depth", std::string(depth)}}});
    };
    CHECK(lacks("0").empty());
    CHECK(lacks("-0.1") == "the answer to 'How deep?' must be at least 0 m\n");
    CHECK(lacks("2.51") == "the answer to 'How deep?' must be at most 2.5 m\n");
    CHECK(lacks("1e9") == "the answer to 'How deep?' must be a number\n");
}

TEST_CASE("an evidence question is answered by places in the text, counted in characters") {
    const Form form;
    const auto lacks = [&](std::string_view places) {
        return form.lacks({.verdict = Verdict::reject, .answers = {{"danger", "no"}, {"where", std::string(places)}}});
    };
    CHECK(lacks("") == "'Which words?' has no answer\n");
    CHECK(lacks("0-4").empty());
    CHECK(lacks("0-1,3-4").empty());
    CHECK(lacks("0-5") == "the answer to 'Which words?' marks 0 to 5, but the text has 4 characters\n");
    for (const std::string_view wrong : {"1", "1-", "-1", "2-2", "3-1", "1-2,", "1-2;3-4", " 1-2", "0-2147483648"}) {
        INFO(wrong);
        CHECK(lacks(wrong) == "the answer to 'Which words?' must mark places in the text, like 12-30,41-44\n");
    }
}

TEST_CASE("reasons have a path, take their verdicts from above, and a group of them cannot be chosen") {
    const Policy policy = with("/reason_codes", R"([
        {"id": "clear", "name": "Clear"},
        {"id": "double", "name": "Ambiguous", "parent": "wording", "examples": ["'bank' of a river"]},
        {"id": "wording", "name": "Wording", "verdicts": ["accept", "reject"]},
        {"id": "place", "name": "Place", "verdicts": ["accept"], "choosable": true},
        {"id": "street", "name": "Street", "parent": "place"},
        {"id": "other", "name": "Other", "verdicts": ["correct"]}])");
    CHECK(policy.reason_path("double") == "Wording > Ambiguous");
    CHECK(policy.reason_path("gone") == "gone");
    CHECK(policy.reason_code("double")->verdicts == std::vector{Verdict::accept, Verdict::reject});
    CHECK(policy.reason_code("double")->examples.size() == 1);
    std::string usable;
    for (const ReasonCode* code : usable_codes(policy, Verdict::accept)) {
        usable += code->id + " ";
    }
    CHECK(usable == "clear double place street ");
    const ReviewDraft draft{.rationale = {.codes = {"wording"}}};
    const std::vector<Shortfall> lacks = rationale_shortfalls(policy, policy.tier("full")->rationale, draft, 0);
    REQUIRE(lacks.size() == 1);
    CHECK(lacks[0].message == "'Wording' is a group of reasons; choose one in it");
}

TEST_CASE("an agreement needs codes, words and marked places where the tier says so") {
    const Policy policy = with("/tiers/2/rationale", R"({
        "codes": {"verdicts": ["accept"]}, "text": {"verdicts": ["accept"], "min_characters": 3},
        "evidence": {"verdicts": ["accept"]}})");
    const RationaleRule& rule = policy.tier("full")->rationale;
    const std::vector<Shortfall> lacks = rationale_shortfalls(policy, rule, {}, 10);
    REQUIRE(lacks.size() == 3);
    CHECK(lacks[0].place == "rationale.codes");
    CHECK(lacks[1].place == "rationale.text");
    CHECK(lacks[2].place == "rationale.evidence");
    const ReviewDraft given{.rationale = {.codes = {"clear"}, .text = "yes", .evidence = {{"input.text", 0, 2}}}};
    CHECK(rationale_shortfalls(policy, rule, given, 10).empty());
    CHECK(rationale_shortfalls(policy, rule, {.verdict = Verdict::reject}, 10).empty());
}
