#include "tests/support/corpus.h"

#include <fstream>
#include <iterator>
#include <vector>

#include <catch_amalgamated.hpp>
#include <sqlite3.h>

#include "core/base/concat.h"
#include "core/hash/sha256.h"
#include "core/json/writer.h"

namespace countersign::testing {

namespace {

class Prepared {
public:
    Prepared(store::Database& database, const std::string& sql) {
        INFO(sql);
        REQUIRE(sqlite3_prepare_v2(database.handle(), sql.c_str(), -1, &statement_, nullptr) == SQLITE_OK);
    }

    ~Prepared() { sqlite3_finalize(statement_); }

    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;

    sqlite3_stmt* get() const { return statement_; }

    bool step() {
        const int code = sqlite3_step(statement_);
        REQUIRE((code == SQLITE_ROW || code == SQLITE_DONE));
        return code == SQLITE_ROW;
    }

    std::string_view text(int column) const {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        const auto size = static_cast<size_t>(sqlite3_column_bytes(statement_, column));
        return bytes == nullptr ? std::string_view() : std::string_view(bytes, size);
    }

private:
    sqlite3_stmt* statement_ = nullptr;
};

std::vector<std::string> tables_of(store::Database& database) {
    std::vector<std::string> out;
    Prepared select(database,
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE "
                    "'sqlite%' ORDER BY rowid");
    while (select.step()) {
        out.emplace_back(select.text(0));
    }
    return out;
}

void write_value(JsonWriter& writer, const Prepared& row, int column) {
    switch (sqlite3_column_type(row.get(), column)) {
        case SQLITE_INTEGER: writer.integer(sqlite3_column_int64(row.get(), column)); return;
        case SQLITE_TEXT: writer.text(row.text(column)); return;
        case SQLITE_BLOB: writer.begin_object().member("hex", to_hex(row.text(column))).end_object(); return;
        default: writer.null();
    }
}

void bind_value(const Prepared& insert, int place, const Json& value) {
    if (const int64_t* number = value.integer()) {
        REQUIRE(sqlite3_bind_int64(insert.get(), place, *number) == SQLITE_OK);
    } else if (const std::string* text = value.string()) {
        const auto size = static_cast<int>(text->size());
        REQUIRE(sqlite3_bind_text(insert.get(), place, text->data(), size, SQLITE_TRANSIENT) == SQLITE_OK);
    } else if (value.object() != nullptr) {
        const std::string bytes = from_hex(value.text_of("hex")).value();
        const auto size = static_cast<int>(bytes.size());
        REQUIRE(sqlite3_bind_blob(insert.get(), place, bytes.data(), size, SQLITE_TRANSIENT) == SQLITE_OK);
    }
}

void lay_out_row(store::Database& database, const Json& line) {
    std::string columns;
    std::string places;
    const JsonObject& values = *line.find("values")->object();
    for (const JsonMember& value : values) {
        columns += concat(columns.empty() ? "" : ", ", value.first);
        places += places.empty() ? "?" : ", ?";
    }
    Prepared insert(database, concat("INSERT INTO ", line.text_of("table"), "(", columns, ") VALUES (", places, ")"));
    for (size_t i = 0; i < values.size(); ++i) {
        bind_value(insert, static_cast<int>(i) + 1, values[i].second);
    }
    insert.step();
}

}  // namespace

std::string dump_table(store::Database& database, const std::string& table) {
    std::string out;
    Prepared select(database, concat("SELECT * FROM ", table));
    while (select.step()) {
        JsonWriter writer;
        writer.begin_object().member("table", table).name("values").begin_object();
        for (int column = 0; column < sqlite3_column_count(select.get()); ++column) {
            writer.name(sqlite3_column_name(select.get(), column));
            write_value(writer, select, column);
        }
        out += std::move(writer.end_object().end_object()).take();
        out += '\n';
    }
    return out;
}

std::string dump_store(store::Database& database) {
    std::string out;
    for (const std::string& table : tables_of(database)) {
        out += dump_table(database, table);
    }
    return out;
}

std::string read_corpus(const std::string& name) {
    const std::string path = std::string(COUNTERSIGN_CORPUS) + "/" + name;
    std::ifstream file(path, std::ios::binary);
    INFO(path);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

void lay_out_store(store::Database& database, const std::string& lines) {
    REQUIRE(database.begin().ok());
    for (size_t at = 0; at < lines.size();) {
        const size_t end = lines.find('\n', at);
        const auto line = parse_json_line(std::string_view(lines).substr(at, end - at));
        REQUIRE(line.ok());
        lay_out_row(database, line.value());
        at = end + 1;
    }
    REQUIRE(database.commit().ok());
}

}  // namespace countersign::testing
