#include "tests/core/agreement/answer_cases.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <catch_amalgamated.hpp>

#include "tests/support/cases.h"
#include "tests/support/csv_table.h"

namespace countersign::testing {

namespace {

// The reference values count a worker's second answer on a task as an answer of its own: somebody else's.
constexpr size_t kRepeat = 10'000;

uint32_t narrow(size_t number) {
    return static_cast<uint32_t>(number);
}

struct Collected {
    std::vector<stats::Answer> answers;
    size_t items = 0;
    size_t reviewers = 0;

    void add(size_t item, size_t reviewer, size_t label) {
        answers.push_back({narrow(item), narrow(reviewer), narrow(label)});
        items = std::max(items, item + 1);
        reviewers = std::max(reviewers, reviewer + 1);
    }
};

// Rows of answers, by reviewers or by items.
void add_rows(Collected& out, const JsonArray& rows, bool by_items, const std::vector<double>& values) {
    for (size_t i = 0; i < rows.size(); ++i) {
        for (size_t j = 0; j < rows[i].array()->size(); ++j) {
            const Json& answer = rows[i].array()->at(j);
            if (answer.is_null()) {
                continue;
            }
            const auto at = std::ranges::find(values, number_of(answer));
            REQUIRE(at != values.end());
            out.add(by_items ? i : j, by_items ? j : i, static_cast<size_t>(at - values.begin()));
        }
    }
}

void add_counts(Collected& out, const JsonArray& rows) {
    for (size_t item = 0; item < rows.size(); ++item) {
        size_t reviewer = 0;
        for (size_t label = 0; label < rows[item].array()->size(); ++label) {
            for (int64_t n = *rows[item].array()->at(label).integer(); n > 0; --n) {
                out.add(item, reviewer++, label);
            }
        }
    }
}

void add_contingency(Collected& out, const JsonArray& rows) {
    for (size_t first = 0; first < rows.size(); ++first) {
        for (size_t second = 0; second < rows.size(); ++second) {
            for (int64_t n = *rows[first].array()->at(second).integer(); n > 0; --n) {
                const size_t item = out.items;
                out.add(item, 0, first);
                out.add(item, 1, second);
            }
        }
    }
}

}  // namespace

AnswerSet answers_of(const Json& one) {
    std::vector<double> values;
    for (const Json& value : *one.find("values")->array()) {
        values.push_back(number_of(value));
    }
    Collected out;
    if (const Json* rows = one.find("reviewers")) {
        add_rows(out, *rows->array(), false, values);
    } else if (const Json* items = one.find("items")) {
        add_rows(out, *items->array(), true, values);
    } else if (const Json* counts = one.find("counts")) {
        add_counts(out, *counts->array());
    } else {
        add_contingency(out, *one.find("contingency")->array());
    }
    return {{out.answers, out.items, out.reviewers, values.size()}, values};
}

std::optional<AnswerSet> shared_answers(std::string_view folder) {
    const auto text = read_shared(std::string("data/") + std::string(folder) + "/answers.csv");
    if (!text) {
        return std::nullopt;
    }
    const auto rows = read_whole_numbers(*text, 3);
    std::map<int64_t, size_t> labels;
    for (const auto& row : rows) {
        labels[row[2]] = 0;
    }
    std::vector<double> values;
    for (auto& [value, label] : labels) {
        label = values.size();
        values.push_back(static_cast<double>(value));
    }
    Collected out;
    std::map<std::pair<int64_t, int64_t>, size_t> times;
    for (const auto& row : rows) {
        const size_t repeat = times[{row[0], row[1]}]++;
        out.add(static_cast<size_t>(row[0]), static_cast<size_t>(row[1]) + (repeat * kRepeat), labels.at(row[2]));
    }
    return AnswerSet{{out.answers, out.items, out.reviewers, values.size()}, values};
}

}  // namespace countersign::testing
