#include "tests/core/agreement/answer_cases.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <utility>

#include <catch_amalgamated.hpp>

#include "tests/support/cases.h"

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

double number_of(const Json& value) {
    if (const int64_t* whole = value.integer()) {
        return static_cast<double>(*whole);
    }
    REQUIRE(value.number() != nullptr);
    return value.number()->value;
}

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

long long whole(std::string_view text) {
    long long out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    INFO(std::string(text));
    REQUIRE((error == std::errc{} && end == text.data() + text.size()));
    return out;
}

std::vector<std::vector<std::string_view>> csv_rows(std::string_view text) {
    std::vector<std::vector<std::string_view>> out;
    for (size_t at = text.find('\n'); at != std::string_view::npos && at + 1 < text.size();) {
        const size_t end = text.find('\n', at + 1);
        std::string_view line = text.substr(at + 1, end == std::string_view::npos ? end : end - at - 1);
        line = line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
        auto& row = out.emplace_back();
        for (size_t comma = line.find(','); comma != std::string_view::npos; comma = line.find(',')) {
            row.push_back(line.substr(0, comma));
            line.remove_prefix(comma + 1);
        }
        row.push_back(line);
        at = end;
    }
    return out;
}

std::optional<AnswerSet> shared_answers(std::string_view folder) {
    const auto text = read_shared(std::string("data/") + std::string(folder) + "/answers.csv");
    if (!text) {
        return std::nullopt;
    }
    const auto rows = csv_rows(*text);
    std::map<long long, size_t> labels;
    for (const auto& row : rows) {
        labels[whole(row.at(2))] = 0;
    }
    std::vector<double> values;
    for (auto& [value, label] : labels) {
        label = values.size();
        values.push_back(static_cast<double>(value));
    }
    Collected out;
    std::map<std::pair<long long, long long>, size_t> times;
    for (const auto& row : rows) {
        const auto task = whole(row[0]);
        const auto worker = whole(row[1]);
        const size_t repeat = times[{task, worker}]++;
        out.add(static_cast<size_t>(task), static_cast<size_t>(worker) + (repeat * kRepeat), labels.at(whole(row[2])));
    }
    return AnswerSet{{out.answers, out.items, out.reviewers, values.size()}, values};
}

}  // namespace countersign::testing
