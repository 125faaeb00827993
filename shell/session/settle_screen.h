#pragma once
// What a lead settles: operations that wait (GET .../quarantine) and incidents (GET .../incidents), asked of the server
// each time the screen is opened. Nothing of it is kept on the device.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/model/event.h"
#include "shell/models/intents.h"
#include "shell/models/settle.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

class SettleScreen : private WaitingRows {
public:
    explicit SettleScreen(const Workplace& work) : work_(work), generation_(std::make_shared<uint64_t>(0)) {}

    ~SettleScreen() override { ++*generation_; }

    SettleScreen(const SettleScreen&) = delete;
    SettleScreen& operator=(const SettleScreen&) = delete;

    // The screen is shown now.
    void opened() { fetch(); }

    // The outcome for the status line, when the intent was this screen's.
    std::optional<std::string> handle(const Intent& intent);

    // What an answer that has come since has to say there; empty: nothing.
    std::string take_status() { return std::exchange(status_, {}); }

    void fill(SettleModel& model);

private:
    // An operation that waits, as the server tells of it.
    struct Waiting {
        std::string stream;
        int64_t seq = 0;
        std::string hash;
        std::string item;
        std::string account;
        std::string reason;
        std::string at;
        std::string bytes;

        std::string id() const { return stream + "/" + std::to_string(seq) + "/" + hash; }
    };

    using Answered = void (SettleScreen::*)(const TransportResponse&);

    int64_t count() const override { return static_cast<int64_t>(waiting_.size()); }

    const WaitingOperation* row(int64_t index) override;

    void fetch();
    void ask(TransportRequest request, Answered answered);
    void fail_with(std::string why);
    void take_waiting(const TransportResponse& response);
    void take_incidents(const TransportResponse& response);
    void take_settled(const TransportResponse& response);
    Status read_waiting(std::string_view body);
    Status read_incidents(std::string_view body);
    std::string settle(const intent::Settle& wish);
    int64_t rows_of_tab() const;
    void select(int64_t row);
    WaitingOperation describe(const Waiting& one) const;

    const Workplace& work_;
    std::vector<Waiting> waiting_;
    std::map<int64_t, WaitingOperation> described_;
    std::vector<IncidentModel> incidents_;
    SettleTab tab_ = SettleTab::waiting;
    int64_t selected_ = 0;
    std::string reason_;
    bool reason_missing_ = false;
    std::string problem_;  // of the last word on an operation
    std::string load_problem_;
    std::optional<Instant> fetched_;
    int in_flight_ = 0;
    std::string settling_;  // "MSG-7 admitted", once the server agrees
    std::string status_;
    std::shared_ptr<uint64_t> generation_;
};

}  // namespace countersign::shell
