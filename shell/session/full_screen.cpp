#include "shell/session/full_screen.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/checklist/shown.h"
#include "core/store/items.h"
#include "core/store/search.h"
#include "core/workflow/adjudicate.h"
#include "core/workflow/decide.h"
#include "core/workflow/sight.h"
#include "shell/session/fate.h"
#include "shell/session/given_back.h"
#include "shell/session/places.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr int64_t kDraftRest_us = 400'000;  // a pause in typing
constexpr size_t kSimilar = 5;

std::string draft_key(const Workplace& work, const ItemId& item) {
    return concat("draft/", work.person.text, '/', work.project.id.text, '/', item.text);
}

}  // namespace

FullScreen::FullScreen(const Workplace& work, ItemId item, std::optional<OperationId> supersedes)
    : work_(work), id_(std::move(item)), supersedes_(std::move(supersedes)), opened_us_(work.clock.monotonic().us) {
    const auto kept = read_draft(work_.database(), draft_key(work_, id_));
    if (kept.ok() && kept.value()) {
        draft_ = *kept.value();
    }
    reload();
    find_similar();
}

FullScreen::~FullScreen() {
    if (unsaved_since_) {
        static_cast<void>(write_draft(work_.database(), draft_key(work_, id_), draft_).ok());
    }
}

void FullScreen::reload() {
    auto loaded = load_item(work_, id_);
    if (!loaded.ok()) {
        item_.reset();
        problem_ = loaded.error().message;
        if (loaded.error().code == ErrorCode::gone) {
            // What was begun here goes, too, before it is saved again.
            draft_ = {};
            unsaved_since_.reset();
        }
        return;
    }
    item_ = std::move(loaded).value();
    problem_.clear();
    begin_again();
    blind_ = !supersedes_ && decides_blind(*item_->policy, work_.project.id, item_->state, work_.person);
    notes_.clear();
    for (const Note& note : item_->state.notes) {
        const auto text = store::read_note(work_.database(), note.text);
        if (text.ok() && text.value()) {
            notes_.push_back(
                {note.author.text, ago_words(work_.texts, note.recorded_at, work_.clock.now()), text.value()->text});
        }
    }
    recheck();
}

// A decision that is to be replaced, or that came back, is begun again with what was said the first time; what the
// person has changed since stays.
void FullScreen::begin_again() {
    const Review* back = given_back(item_->state, work_.person);
    given_back_ = back == nullptr ? std::string() : standing_sentence(work_, item_->state, *back);
    if (back != nullptr && !supersedes_) {
        supersedes_ = back->id;
    }
    const auto old = std::find_if(item_->state.reviews.begin(), item_->state.reviews.end(),
                                  [&](const Review& review) { return supersedes_ && review.id == *supersedes_; });
    if (old != item_->state.reviews.end() && !draft_.verdict && draft_.review == ReviewDraft{} && !unsaved_since_) {
        const std::string note = draft_.note;
        draft_ = draft_again(work_.database(), *item_, *old);
        draft_.note = note;
    }
}

// Why nothing can be decided here now; empty when it can.
std::string FullScreen::read_only_reason() const {
    const ItemStatus status = item_->state.resolution.status;
    if (status == ItemStatus::withdrawn) {
        return std::string(work_.texts(Text::taken_out));
    }
    if (supersedes_) {
        return {};
    }
    if (status == ItemStatus::resolved) {
        return std::string(work_.texts(Text::already_decided));
    }
    const bool mine = decided_by(item_->state, work_.person) != nullptr;
    if (status == ItemStatus::escalated && !may_adjudicate(item_->state, work_.person)) {
        return std::string(work_.texts(Text::settle_not_you));
    }
    return mine && status == ItemStatus::open ? std::string(work_.texts(Text::decided_for_now)) : std::string();
}

void FullScreen::find_similar() {
    similar_.clear();
    if (!item_) {
        return;
    }
    const auto found = store::similar_decided(work_.database(), work_.project, item_->text, item_->no, kSimilar);
    for (const int64_t no : found.ok() ? found.value() : std::vector<int64_t>()) {
        const auto row = store::read_item(work_.database(), no);
        if (!row.ok() || !row.value()) {
            continue;
        }
        const auto loaded = load_item(work_, row.value()->id);
        if (!loaded.ok()) {
            continue;
        }
        const Resolution& resolution = loaded.value().state.resolution;
        similar_.push_back({row.value()->id.text, utf8::shortened(loaded.value().text, 160),
                            verdict_model(resolution.verdict), label_model(*work_.policy, resolution.label),
                            row.value()->reviewer.text,
                            ago_words(work_.texts, resolution.decided_at, work_.clock.now())});
    }
}

