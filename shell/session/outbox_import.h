#pragma once
// A file of decisions on its way to the server: split, sent part by part, and what became of each, in words.
//
// Contract: one file at a time; another one while it is under way takes its place. Nothing of it enters this device's
// store: what the server takes comes back by the feed.

#include <memory>
#include <string>
#include <vector>

#include "core/sync/outbox_file.h"
#include "shell/models/sync.h"
#include "shell/platform/input.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

class OutboxImport {
public:
    explicit OutboxImport(const Workplace& work) : work_(work), generation_(std::make_shared<uint64_t>(0)) {}

    ~OutboxImport() { ++*generation_; }

    OutboxImport(const OutboxImport&) = delete;
    OutboxImport& operator=(const OutboxImport&) = delete;

    // What happened, for the status line.
    std::string begin(const FileOpened& file);

    const ImportModel& model() const { return model_; }

private:
    void send_next();
    void answered(const TransportResponse& response);
    void add(ImportedPart::Outcome outcome, const std::string& why);

    const Workplace& work_;
    ImportModel model_;
    std::vector<sync::OutboxPart> parts_;
    size_t next_ = 0;
    std::shared_ptr<uint64_t> generation_;
};

}  // namespace countersign::shell
