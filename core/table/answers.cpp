#include "core/table/answers.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "core/base/utf8.h"
#include "core/json/number.h"

namespace countersign::table {

namespace {

constexpr uint32_t kMostNames = 100'000'000;

std::string list_of(std::initializer_list<std::string_view> names) {
    std::string out;
    for (const std::string_view name : names) {
        out += concat(out.empty() ? "'" : " or '", name, "'");
    }
    return out;
}

std::string columns_of(const Record& record) {
    constexpr size_t kShown = 12;
    std::string out;
    for (const Field& field : record.fields.first(std::min(record.fields.size(), kShown))) {
        out += concat(out.empty() ? "'" : ", '", utf8::shortened(field.name, 40), "'");
    }
    return record.fields.size() > kShown ? out + ", ..." : out;
}

// Their values when all are whole numbers.
std::optional<std::vector<int64_t>> whole_numbers(const std::vector<std::string>& names) {
    std::vector<int64_t> out;
    for (const std::string& name : names) {
        const auto json = parse_json(name);
        if (!json.ok() || json.value().integer() == nullptr) {
            return std::nullopt;
        }
        out.push_back(*json.value().integer());
    }
    return out;
}

// The order in which labels that no schema orders are shown and numbered.
std::vector<uint32_t> order_of(const std::vector<std::string>& names) {
    std::vector<uint32_t> order(names.size());
    std::iota(order.begin(), order.end(), 0U);
    if (const auto values = whole_numbers(names)) {
        std::ranges::stable_sort(order, {}, [&values](uint32_t i) { return (*values)[i]; });
    } else {
        std::ranges::sort(order, {}, [&names](uint32_t i) { return std::string_view(names[i]); });
    }
    return order;
}

}  // namespace

uint32_t NameList::number_of(std::string_view name) {
    const auto found = numbers_.find(name);
    if (found != numbers_.end()) {
        return found->second;
    }
    CS_CHECK(names_.size() < kMostNames);
    const auto number = static_cast<uint32_t>(names_.size());
    names_.emplace_back(name);
    numbers_.emplace(name, number);
    return number;
}

std::optional<uint32_t> NameList::find(std::string_view name) const {
    const auto found = numbers_.find(name);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

Result<std::string_view> required(const Record& record, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        if (const auto value = record.find(name)) {
            return value->empty()
                       ? Result<std::string_view>(fail(ErrorCode::invalid_argument, "is empty", column_place(name)))
                       : Result<std::string_view>(*value);
        }
    }
    return fail(ErrorCode::invalid_argument,
                concat("there is no column ", list_of(names), "; there are ", columns_of(record)));
}

Result<double> read_number(std::string_view text) {
    const auto json = parse_json(text);
    if (const auto number = json.ok() ? as_double(json.value()) : std::nullopt) {
        return *number;
    }
    return fail(ErrorCode::invalid_argument, concat("must be a number, but is '", utf8::shortened(text, 60), "'"));
}

AnswerReader::AnswerReader(const std::vector<std::string>& schema) : has_schema_(!schema.empty()) {
    for (const std::string& label : schema) {
        labels_.number_of(label);
    }
}

Status AnswerReader::take(const Record& record) {
    stats::Answer answer;
    answer.item = read_.items.number_of(CS_TRY(required(record, kItemColumns)));
    answer.reviewer = read_.reviewers.number_of(CS_TRY(required(record, kReviewerColumns)));
    const std::string_view label = CS_TRY(required(record, kLabelColumns));
    if (has_schema_ && !labels_.find(label)) {
        return fail(ErrorCode::invalid_argument,
                    concat("there is no label '", utf8::shortened(label, 60), "'", suggestion(label, labels_.names())),
                    column_place("label"));
    }
    answer.label = labels_.number_of(label);
    read_.answers.push_back(answer);
    return success();
}

Result<NamedAnswers> AnswerReader::finish() {
    if (read_.answers.empty()) {
        return fail(ErrorCode::invalid_argument, "there is no answer in the file, only a header");
    }
    read_.labels = labels_.names();
    if (!has_schema_) {
        const std::vector<uint32_t> order = order_of(labels_.names());
        std::vector<uint32_t> place(order.size());
        for (uint32_t i = 0; i < order.size(); ++i) {
            read_.labels[i] = labels_.names()[order[i]];
            place[order[i]] = i;
        }
        for (stats::Answer& answer : read_.answers) {
            answer.label = place[answer.label];
        }
    }
    return std::move(read_);
}

}  // namespace countersign::table