void FullScreen::recheck() {
    shortfalls_.clear();
    shown_.clear();
    if (!item_) {
        return;
    }
    const ReviewDraft review = said();
    shown_ = questions_shown(item_->state, *item_->policy, review, item_->document);
    if (!draft_.verdict) {
        shortfalls_.push_back({"verdict", std::string(work_.texts(Text::choose_verdict))});
        return;
    }
    shortfalls_ = review_shortfalls(item_->state, *item_->policy, asked(review), item_->document);
}

// The draft as a review; before a verdict is chosen as if it were to accept.
ReviewDraft FullScreen::said() const {
    ReviewDraft review = draft_.review;
    review.verdict = draft_.verdict.value_or(countersign::Verdict::accept);
    if (blind_) {
        accept_if_predicted(item_->state, review);
    }
    return review;
}

// Answers to questions that are not asked at the moment stay in the draft, for when they come back.
ReviewDraft FullScreen::asked(ReviewDraft review) const {
    if (const Checklist* checklist = item_->policy->checklist_for(item_->state.route())) {
        drop_hidden_answers(*checklist, shown_, review);
    }
    return review;
}

void FullScreen::changed(const sync::RowChange& change) {
    const bool touches = (change.after && change.after->id == id_) || !item_;
    if (touches) {
        reload();
    }
}

std::optional<Duration> FullScreen::keep_draft(Duration now) {
    if (!unsaved_since_) {
        return std::nullopt;
    }
    const int64_t rested_us = now.us - unsaved_since_->us;
    if (rested_us < kDraftRest_us) {
        return Duration{kDraftRest_us - rested_us};
    }
    unsaved_since_.reset();
    if (auto kept = write_draft(work_.database(), draft_key(work_, id_), draft_); !kept.ok()) {
        problem_ = kept.error().message;
    }
    return std::nullopt;
}

FullScreen::Outcome FullScreen::handle(const Intent& intent) {
    if (std::get_if<intent::Submit>(&intent) != nullptr) {
        return submit();
    }
    if (std::get_if<intent::AddNote>(&intent) != nullptr) {
        return add_note();
    }
    if (!edit(intent) && !edit_places(intent) && !edit_evidence(intent)) {
        return {};
    }
    unsaved_since_ = work_.clock.monotonic();
    recheck();
    return {.mine = true, .submitted = false, .status = {}};
}

bool FullScreen::edit(const Intent& intent) {
    if (const auto* verdict = std::get_if<intent::ChooseVerdict>(&intent)) {
        if (blind_ && verdict->verdict == Verdict::accept) {
            return false;  // nothing is shown that could be accepted
        }
        draft_.verdict = verdict_of(verdict->verdict);
        if (verdict->verdict != Verdict::correct) {
            draft_.review.label = {};
        }
    } else if (const auto* label = std::get_if<intent::ChooseLabel>(&intent)) {
        const bool known =
            label->label >= 0 && item_ && static_cast<size_t>(label->label) < item_->policy->labels.size();
        draft_.review.label = known ? item_->policy->labels[static_cast<size_t>(label->label)].id : LabelId();
        draft_.verdict = known ? std::optional(countersign::Verdict::correct) : draft_.verdict;
    } else if (const auto* answered = std::get_if<intent::AnswerQuestion>(&intent)) {
        answer(*answered);
    } else if (const auto* reason = std::get_if<intent::ToggleReason>(&intent)) {
        toggle_reason(reason->reason);
    } else if (const auto* rationale = std::get_if<intent::RationaleTyped>(&intent)) {
        draft_.review.rationale.text = rationale->text;
    } else if (const auto* note = std::get_if<intent::NoteTyped>(&intent)) {
        draft_.note = note->text;
    } else {
        return false;
    }
    return true;
}

std::string FullScreen::answer_to(std::string_view question) const {
    for (const countersign::Answer& answer : draft_.review.answers) {
        if (answer.question == question) {
            return answer.value;
        }
    }
    return {};
}

