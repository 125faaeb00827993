#pragma once
// Answers of several reviewers out of a file (records.h): one record an answer, with an item ("item", "item_id" or
// "task"), a reviewer ("reviewer", "worker" or "annotator") and a "label". Other columns are passed over.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/stats/answers.h"
#include "core/table/records.h"

namespace countersign::table {

// Names and their numbers, in order of their first appearance.
class NameList {
public:
    uint32_t number_of(std::string_view name);
    std::optional<uint32_t> find(std::string_view name) const;

    const std::vector<std::string>& names() const { return names_; }

private:
    std::vector<std::string> names_;
    std::map<std::string, uint32_t, std::less<>> numbers_;
};

struct NamedAnswers {
    NameList items;
    NameList reviewers;
    // The schema's, in its order; without one, those that occur: by value when all are whole numbers, else by bytes.
    std::vector<std::string> labels;
    std::vector<stats::Answer> answers;  // as they stood in the file
};

class AnswerReader : public RecordSink {
public:
    // `schema`: the labels that there are; a label that is not among them is an error. Empty: those that occur.
    explicit AnswerReader(const std::vector<std::string>& schema = {});

    Status take(const Record& record) override;
    // invalid_argument when there was no answer.
    Result<NamedAnswers> finish();

private:
    bool has_schema_;
    NamedAnswers read_;
    NameList labels_;
};

// What a label's column says when it holds numbers: "3", "-0.5", "1e-3". invalid_argument for anything else.
Result<double> read_number(std::string_view text);

// The value of a column that has to be there and to say something: by the first of these names that the record has.
Result<std::string_view> required(const Record& record, std::initializer_list<std::string_view> names);

inline constexpr std::initializer_list<std::string_view> kItemColumns{"item", "item_id", "task"};
inline constexpr std::initializer_list<std::string_view> kReviewerColumns{"reviewer", "worker", "annotator"};
inline constexpr std::initializer_list<std::string_view> kLabelColumns{"label"};

}  // namespace countersign::table
