#pragma once
// The whole desk without a browser: session, views and frame loop over a real store, talking to the real API by
// function call. Driven as a screen reader or a keyboard drives it.

#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "core/ports/live_feed.h"
#include "core/ports/transport.h"
#include "shell/app/desk.h"
#include "tests/shell/headless/headless.h"
#include "tests/support/server.h"

namespace countersign::tests {

class DeskRig {
public:
    // `path`: the device's store; a second rig on the same file is the desk opened again.
    // `seed`: of its chance; two devices of one server must not have the same.
    explicit DeskRig(testing::TestServer& server, std::string path = ":memory:", uint64_t seed = 7);
    ~DeskRig();

    // Frames and answers until nothing moves any more. Time passes only when `patience` allows it.
    void settle(Duration patience = {});

    void press(shell::Key key, shell::Modifiers modifiers = {});
    // The node of this role and name; the test fails when it is not there.
    void activate(shell::Role role, std::string_view name);
    void type_into(shell::Role role, std::string_view name, std::string value);
    // The answer to a question of the checklist.
    void answer(std::string_view question, std::string_view value);

    // The server says that there is news.
    void poke() { desk_->poke(); }

    // The name of the first row of the list on the screen.
    std::string first_row() const;
    bool shows(shell::Role role, std::string_view name) const;
    bool says(std::string_view words) const;  // somewhere, as part of a name
    std::string outline() const;
    // As if the person had chosen this file when asked for one.
    void choose_file(std::string name, std::string bytes);

    // As if the browser had forgotten its cookies.
    void forget_session() { wire_.cookies.clear(); }

    store::Database& database() { return *database_; }

    testing::TestServer& server;
    bool network = true;
    RecordingHost host;

private:
    class Wire final : public Transport {
    public:
        explicit Wire(DeskRig& rig) : rig_(rig) {}

        void send(TransportRequest request, Done done) override {
            waiting.emplace_back(std::move(request), std::move(done));
        }

        bool deliver();
        std::deque<std::pair<TransportRequest, Done>> waiting;
        testing::TestServer::Cookies cookies;  // this browser's

    private:
        DeskRig& rig_;
    };

    class Silence final : public LiveFeed {
    public:
        void follow(std::string_view) override {}
    };

    const shell::Node* find(shell::Role role, std::string_view name) const;
    // Likewise, but while a dialog is open only what is in it.
    const shell::Node* find_reachable(shell::Role role, std::string_view name) const;

    Wire wire_;
    Silence live_;
    testing::SeededEntropy entropy_;
    Picture picture_;
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<shell::Desk> desk_;
};

}  // namespace countersign::tests
