#pragma once
// What a server sends, taken into the device's store line by line, so that a large page can be worked off between
// frames.
//
// Contract: lines are idempotent; the place in the feed moves only with the last line, in the same transaction as the
// lines before it of that call. A line that cannot be read is an error and stops the intake: the same page will be
// asked for again. gone when the page is of another life of the server than the one this device has greeted.

#include <string>
#include <string_view>

#include "core/sync/device.h"
#include "core/sync/page.h"

namespace countersign::sync {

enum class PageKind : uint8_t { feed, snapshot };

class Intake {
public:
    // `asked_for_items`: the request for this page of a snapshot named items that stay here.
    Intake(Device& device, ProjectId project, PageKind kind, std::string body, bool asked_for_items = false)
        : device_(device),
          project_id_(std::move(project)),
          kind_(kind),
          body_(std::move(body)),
          asked_for_items_(asked_for_items) {}

    // Takes up to `lines` lines in one transaction; true when the last line was taken and nothing is left to be done.
    Result<bool> take(size_t lines);

    // Valid once take() has succeeded.
    const PageEnd& end() const { return end_; }

    uint64_t items() const { return items_; }

private:
    Status begin(store::ProjectRow& project);
    Status take_line(std::string_view line, store::ProjectRow& project);
    Status take_item(const WholeItem& whole, const store::ProjectRow& project);
    Status take_commit(const CanonicalValue& line, store::ProjectRow& project);
    Status take_item_commit(const std::vector<PulledEvent>& events, const std::vector<CommittedText>& texts,
                            const store::ProjectRow& project);
    Status keep_own(const std::vector<PulledEvent>& events, const store::ProjectRow& project);
    Status take_leave(const CanonicalValue& leave, const store::ProjectRow& project);
    Result<bool> finish(store::ProjectRow& project, size_t lines);

    Device& device_;
    ProjectId project_id_;
    PageKind kind_;
    std::string body_;
    bool asked_for_items_;
    PageEnd end_;
    CanonicalJson json_;
    size_t offset_ = 0;
    bool begun_ = false;
    uint64_t items_ = 0;
    uint64_t seen_ = 0;  // items that were met in this page of a snapshot
};

}  // namespace countersign::sync