// What answers an evidence question.
bool FullScreen::edit_places(const Intent& intent) {
    if (const auto* mark = std::get_if<intent::MarkFor>(&intent)) {
        marking_for_ = marking_for_ == mark->question ? std::string() : mark->question;
    } else if (const auto* removed = std::get_if<intent::RemovePlace>(&intent)) {
        answer({removed->question, without_place(answer_to(removed->question), removed->index)});
    } else if (const auto* added = std::get_if<intent::AddEvidence>(&intent);
               added != nullptr && !marking_for_.empty()) {
        answer({marking_for_, with_place(answer_to(marking_for_), added->begin, added->end)});
    } else {
        return false;
    }
    return true;
}

bool FullScreen::edit_evidence(const Intent& intent) {
    std::vector<Evidence>& evidence = draft_.review.rationale.evidence;
    if (const auto* added = std::get_if<intent::AddEvidence>(&intent)) {
        if (item_ && added->end > added->begin) {
            evidence.push_back({item_->policy->interface.text, static_cast<uint32_t>(added->begin),
                                static_cast<uint32_t>(added->end)});
            current_evidence_ = static_cast<int>(evidence.size()) - 1;
        }
    } else if (const auto* removed = std::get_if<intent::RemoveEvidence>(&intent)) {
        if (removed->index >= 0 && static_cast<size_t>(removed->index) < evidence.size()) {
            evidence.erase(evidence.begin() + removed->index);
            current_evidence_ = std::min(current_evidence_, static_cast<int>(evidence.size()) - 1);
        }
    } else if (const auto* selected = std::get_if<intent::SelectEvidence>(&intent)) {
        current_evidence_ = selected->index;
    } else {
        return false;
    }
    return true;
}

void FullScreen::answer(const intent::AnswerQuestion& intent) {
    auto& answers = draft_.review.answers;
    const auto known = std::find_if(answers.begin(), answers.end(),
                                    [&](const countersign::Answer& a) { return a.question == intent.question; });
    if (intent.value.empty()) {
        if (known != answers.end()) {
            answers.erase(known);
        }
    } else if (known != answers.end()) {
        known->value = intent.value;
    } else {
        answers.push_back({intent.question, intent.value});
    }
}

void FullScreen::toggle_reason(const std::string& code) {
    auto& codes = draft_.review.rationale.codes;
    const auto known = std::find(codes.begin(), codes.end(), code);
    if (known == codes.end()) {
        codes.push_back(code);
    } else {
        codes.erase(known);
    }
}

FullScreen::Outcome FullScreen::submit() {
    Outcome outcome{.mine = true, .submitted = false, .status = {}};
    tried_ = true;
    recheck();
    if (!item_ || !shortfalls_.empty()) {
        outcome.status = shortfalls_.empty() ? problem_ : work_.texts(Text::cannot_submit, shortfalls_.front().message);
        return outcome;
    }
    SubmitReview submit;
    submit.draft = asked(said());
    submit.draft.active_ms = std::min((work_.clock.monotonic().us - opened_us_) / 1000, kDay_us / 1000);
    submit.supersedes = supersedes_;
    const auto done = work_.device.submit({work_.project.id, id_, work_.person, submit});
    if (!done.ok()) {
        outcome.status = done.error().text();
        return outcome;
    }
    work_.sync.operation_added();
    work_.leasing.decided(id_);
    const std::string note = draft_.note;
    draft_ = {};
    draft_.note = note;
    unsaved_since_.reset();
    if (auto kept = write_draft(work_.database(), draft_key(work_, id_), draft_); !kept.ok()) {
        problem_ = kept.error().message;
    }
    outcome.submitted = true;
    outcome.status = work_.texts(Text::decided_status, id_.text);
    return outcome;
}

FullScreen::Outcome FullScreen::add_note() {
    Outcome outcome{.mine = true, .submitted = false, .status = {}};
    if (draft_.note.empty()) {
        return outcome;
    }
    const auto done = work_.device.submit({work_.project.id, id_, work_.person, AddNote{draft_.note, {}}});
    outcome.status = done.ok() ? std::string(work_.texts(Text::note_added)) : done.error().text();
    if (done.ok()) {
        work_.sync.operation_added();
        draft_.note.clear();
        unsaved_since_ = work_.clock.monotonic();
        reload();
    }
    return outcome;
}

}  // namespace countersign::shell
