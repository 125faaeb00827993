#pragma once
// Predictions into a project, line by line. Used by the API's streamed request and by the command line's import.
//
// Two halves, so that parsing can run beside writing: IngestReader turns bytes into checked lines (pure, any thread);
// ingest() records a batch of them (inside the writer's transaction). A broken line is reported by its number and holds
// nothing up; the same line again changes nothing.

#include <string>
#include <string_view>
#include <vector>

#include "core/api/workspace.h"
#include "core/model/ingest_line.h"

namespace countersign::api {

struct LineError {
    uint64_t line = 0;
    Error error;
};

struct IngestSummary {
    uint64_t lines = 0;
    uint64_t items = 0;        // new items
    uint64_t predictions = 0;  // further predictions for known items
    uint64_t unchanged = 0;    // known already, word for word
    uint64_t failed = 0;
    std::vector<LineError> errors;  // the first of them, up to ApiLimits::reported_errors

    void report(LineError error, size_t most);
};

struct ReadLine {
    uint64_t number = 0;
    IngestLine line;
};

// Splits a stream of bytes into lines and reads each. Blank lines are passed over.
class IngestReader {
public:
    explicit IngestReader(const ApiLimits& limits) : limits_(limits) {}

    // exhausted when there are more lines than allowed; what was read before stays.
    Status feed(std::string_view piece);
    // After the last piece: a last line without a newline.
    Status finish();

    // Lines read since the last call, and the errors of those that could not be read.
    std::vector<ReadLine> take_lines();
    std::vector<LineError> take_errors();

    bool has_lines() const { return !lines_.empty() || !errors_.empty(); }

    uint64_t lines_read() const { return number_; }

private:
    Status read_line(std::string_view line);

    const ApiLimits limits_;
    std::string partial_;
    bool discarding_ = false;  // inside a line that is too long
    uint64_t number_ = 0;
    std::vector<ReadLine> lines_;
    std::vector<LineError> errors_;
};

// Records the lines. Fails as a whole only for reasons that concern all of them (no project, no policy, the store).
Status ingest(Workspace& workspace, const ProjectId& project, const ActorId& actor, const std::vector<ReadLine>& lines,
              IngestSummary& summary);

// {"lines":..,"items":..,"predictions":..,"unchanged":..,"failed":..,"errors":[{"line":7,"field":"...","message":"..."}]}
std::string to_json(const IngestSummary& summary);

}  // namespace countersign::api
