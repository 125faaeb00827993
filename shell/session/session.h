#pragma once
// The desk's session: who works, in which project, on which screen; it turns intents into operations, keeps sync going,
// and makes the model that the views draw. The frame loop (shell/app) knows nothing of it but draw().
//
// Contract: one thread. Nothing here draws. run() is called before each frame and when wake() is due.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ports/entropy.h"
#include "core/ports/live_feed.h"
#include "core/sync/client.h"
#include "core/sync/device.h"
#include "core/sync/leasing.h"
#include "shell/app/desk.h"
#include "shell/models/desk.h"
#include "shell/models/intents.h"
#include "shell/session/screens.h"
#include "shell/session/sign_in.h"
#include "shell/session/waking_transport.h"
#include "shell/texts/texts.h"

namespace countersign::shell {

class Session {
public:
    // `news`: the model changed outside a frame; draw again.
    Session(const DeskPorts& ports, const Texts& texts, std::function<void()> news);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void apply(const Intents& intents);
    // The model of what is to be seen now; valid until the next call of anything here.
    const DeskModel& model();

    // Sync, lists under construction, drafts. True when there is something new to be seen.
    bool run();

    // When run() is next needed though nothing happens.
    std::optional<Duration> wake() const { return wake_; }

    void poke();
    void storage_changed(StorageStanding standing);
    // Keeps what is only in memory; nothing may be called afterwards.
    void close();
    void locate(const std::string& fragment);
    void file_opened(const FileOpened& file);

private:
    void apply_one(const Intent& intent);
    void update_person();
    void open_project(const ProjectId& project);
    bool project_ready();
    void leave_project();
    void take_changes();
    void tell_location();
    void announce_status();
    void look_for_server();
    bool sync_a_little();
    void plan_wake(bool building);
    void fill_starting(StartingModel& model) const;

    DeskPorts ports_;
    const Texts& texts_;
    std::function<void()> news_;
    WakingTransport transport_;
    std::optional<sync::Device> device_;
    std::unique_ptr<sync::SyncClient> sync_;
    std::unique_ptr<sync::Leasing> leasing_;
    SignInFlow sign_in_;
    std::optional<ActorId> person_;
    bool settles_ = false;  // the person is a lead
    std::optional<ProjectId> project_;
    std::unique_ptr<Screens> screens_;
    std::optional<Location> wanted_;  // from the address bar, until its project is open
    std::string told_location_;
    std::string announced_;
    int64_t shown_minute_ = 0;
    Duration next_look_{};
    bool was_signed_out_ = false;
    int sign_ins_ = 0;
    std::string problem_;
    bool show_keys_ = false;
    bool stale_ = true;
    DeskModel model_;
    std::optional<Duration> wake_;
};

}  // namespace countersign::shell
