#pragma once
// The sheet for taking work along: what is asked for, what came of it, and what one has.

#include <optional>
#include <string>
#include <vector>

#include "core/store/leases.h"
#include "shell/models/intents.h"
#include "shell/models/take_along.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

class TakeAlong {
public:
    explicit TakeAlong(const Workplace& work) : work_(work) {}

    // What happened, for the status line, when the intent was the sheet's.
    std::optional<std::string> handle(const Intent& intent);
    // Nothing while the sheet is closed.
    std::optional<TakeAlongModel> model();

    // How many items are taken along.
    int64_t taken();

    // Leases have come, or run out.
    void refresh() { stale_ = true; }

private:
    void load();
    std::optional<size_t> count() const;
    std::string take();
    std::string give_back(const std::string& item);
    std::string outcome_words() const;

    const Workplace& work_;
    bool open_ = false;
    bool stale_ = true;
    std::string typed_ = "25";
    TakeTime time_ = TakeTime::eight_hours;
    int tier_ = 0;
    std::vector<store::LeaseRow> taken_;
};

}  // namespace countersign::shell
