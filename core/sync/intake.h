#pragma once
// What a server sends, taken into the device's store line by line, so that a large answer can be worked off between
// frames.
//
// Contract: lines are idempotent; the cursor moves only with the last line, in the same transaction as the lines before
// it of that call. A line that cannot be read is an error and stops the intake: the same page will be asked for again.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/json.h"
#include "core/sync/device.h"

namespace countersign::sync {

enum class Feed : uint8_t { workset, changes };

class Intake {
public:
    Intake(Device& device, ProjectId project, Feed feed, std::string body)
        : device_(device), project_id_(std::move(project)), feed_(feed), body_(std::move(body)) {}

    // Takes up to `lines` lines in one transaction; true when the last line was taken.
    Result<bool> take(size_t lines);

    bool more() const { return more_; }

    uint64_t items() const { return items_; }

    // Items that changes spoke of and that are not here are none of this device's business.
    uint64_t foreign() const { return foreign_; }

private:
    Status take_line(std::string_view line, store::ProjectRow& project);
    Status take_item(const Json& line, store::ProjectRow& project);
    Status take_change(const Json& line, store::ProjectRow& project);
    Status take_end(const Json& line, store::ProjectRow& project);

    Device& device_;
    ProjectId project_id_;
    Feed feed_;
    std::string body_;
    size_t offset_ = 0;
    bool ended_ = false;
    bool more_ = false;
    uint64_t items_ = 0;
    uint64_t foreign_ = 0;
};

// The answer to a push: operations become saved or refused, their events replace what this device had decided for
// itself. `row`: whether the project is the one whose lists are shown.
struct PushAnswer {
    uint64_t answered = 0;
    uint64_t refused = 0;
    std::optional<Error> stopped;  // the server took the part before this
};

Result<PushAnswer> take_push_answer(Device& device, const ProjectId& project, std::string_view body,
                                    Device::Row row = Device::Row::known);

}  // namespace countersign::sync
