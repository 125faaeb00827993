#include "shell/session/operation_words.h"

#include "core/base/utf8.h"
#include "core/log/operation.h"
#include "core/store/items.h"
#include "core/workflow/resolve.h"
#include "shell/session/describe.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kLine_characters = 600;

std::string text_here(const Workplace& work, const std::optional<Digest>& commitment) {
    if (!commitment) {
        return {};
    }
    const auto note = store::read_note(work.database(), *commitment);
    return note.ok() && note.value() ? note.value()->text : std::string();
}

std::string question_words(const Workplace& work, const ItemState* state, const std::string& id) {
    const Checklist* checklist =
        state == nullptr || !state->known() ? nullptr : work.policy->checklist_for(state->route());
    for (const Question& question : checklist == nullptr ? std::vector<Question>() : checklist->questions) {
        if (question.id == id) {
            return question.question;
        }
    }
    return id;
}

std::string answer_words(const Texts& texts, const std::string& value) {
    return value == "yes"  ? std::string(texts(Text::full_yes))
           : value == "no" ? std::string(texts(Text::full_no))
           : value == "na" ? std::string(texts(Text::full_not_applicable))
                           : value;
}

void say_answers(const Workplace& work, const SubmitReview& submit, const ItemState* state, OperationWords& out) {
    for (size_t i = 0; i < submit.draft.answers.size(); ++i) {
        const countersign::Answer& answer = submit.draft.answers[i];
        const bool written = i < submit.answer_texts.size() && submit.answer_texts[i];
        const std::string value = written ? text_here(work, submit.answer_texts[i]) : answer.value;
        if (!value.empty()) {
            out.says.push_back(work.texts(Text::settle_answer, question_words(work, state, answer.question),
                                          utf8::shortened(answer_words(work.texts, value), kLine_characters)));
        }
    }
}

OperationWords review_words(const Workplace& work, const SubmitReview& submit, const ItemState* state) {
    OperationWords out;
    LabelId label = submit.draft.label;
    if (submit.draft.verdict == countersign::Verdict::accept && state != nullptr) {
        const Prediction* seen = state->prediction(submit.prediction);
        label = seen == nullptr ? label : seen->label;
    }
    out.what = decision_words(work.texts, verdict_model(submit.draft.verdict),
                              label.empty() ? std::string() : label_model(*work.policy, label).name);
    say_answers(work, submit, state, out);
    std::string codes;
    for (const std::string& code : submit.draft.rationale.codes) {
        codes.append(codes.empty() ? "" : ", ").append(work.policy->reason_path(code));
    }
    if (!codes.empty()) {
        out.says.push_back(work.texts(Text::settle_reasons, codes));
    }
    if (!submit.draft.rationale.evidence.empty()) {
        out.says.push_back(
            work.texts(Text::settle_marked, grouped(static_cast<int64_t>(submit.draft.rationale.evidence.size()))));
    }
    const std::string rationale = text_here(work, submit.text);
    if (!rationale.empty()) {
        out.says.push_back(work.texts(Text::settle_rationale, utf8::shortened(rationale, kLine_characters)));
    }
    return out;
}

}  // namespace

OperationWords operation_words(const Workplace& work, std::string_view bytes, const ItemState* state) {
    const auto json = parse_json(bytes, {.depth = 16, .total_bytes = kOperationLimit_bytes});
    const auto operation = json.ok() ? read_operation(json.value()) : Result<Operation>(json.error());
    if (!operation.ok()) {
        return {std::string(work.texts(Text::settle_unreadable)), {}};
    }
    const CommandBody& command = operation.value().command;
    if (const auto* submit = std::get_if<SubmitReview>(&command)) {
        return review_words(work, *submit, state);
    }
    if (std::get_if<WithdrawReview>(&command) != nullptr) {
        return {std::string(work.texts(Text::settle_withdraws)), {}};
    }
    if (const auto* note = std::get_if<AddNote>(&command)) {
        const std::string words = text_here(work, note->commitment);
        return {std::string(work.texts(Text::settle_notes)),
                words.empty() ? std::vector<std::string>() : std::vector{utf8::shortened(words, kLine_characters)}};
    }
    return {work.texts(Text::settle_kind, operation.value().type), {}};
}

}  // namespace countersign::shell
