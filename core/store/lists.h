#pragma once
// Lists of items: filtered, sorted, paged by key. Never by offset, so that any page of any list costs the same.

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/store/items.h"

namespace countersign::store {

enum class ListSort : uint8_t {
    due,         // most urgent first; without a due time last
    due_last,    // the other way round
    confidence,  // least sure first
    sure,        // surest first
    newest,      // last arrived first
    oldest,      // first arrived first
};

std::string_view list_sort_name(ListSort sort);
std::optional<ListSort> list_sort_from_name(std::string_view name);

struct ListFilter {
    ItemStatus status = ItemStatus::open;
    std::optional<TierKind> kind = {};  // or all
    std::string tier = {};              // id, or empty for all
    LabelId label = {};                 // the predicted one, or empty for all
    ActorId reviewer = {};              // who decided, or empty for all
    std::string search = {};            // words that the text must have; empty for all
};

// A place in a list: what it is sorted by, then the item's number; both negated where the list descends, so that keys
// ascend in every list.
struct ListKey {
    int64_t value = INT64_MIN;
    int64_t no = INT64_MIN;

    auto operator<=>(const ListKey&) const = default;
};

ListKey key_of(const ItemRow& row, ListSort sort);

// Whether the row belongs into the list. Search is not looked at.
bool matches(const ListFilter& filter, const ItemRow& row);

struct ListPage {
    std::vector<ItemRow> rows;
    std::optional<ListKey> next;  // where the next page begins, if there is more
};

// Rows with key >= from, at most `limit`.
Result<ListPage> list_items(Database& database, const ProjectRow& project, const ListFilter& filter, ListSort sort,
                            ListKey from, size_t limit);

// Only the keys, for building an index over the list (list_index.h).
Result<std::vector<ListKey>> list_keys(Database& database, const ProjectRow& project, const ListFilter& filter,
                                       ListSort sort, ListKey from, size_t limit);

// For deep links and for the API: "<value>.<no>" and back.
std::string to_text(ListKey key);
Result<ListKey> parse_list_key(std::string_view text);

}  // namespace countersign::store
