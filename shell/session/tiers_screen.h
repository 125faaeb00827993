#pragma once
// The board of automatic tiers: asked of the server (GET .../tiers) each time the screen is opened; opened and closed
// there. Nothing of it is kept on the device.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shell/models/intents.h"
#include "shell/models/tiers.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

class TiersScreen {
public:
    explicit TiersScreen(const Workplace& work) : work_(work), generation_(std::make_shared<uint64_t>(0)) {}

    ~TiersScreen() { ++*generation_; }

    TiersScreen(const TiersScreen&) = delete;
    TiersScreen& operator=(const TiersScreen&) = delete;

    // The screen is shown now.
    void opened() { fetch(); }

    // The outcome for the status line, when the intent was this screen's.
    std::optional<std::string> handle(const Intent& intent);

    // What an answer that has come since has to say there; empty: nothing.
    std::string take_status() { return std::exchange(status_, {}); }

    void fill(TiersModel& model) const;

private:
    using Answered = void (TiersScreen::*)(const TransportResponse&);

    void fetch();
    void ask(TransportRequest request, Answered answered);
    void fail_with(std::string why);
    void take_board(const TransportResponse& response);
    void take_changed(const TransportResponse& response);
    void change(bool open);
    void select(int row);

    const Workplace& work_;
    std::vector<TierModel> tiers_;
    int selected_ = 0;
    std::string reason_;
    bool reason_missing_ = false;
    std::string problem_;
    std::string load_problem_;
    std::optional<Instant> fetched_;
    int in_flight_ = 0;
    std::string changing_;  // what the status line will say once the server agrees
    std::string status_;
    std::shared_ptr<uint64_t> generation_;
};

}  // namespace countersign::shell
