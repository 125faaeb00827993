#pragma once
// Who works here, and in which project: remembered on the device, so that a desk opens without a network; asked of the
// server when there is one.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/ports/transport.h"
#include "core/store/sqlite.h"
#include "shell/models/desk.h"
#include "shell/models/intents.h"
#include "shell/models/sign_in.h"
#include "shell/texts/texts.h"

namespace countersign::shell {

struct Person {
    ActorId name;
    bool demo = false;
    std::string role = {};  // the server's word for what they may do
};

class SignInFlow {
public:
    // `changed` is called when an answer has arrived.
    SignInFlow(store::Database& database, Transport& transport, const Texts& texts, std::function<void()> changed);

    // Takes up who was signed in on this device, then asks the server whether that still holds.
    void start();
    bool handle(const Intent& intent);
    void fill(SignInModel& model) const;

    // Set while somebody is signed in, by the server's word or, offline, by the device's memory.
    const std::optional<Person>& person() const { return person_; }

    const std::vector<ProjectChoice>& projects() const { return projects_; }

    // The list of projects has come from the server, or from memory.
    bool projects_known() const { return projects_known_; }

    // The server said that nobody is signed in any more.
    void signed_out_by_server();

    bool reachable() const { return reachable_; }

    // Counts the sessions that the server gave: a new one means that sync may go on.
    int sign_ins() const { return sign_ins_; }

private:
    using Answered = void (SignInFlow::*)(const TransportResponse&);

    void send(TransportRequest request, Answered answered);
    void ask_server();
    void sign_in();
    void take_server(const TransportResponse& response);
    void take_session(const TransportResponse& response);
    void take_projects(const TransportResponse& response);
    void take_sign_out(const TransportResponse& response);
    void remember() const;
    void recall();

    store::Database& database_;
    Transport& transport_;
    const Texts& texts_;
    std::function<void()> changed_;
    std::optional<Person> person_;
    std::vector<ProjectChoice> projects_;
    bool projects_known_ = false;
    std::string name_;
    std::string password_;
    std::string problem_;
    bool busy_ = false;
    bool demo_server_ = false;
    bool reachable_ = true;
    int sign_ins_ = 0;
    std::shared_ptr<int> alive_;
};

}  // namespace countersign::shell
