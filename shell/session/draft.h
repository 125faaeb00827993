#pragma once
// A full review in the making: what a person has chosen and written so far. Kept on the device with each pause, so that
// a closed tab loses nothing; thrown away when the review is submitted.

#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/model/item_state.h"
#include "core/model/review.h"
#include "core/store/sqlite.h"

namespace countersign::shell {

struct Draft {
    std::optional<countersign::Verdict> verdict;
    ReviewDraft review;  // its verdict counts only when `verdict` is set
    std::string note;    // a note that is being written

    bool empty() const;
};

// A label that was chosen without a sight of the prediction accepts it where it is the predicted one.
void accept_if_predicted(const ItemState& state, ReviewDraft& review);

std::string to_json(const Draft& draft);
Result<Draft> parse_draft(std::string_view json);

Result<std::optional<Draft>> read_draft(store::Database& database, const std::string& key);
// An empty draft removes the stored one.
Status write_draft(store::Database& database, const std::string& key, const Draft& draft);

}  // namespace countersign::shell
