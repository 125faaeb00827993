#include "core/store/search.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/model/item_state.h"

namespace countersign::store {

namespace {

// Runs of letters and digits; everything beyond ASCII counts as a letter (the tokenizer knows better and agrees on
// words).
std::vector<std::string> words_of(std::string_view text, size_t most) {
    std::vector<std::string> words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty() && words.size() < most) {
            words.push_back(word);
        }
        word.clear();
    };
    for (const char c : text) {
        const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (static_cast<unsigned char>(c) >= 0x80);
        if (letter) {
            word.push_back(c);
        } else {
            finish();
        }
    }
    finish();
    return words;
}

std::string quoted(const std::string& word) {
    return "\"" + word + "\"";
}

}  // namespace

Status index_text(Database& database, int64_t item_no, std::string_view text) {
    Statement insert = CS_TRY(database.prepare("INSERT INTO search(rowid, text) VALUES (?, ?)"));
    return insert.bind(item_no).bind(text).run();
}

Status forget_text(Database& database, int64_t item_no) {
    Statement remove = CS_TRY(database.prepare("DELETE FROM search WHERE rowid = ?"));
    return remove.bind(item_no).run();
}

Status shed_forgotten(Database& database) {
    return database.execute("INSERT INTO search(search) VALUES ('optimize')");
}

std::string search_expression(std::string_view words) {
    std::string out;
    for (const std::string& word : words_of(words, 16)) {
        out += (out.empty() ? "" : " ") + quoted(word);
    }
    return out.empty() ? out : out + "*";
}

Result<std::vector<int64_t>> similar_decided(Database& database, const ProjectRow& project, std::string_view text,
                                             int64_t except, size_t limit) {
    std::vector<int64_t> out;
    std::string any;
    for (const std::string& word : words_of(text, 40)) {
        if (utf8::length(word) >= 4) {
            any += (any.empty() ? "" : " OR ") + quoted(word);
        }
    }
    if (any.empty()) {
        return out;
    }
    // bm25 weighs rare words high, which is all the notion of likeness that is claimed here.
    Statement select = CS_TRY(database.prepare(
        "SELECT rowid FROM (SELECT rowid, rank FROM search WHERE search MATCH ? ORDER BY rank LIMIT 200) AS found "
        "JOIN item ON item.no = found.rowid WHERE item.project = ? AND item.status = ? AND item.no <> ? ORDER BY "
        "found.rank LIMIT ?"));
    select.bind(any)
        .bind(project.no)
        .bind(static_cast<int64_t>(ItemStatus::resolved))
        .bind(except)
        .bind(static_cast<int64_t>(limit));
    while (CS_TRY(select.step())) {
        out.push_back(select.integer(0));
    }
    return out;
}

}  // namespace countersign::store
