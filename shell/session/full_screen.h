#pragma once
// The comprehensive review of one item: the draft, what is missing from it, what others decided on similar ones.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/model/shortfall.h"
#include "shell/models/full.h"
#include "shell/models/intents.h"
#include "shell/session/describe.h"
#include "shell/session/draft.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

class FullScreen {
public:
    // `supersedes`: the person's own earlier review that this one replaces; one that was given back is found here.
    FullScreen(const Workplace& work, ItemId item, std::optional<OperationId> supersedes);
    ~FullScreen();
    FullScreen(const FullScreen&) = delete;
    FullScreen& operator=(const FullScreen&) = delete;

    struct Outcome {
        bool mine = false;       // the intent was this screen's
        bool submitted = false;  // the review is on the device: go on to the next item
        std::string status;      // for the status line
    };

    Outcome handle(const Intent& intent);
    void fill(FullModel& model, int64_t position, int64_t total);

    const ItemId& item() const { return id_; }

    // Whether there is something to decide.
    bool workable() const { return item_ && read_only_reason().empty(); }

    void changed(const sync::RowChange& change);
    // Writes the draft when it has rested for a moment; when it should be called again, if at all.
    std::optional<Duration> keep_draft(Duration now);

private:
    bool edit(const Intent& intent);
    bool edit_evidence(const Intent& intent);
    void answer(const intent::AnswerQuestion& intent);
    void toggle_reason(const std::string& code);
    Outcome submit();
    Outcome add_note();
    void reload();
    void begin_again();
    std::string read_only_reason() const;
    void find_similar();
    void recheck();
    ReviewDraft said() const;
    ReviewDraft asked(ReviewDraft review) const;
    void fill_item(FullModel& model) const;
    void fill_draft(FullModel& model) const;
    void fill_prediction(FullModel& model) const;
    void fill_checklist(FullModel& model) const;
    void fill_evidence(FullModel& model) const;
    void fill_notes(FullModel& model) const;
    bool missing(std::string_view place) const;
    bool edit_places(const Intent& intent);
    std::string answer_to(std::string_view question) const;

    const Workplace& work_;
    ItemId id_;
    std::optional<OperationId> supersedes_;
    bool blind_ = false;      // the prediction is hidden (core/workflow/sight.h)
    std::string given_back_;  // why this is asked again; empty: it is not
    std::optional<LoadedItem> item_;
    std::string problem_;
    Draft draft_;
    bool tried_ = false;
    int current_evidence_ = -1;
    std::string marking_for_;  // the evidence question that marked places answer; empty: the rationale
    std::vector<Shortfall> shortfalls_;
    std::vector<bool> shown_;  // for each question of the checklist; anew with each change of the draft
    std::vector<SimilarDecision> similar_;
    std::vector<NoteModel> notes_;
    int64_t opened_us_ = 0;
    std::optional<Duration> unsaved_since_;
};

}  // namespace countersign::shell
