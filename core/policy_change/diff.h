#pragma once
// What differs between two policies, in words: "route 'sure': the condition was prediction.confidence >= 0.95 and is
// prediction.confidence >= 0.9". What a second person reads before approving a change, so nothing may be missing from
// it.
//
// Contract: both documents are ones that load_policy() takes. They are compared as documents, member by member, so that
// a field this file has never heard of is told, too; what is left out counts as its default (default_of), other
// spellings of the same (0.90 and 0.9, "24h" and "1d", verdicts in another order) as equal. Parts of lists are matched
// by their ids; one that is gone while another with the same content is new was renamed. Changes stand in the order of
// the document after, within each list followed by what is gone. Pure and deterministic.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/json.h"

namespace countersign::policy_change {

enum class ChangeKind : uint8_t { added, removed, renamed, moved, changed };

std::string_view change_kind_name(ChangeKind kind);

struct Change {
    std::string path;  // in the document after, "routes[1].when"; of what is gone in the one before
    std::string words;
    ChangeKind kind = ChangeKind::changed;
};

std::vector<Change> diff(const Json& before, const Json& after);

}  // namespace countersign::policy_change
