#pragma once
// What the screens of one signed-in person in one project work with. Made by the session when both are known; screens
// hold a reference and no state of each other.

#include <functional>
#include <memory>

#include "core/policy/policy.h"
#include "core/ports/clock.h"
#include "core/sync/client.h"
#include "core/sync/device.h"
#include "core/sync/leasing.h"
#include "shell/app/desk.h"
#include "shell/texts/texts.h"

namespace countersign::shell {

struct Workplace {
    sync::Device& device;
    sync::SyncClient& sync;
    sync::Leasing& leasing;
    Transport& transport;  // for what is the server's alone
    Clock& clock;
    Host& host;
    const Texts& texts;
    const DeskPorts& ports;  // what the platform says of itself
    ActorId person;
    bool settles = false;           // a lead
    std::function<void()> changed;  // an answer has come: there is something new to be seen
    store::ProjectRow project;
    std::shared_ptr<const Policy> policy;  // in force; items may have another

    store::Database& database() const { return device.database(); }
};

}  // namespace countersign::shell
