#include "core/rebuild/compare.h"

#include "core/base/concat.h"
#include "core/base/utf8.h"

namespace countersign::rebuild {

namespace {

constexpr size_t kShown_characters = 80;

struct Table {
    std::string_view name;
    std::vector<std::string_view> key;
    std::vector<std::string_view> columns;  // besides
};

const std::vector<Table>& tables() {
    static const std::vector<Table> kTables = {
        {"project", {"no"}, {"id", "name", "head_seq", "policy", "policy_version"}},
        {"event", {"at_key"}, {"item", "type"}},
        {"item",
         {"no"},
         {"project", "id", "last_seq", "status", "kind", "tier", "due_us", "confidence_ppm", "label", "model",
          "decided_label", "decided_us", "reviewer", "pending"}},
        {"drawn",
         {"item"},
         {"project", "tier", "model", "policy", "outcome", "propensity_ppm", "certificate", "number", "stratum",
          "confidence_ppm", "error_ppm", "arrived_us", "finding", "decided_us"}},
        {"promised", {"project", "certificate"}, {"items", "s0", "s1", "s2", "s3"}},
        {"lease", {"item", "slot"}, {"holder", "stream", "fence_epoch", "fence_count", "expires_us", "offline"}},
        {"operation",
         {"stream", "seq", "hash"},
         {"project", "item", "item_id", "op", "bytes", "state", "reason", "event_seq", "at_us"}},
        {"tile", {"project", "level", "n"}, {"hashes"}},
    };
    return kTables;
}

// Each value as SQL would write it: what differs in kind differs in text.
std::string select_of(const Table& table) {
    std::string out = "SELECT ";
    std::string order;
    for (const std::string_view column : table.key) {
        out += concat("quote(", column, "), ");
        order += concat(order.empty() ? "" : ", ", column);
    }
    for (const std::string_view column : table.columns) {
        out += concat("quote(", column, "), ");
    }
    out.resize(out.size() - 2);
    return concat(out, " FROM ", table.name, " ORDER BY ", order);
}

// One side's rows, in the order of their keys.
class Rows {
public:
    static Result<Rows> open(store::Database& database, const Table& table) {
        Rows out(CS_TRY(database.prepare(select_of(table))), table.key.size() + table.columns.size());
        CS_TRY_STATUS(out.next());
        return out;
    }

    Status next() {
        there_ = CS_TRY(statement_.step());
        for (size_t i = 0; there_ && i < values_.size(); ++i) {
            values_[i] = statement_.text(static_cast<int>(i));
        }
        return success();
    }

    bool there() const { return there_; }

    const std::vector<std::string>& values() const { return values_; }

private:
    Rows(store::Statement statement, size_t columns) : statement_(std::move(statement)), values_(columns) {}

    store::Statement statement_;
    std::vector<std::string> values_;
    bool there_ = false;
};

bool is_number(const std::string& quoted) {
    return !quoted.empty() && (quoted.front() == '-' || (quoted.front() >= '0' && quoted.front() <= '9'));
}

// As SQLite orders them: numbers by value, texts and blobs byte by byte (hexadecimal keeps that order).
int compare_quoted(const std::string& a, const std::string& b) {
    if (is_number(a) && is_number(b) && a.size() != b.size() && a.front() != '-' && b.front() != '-') {
        return a.size() < b.size() ? -1 : 1;
    }
    return a.compare(b);
}

int compare_keys(const Rows& a, const Rows& b, size_t columns) {
    for (size_t i = 0; i < columns; ++i) {
        if (const int order = compare_quoted(a.values()[i], b.values()[i]); order != 0) {
            return order;
        }
    }
    return 0;
}

std::string key_text(const Table& table, const Rows& row) {
    if (table.name == "event") {
        const int64_t key = std::strtoll(row.values()[0].c_str(), nullptr, 10);
        return concat("project ", key >> 40, ", number ", key & ((int64_t{1} << 40) - 1));
    }
    std::string out;
    for (size_t i = 0; i < table.key.size(); ++i) {
        out += concat(out.empty() ? "" : ", ", table.key[i], ' ', utf8::shortened(row.values()[i], kShown_characters));
    }
    return out;
}

std::string what_differs(const Table& table, const Rows& stored, const Rows& rebuilt) {
    std::string out;
    for (size_t i = 0; i < table.columns.size(); ++i) {
        const std::string& is = stored.values()[table.key.size() + i];
        const std::string& must = rebuilt.values()[table.key.size() + i];
        if (is != must) {
            out += concat(out.empty() ? "" : "; ", table.columns[i], " is ", utf8::shortened(is, kShown_characters),
                          ", the log says ", utf8::shortened(must, kShown_characters));
        }
    }
    return out;
}

Status compare_table(const Table& table, Rows stored, Rows rebuilt, size_t kept, Comparison& out) {
    TableResult result{table.name, 0, 0};
    const auto differs = [&](const Rows& row, std::string what) {
        if (result.different < kept) {
            out.first.push_back({std::string(table.name), key_text(table, row), std::move(what)});
        }
        ++result.different;
    };
    while (stored.there() || rebuilt.there()) {
        const int order = !rebuilt.there() ? -1 : !stored.there() ? 1 : compare_keys(stored, rebuilt, table.key.size());
        if (order < 0) {
            differs(stored, "is there, and nothing in the log says so");
        } else if (order > 0) {
            differs(rebuilt, "is missing");
        } else if (stored.values() != rebuilt.values()) {
            differs(stored, what_differs(table, stored, rebuilt));
        }
        result.rows += order >= 0 ? 1 : 0;
        if (order <= 0) {
            CS_TRY_STATUS(stored.next());
        }
        if (order >= 0) {
            CS_TRY_STATUS(rebuilt.next());
        }
    }
    out.tables.push_back(result);
    return success();
}

}  // namespace

uint64_t Comparison::different() const {
    uint64_t out = 0;
    for (const TableResult& one : tables) {
        out += one.different;
    }
    return out;
}

Result<Comparison> compare(store::Database& stored, store::Database& rebuilt, size_t kept) {
    Comparison out;
    for (const Table& table : tables()) {
        CS_TRY_STATUS(
            compare_table(table, CS_TRY(Rows::open(stored, table)), CS_TRY(Rows::open(rebuilt, table)), kept, out));
    }
    return out;
}

}  // namespace countersign::rebuild
