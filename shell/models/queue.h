#pragma once
// The list of a project's items, of any length. The model holds a window on it, never the list.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shell/models/common.h"
#include "shell/models/take_along.h"

namespace countersign::shell {

// What is to be said about an item in a list.
enum class RowMark : uint8_t { open, own, decided, given_back, escalated };

struct QueueRow {
    std::string id;
    std::string text;  // the beginning of the item, one line
    Tier tier = Tier::quick;
    RowMark mark = RowMark::open;
    Level level = Level::on_device;  // of one's own decision, with RowMark::own
    std::string held_by;             // who is at it besides oneself; empty: nobody
    LabelModel label;                // predicted, or decided; empty where the prediction is hidden
    ConfidenceModel confidence;
    DueModel due;
    std::string reason;  // the route, a few words; why it was given back
};

// Rows by position in the list as filtered and sorted. Null: not loaded; the provider has taken note, loads it with its
// neighbours, and asks for a frame when it is there. Only rows on the screen are asked for.
class QueueRows {
public:
    virtual ~QueueRows() = default;
    virtual int64_t count() const = 0;
    virtual const QueueRow* row(int64_t index) = 0;
};

enum class QueueColumn : uint8_t { tier, item, label, confidence, due, standing };

enum class TierFilter : uint8_t { all, full, quick, automatic };

// `escalated`: what somebody who has not reviewed it is to settle.
enum class StandingFilter : uint8_t { open, escalated, decided };

struct QueueCounts {
    int64_t all = 0;
    int64_t full = 0;
    int64_t quick = 0;
    int64_t automatic = 0;
    int64_t escalated = 0;  // of all: what waits to be settled
};

struct QueueModel {
    std::string project;
    LoadModel load;
    QueueCounts counts;
    QueueRows* rows = nullptr;
    int64_t selected = -1;

    TierFilter tier = TierFilter::all;
    StandingFilter standing = StandingFilter::open;
    int label = -1;  // index into labels; -1: any
    std::string search;
    std::vector<LabelModel> labels;

    QueueColumn sorted_by = QueueColumn::due;
    bool descending = false;

    int64_t given_back = 0;                    // so many stand first in the list
    int64_t taken_along = 0;                   // leases that one has taken along
    std::optional<TakeAlongModel> take_along;  // the sheet over the list, when it is open

    // True when nothing filters: an empty list then means that there is nothing to do.
    bool unfiltered() const {
        return tier == TierFilter::all && standing == StandingFilter::open && label < 0 && search.empty();
    }
};

}  // namespace countersign::shell
