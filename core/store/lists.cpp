#include "core/store/lists.h"

#include <charconv>

#include "core/base/concat.h"
#include "core/store/item_row.h"
#include "core/store/search.h"

namespace countersign::store {

namespace {

struct SortColumn {
    ListSort sort;
    std::string_view name;
    std::string_view column;
    bool descending;
};

constexpr SortColumn kSorts[] = {
    {ListSort::due, "due", "due_us", false},
    {ListSort::due_last, "due_last", "due_us", true},
    {ListSort::confidence, "confidence", "confidence_ppm", false},
    {ListSort::sure, "sure", "confidence_ppm", true},
    {ListSort::newest, "newest", "no", true},
    {ListSort::oldest, "oldest", "no", false},
};

const SortColumn& column_of(ListSort sort) {
    return kSorts[static_cast<size_t>(sort)];
}

bool by_arrival(ListSort sort) {
    return column_of(sort).column == "no";
}

ListKey signed_key(ListSort sort, int64_t value, int64_t no) {
    return column_of(sort).descending ? ListKey{-value, -no} : ListKey{value, no};
}

// What the key stands for in SQL; the lowest key is before every row.
int64_t plain(ListSort sort, int64_t of_key) {
    if (of_key == INT64_MIN) {
        return column_of(sort).descending ? INT64_MAX : INT64_MIN;
    }
    return column_of(sort).descending ? -of_key : of_key;
}

// The list's SELECT up to its limit. Built from literals; every value is bound.
std::string select_sql(std::string_view columns, const ListFilter& filter, ListSort sort) {
    const SortColumn& by = column_of(sort);
    const std::string_view from = by.descending ? "<=" : ">=";
    const std::string_view order = by.descending ? " DESC" : "";
    // By arrival the table itself is in order; the plus keeps the planner from sorting an index's rows instead.
    const std::string_view status = by_arrival(sort) ? "+status" : "status";
    std::string sql = concat("SELECT ", columns, " FROM item WHERE project = ? AND ", status, " = ?");
    sql += by_arrival(sort) ? concat(" AND no ", from, " ?") : concat(" AND (", by.column, ", no) ", from, " (?, ?)");
    sql += filter.kind ? " AND kind = ?" : "";
    sql += filter.tier.empty() ? "" : " AND tier = ?";
    sql += filter.label.empty() ? "" : " AND label = ?";
    sql += filter.reviewer.empty() ? "" : " AND reviewer = ?";
    sql += filter.search.empty() ? "" : " AND no IN (SELECT rowid FROM search WHERE search MATCH ?)";
    sql += by_arrival(sort) ? concat(" ORDER BY no", order) : concat(" ORDER BY ", by.column, order, ", no", order);
    return sql + " LIMIT ?";
}

void bind_list(Statement& statement, const ProjectRow& project, const ListFilter& filter, ListSort sort, ListKey from,
               size_t limit, const std::string& match) {
    statement.bind(project.no).bind(static_cast<int64_t>(filter.status));
    if (!by_arrival(sort)) {
        statement.bind(plain(sort, from.value));
    }
    statement.bind(plain(sort, from.no));
    if (filter.kind) {
        statement.bind(static_cast<int64_t>(*filter.kind));
    }
    for (const std::string* text : {&filter.tier, &filter.label.text, &filter.reviewer.text, &match}) {
        if (!text->empty()) {
            statement.bind(*text);
        }
    }
    statement.bind(static_cast<int64_t>(limit));
}

}  // namespace

std::string_view list_sort_name(ListSort sort) {
    return column_of(sort).name;
}

std::optional<ListSort> list_sort_from_name(std::string_view name) {
    for (const SortColumn& one : kSorts) {
        if (one.name == name) {
            return one.sort;
        }
    }
    return std::nullopt;
}

ListKey key_of(const ItemRow& row, ListSort sort) {
    if (by_arrival(sort)) {
        return signed_key(sort, row.no, row.no);
    }
    const bool by_due = column_of(sort).column == "due_us";
    return signed_key(sort, by_due ? (row.due ? row.due->us : kNoDue_us) : int64_t{row.confidence.value}, row.no);
}

bool matches(const ListFilter& filter, const ItemRow& row) {
    return row.status == filter.status && (!filter.kind || row.kind == *filter.kind) &&
           (filter.tier.empty() || row.tier == filter.tier) && (filter.label.empty() || row.label == filter.label) &&
           (filter.reviewer.empty() || row.reviewer == filter.reviewer);
}

Result<ListPage> list_items(Database& database, const ProjectRow& project, const ListFilter& filter, ListSort sort,
                            ListKey from, size_t limit) {
    ListPage page;
    const std::string match = search_expression(filter.search);
    Statement select = CS_TRY(database.prepare(select_sql(kItemColumns, filter, sort)));
    bind_list(select, project, filter, sort, from, limit + 1, match);
    while (CS_TRY(select.step())) {
        ItemRow row = CS_TRY(item_row(select));
        if (page.rows.size() == limit) {
            page.next = key_of(row, sort);
            break;
        }
        page.rows.push_back(std::move(row));
    }
    return page;
}

Result<std::vector<ListKey>> list_keys(Database& database, const ProjectRow& project, const ListFilter& filter,
                                       ListSort sort, ListKey from, size_t limit) {
    std::vector<ListKey> keys;
    keys.reserve(limit);
    const std::string match = search_expression(filter.search);
    const std::string columns = concat(column_of(sort).column, ", no");
    Statement select = CS_TRY(database.prepare(select_sql(columns, filter, sort)));
    bind_list(select, project, filter, sort, from, limit, match);
    while (CS_TRY(select.step())) {
        keys.push_back(signed_key(sort, select.integer(0), select.integer(1)));
    }
    return keys;
}

std::string to_text(ListKey key) {
    return concat(key.value, '.', key.no);
}

Result<ListKey> parse_list_key(std::string_view text) {
    const Error bad = fail(
        ErrorCode::invalid_argument,
        concat("'", text.substr(0, 60), "' is not a place in a list; take it from 'next' of the page before"), "after");
    ListKey key;
    const size_t dot = text.find('.');
    if (dot == std::string_view::npos) {
        return bad;
    }
    const char* end = text.data() + text.size();
    const auto value = std::from_chars(text.data(), text.data() + dot, key.value);
    const auto no = std::from_chars(text.data() + dot + 1, end, key.no);
    const bool good =
        value.ec == std::errc{} && no.ec == std::errc{} && value.ptr == text.data() + dot && no.ptr == end;
    return good ? Result<ListKey>(key) : bad;
}

}  // namespace countersign::store
