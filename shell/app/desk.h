#pragma once
// The whole desk as its platform sees it: give it input, run its frames, and it draws, speaks and asks through ports.
// The same object runs in the browser's worker, in the desktop window, and headless in tests.
//
// Contract: one thread for everything. handle() only queues; frame() takes what is queued, draws if something changed,
// and tells the host when it wants to be called again (Host::want_frame). An idle desk asks for nothing. Ports outlive
// the desk.

#include <memory>
#include <string>

#include "core/base/result.h"
#include "shell/platform/host.h"
#include "shell/platform/input.h"
#include "shell/platform/storage.h"
#include "shell/render/renderer.h"

struct ImFontLoader;

namespace countersign {
class Clock;
class Entropy;
class LiveFeed;
class Transport;

namespace store {
class Database;
}
}  // namespace countersign

namespace countersign::shell {

struct DeskPorts {
    Host& host;
    Clock& clock;
    Entropy& entropy;
    Transport& transport;
    LiveFeed& live;
    store::Database& database;  // the device's own store, already open
    StorageStanding storage;
    std::string server_name;                       // whom one signs in to, as people know it: "review.example.org"
    const ImFontLoader* platform_fonts = nullptr;  // draws code points that our fonts lack; may be null
};

class Desk {
public:
    virtual ~Desk() = default;

    virtual void handle(InputEvent event) = 0;
    virtual void frame() = 0;
    // The server said that there is news (the live channel): pull when convenient.
    virtual void poke() = 0;
    // The platform has decided anew whether it keeps the store under pressure.
    virtual void storage_changed(StorageStanding standing) = 0;
    // Writes what is still only in memory (drafts). Nothing is drawn afterwards; the database may be closed.
    virtual Status close() = 0;
    // The renderer may be changed at any time between frames (a lost GPU, a forced choice).
    virtual void use_renderer(std::unique_ptr<Renderer> renderer) = 0;
};

std::unique_ptr<Desk> make_desk(const DeskPorts& ports);

}  // namespace countersign::shell
