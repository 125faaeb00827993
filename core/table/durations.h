#pragma once
// How long reviews took, out of a file (records.h): one record a review, with item and reviewer as in answers.h, and
// - "seconds", and "finished" as yes or no (true or false, 1 or 0); without it all are finished; or
// - "started" and "finished" as times of RFC 3339; a review without the second is not finished yet.
// Which of the two, the first record says. Other columns are passed over.

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/table/answers.h"
#include "core/table/records.h"

namespace countersign::table {

struct ReviewTime {
    uint32_t item = 0;
    uint32_t reviewer = 0;
    bool finished = true;
    double seconds = 0;                   // of files with "seconds": above 0 where it is finished, else 0 or more
    std::optional<Instant> started = {};  // of the other files
    std::optional<Instant> ended = {};    // not before `started`
};

struct NamedTimes {
    NameList items;
    NameList reviewers;
    std::vector<ReviewTime> reviews;  // as they stood in the file
    bool has_instants = false;        // "started" and "finished"
};

class DurationReader : public RecordSink {
public:
    Status take(const Record& record) override;
    // invalid_argument when there was no review.
    Result<NamedTimes> finish();

private:
    NamedTimes read_;
};

}  // namespace countersign::table
