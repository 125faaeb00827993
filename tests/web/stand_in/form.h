#pragma once
// The stand-in's screen: a few widgets of each kind that the platform must carry, and the tree that tells of them.

#include <cstdint>
#include <string>
#include <vector>

#include "shell/platform/host.h"
#include "shell/platform/storage.h"
#include "shell/semantics/tree.h"
#include "tests/web/stand_in/pattern.h"

namespace countersign::web::stand_in {

// Ids of the widgets; rows of the queue count up from `first_row`.
enum Widget : uint32_t {
    kNothing = 0,
    kHeading = 1,
    kDecide,
    kConfirmed,
    kReason,
    kNotes,
    kSend,
    kSaveFile,
    kCopyReason,
    kAnimate,
    kCrash,
    kCount,
    kEvents,
    kStorage,
    kAnswer,
    kIntegrity,
    kQueue,
    kFirstRow = 1000,
};

inline constexpr int32_t kRows = 2000;
inline constexpr int32_t kRowsShown = 300;

struct Form {
    int64_t decisions = 0;
    bool confirmed = false;
    std::string reason;
    std::string notes;
    std::string preedit;
    std::string answer;
    std::string integrity;
    std::string events;  // the last lines of what came in, oldest first
    shell::StorageStanding storage;
    uint32_t focused = kNothing;
    float scroll = 0;
    float width = 0;
    float height = 0;
    float scale = 1;
    bool dark = false;

    // The text field that has the focus, or nullptr.
    std::string* field();
};

shell::SemanticTree semantics_of(const Form& form);
// The widget at a place, the last one that covers it.
uint32_t widget_at(const shell::SemanticTree& tree, float x, float y);
ImDrawData draw(const Form& form, const shell::SemanticTree& tree);
std::optional<shell::TextInputArea> text_area(const Form& form, const shell::SemanticTree& tree);
// The next or the previous widget that can have the focus.
uint32_t next_focus(uint32_t from, bool backwards);

}  // namespace countersign::web::stand_in
