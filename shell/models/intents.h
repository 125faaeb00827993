#pragma once
// What a person wants, as views understand it; the session makes commands, navigation and drafts of it. Items and
// reviews are named by the ids that the models carried.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "shell/models/common.h"
#include "shell/models/desk.h"

namespace countersign::shell::intent {

// Sign-in
struct NameTyped {
    std::string name;
};

struct PasswordTyped {
    std::string password;
};

struct SignIn {};

struct OpenDemo {};

struct SignOut {};

struct SignInAgain {};  // the server has forgotten who works here

// Moving about
struct Go {
    Place place = Place::queue;
};

struct Back {};

struct ChooseProject {
    int index = 0;
};

struct ShowKeys {
    bool show = true;
};

struct TryAgain {};  // whatever failed on this screen

// Queue
struct FilterTier {
    TierFilter tier = TierFilter::all;
};

struct FilterStanding {
    StandingFilter standing = StandingFilter::open;
};

struct FilterLabel {
    int label = -1;
};

struct Search {
    std::string text;
};

struct ClearFilters {};

struct SortBy {
    QueueColumn column = QueueColumn::due;
    bool descending = false;
};

struct SelectRow {
    int64_t row = 0;
};

struct OpenRow {
    int64_t row = 0;
};

// Deciding at once (quick check), or setting the verdict of a draft (full review)
struct Decide {
    std::string item;
    Verdict verdict = Verdict::accept;
    std::string label;
};  // label: id, of a correction

struct Undo {};  // the newest decision that can be undone

// Full review: the draft
struct ChooseVerdict {
    Verdict verdict = Verdict::accept;
};

struct ChooseLabel {
    int label = -1;
};

struct AnswerQuestion {
    std::string question;
    std::string value;  // as ChecklistQuestion::value
};

// What is marked in the document from now on answers this evidence question; the same again: it is evidence of the
// rationale.
struct MarkFor {
    std::string question;
};

struct RemovePlace {
    std::string question;
    int index = 0;
};

struct ToggleReason {
    std::string reason;
};

struct RationaleTyped {
    std::string text;
};

struct AddEvidence {
    size_t begin = 0;
    size_t end = 0;
};  // code points

struct RemoveEvidence {
    int index = 0;
};

struct SelectEvidence {
    int index = 0;
};

struct NoteTyped {
    std::string text;
};

struct AddNote {};

struct Submit {};

struct OpenItem {
    std::string item;
    std::string project = {};  // empty: the one that is open
};

struct MoveInQueue {
    int by = 1;
};

// Done
struct UndoReview {
    std::string review;
};

struct AmendReview {
    std::string review;
};

// Sync
struct SyncNow {};

struct ExportOutbox {};

struct ImportOutbox {};

struct DismissNotice {
    int64_t no = 0;
};

// Taking work along
struct ShowTakeAlong {
    bool show = true;
};

struct TakeCountTyped {
    std::string count;
};

struct ChooseTakeTime {
    TakeTime time = TakeTime::eight_hours;
};

struct ChooseTakeTier {
    int tier = 0;
};

struct TakeAlong {};

struct GiveBack {
    std::string item;  // empty: all
};

// Settling, by a lead
struct ChooseSettleTab {
    SettleTab tab = SettleTab::waiting;
};

struct SettleReasonTyped {
    std::string reason;
};

struct Settle {
    std::string id;
    bool admit = false;
};

// Automatic tiers, by a lead: open or close the selected one
struct ChangeTier {
    bool open = false;
};

}  // namespace countersign::shell::intent

namespace countersign::shell {

using Intent = std::variant<
    intent::NameTyped, intent::PasswordTyped, intent::SignIn, intent::OpenDemo, intent::SignOut, intent::SignInAgain,
    intent::Go, intent::Back, intent::ChooseProject, intent::ShowKeys, intent::TryAgain, intent::FilterTier,
    intent::FilterStanding, intent::FilterLabel, intent::Search, intent::ClearFilters, intent::SortBy,
    intent::SelectRow, intent::OpenRow, intent::Decide, intent::Undo, intent::ChooseVerdict, intent::ChooseLabel,
    intent::AnswerQuestion, intent::MarkFor, intent::RemovePlace, intent::ToggleReason, intent::RationaleTyped,
    intent::AddEvidence, intent::RemoveEvidence, intent::SelectEvidence, intent::NoteTyped, intent::AddNote,
    intent::Submit, intent::OpenItem, intent::MoveInQueue, intent::UndoReview, intent::AmendReview, intent::SyncNow,
    intent::ExportOutbox, intent::ImportOutbox, intent::DismissNotice, intent::ShowTakeAlong, intent::TakeCountTyped,
    intent::ChooseTakeTime, intent::ChooseTakeTier, intent::TakeAlong, intent::GiveBack, intent::ChooseSettleTab,
    intent::SettleReasonTyped, intent::Settle, intent::ChangeTier>;

using Intents = std::vector<Intent>;

}  // namespace countersign::shell
