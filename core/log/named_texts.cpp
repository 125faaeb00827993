#include "core/log/named_texts.h"

#include <algorithm>

namespace countersign {

namespace {

std::vector<NamedText> of_review(const std::optional<Digest>& text, const std::vector<std::optional<Digest>>& answers) {
    std::vector<NamedText> out;
    if (text) {
        out.push_back({*text, kRationaleDomain});
    }
    for (const std::optional<Digest>& answer : answers) {
        if (answer) {
            out.push_back({*answer, kAnswerDomain});
        }
    }
    return out;
}

}  // namespace

std::vector<NamedText> texts_named_by(const EventBody& body) {
    if (const auto* submitted = std::get_if<ReviewSubmitted>(&body)) {
        return of_review(submitted->review.text, submitted->review.answer_texts);
    }
    if (const auto* note = std::get_if<NoteAdded>(&body)) {
        return {{note->text, kNoteDomain}};
    }
    if (const auto* quarantined = std::get_if<OperationQuarantined>(&body);
        quarantined != nullptr && quarantined->review) {
        return of_review(quarantined->review->text, quarantined->review->answer_texts);
    }
    if (const auto* settled = std::get_if<QuarantineSettled>(&body); settled != nullptr && settled->text) {
        return {{*settled->text, kNoteDomain}};
    }
    return {};
}

std::vector<NamedText> texts_named_by(const CommandBody& command) {
    if (const auto* submit = std::get_if<SubmitReview>(&command)) {
        return of_review(submit->text, submit->answer_texts);
    }
    if (const auto* note = std::get_if<AddNote>(&command)) {
        return {{note->commitment, kNoteDomain}};
    }
    return {};
}

const NamedText* find_named(const std::vector<NamedText>& named, const Digest& commitment) {
    const auto found =
        std::find_if(named.begin(), named.end(), [&](const NamedText& one) { return one.commitment == commitment; });
    return found == named.end() ? nullptr : &*found;
}

}  // namespace countersign
