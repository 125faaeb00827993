#pragma once
// The one running application of a module and the ports it stands on.

#include <memory>
#include <string>
#include <string_view>

#include "web/entry/application.h"
#include "web/platform/canvas_sink.h"
#include "web/platform/web_clock.h"
#include "web/platform/web_host.h"

namespace countersign::web {

class Instance {
public:
    Status start(shell::StorageStanding standing);
    // `records` as web/wire/input_records.h reads them.
    Status input(std::string_view records);
    void file(shell::FileOpened file);
    void frame();
    void poke();
    void use_renderer(RendererKind kind);
    void storage_changed(shell::StorageStanding standing);
    Status close();

    WebHost& host() { return host_; }

    WebTransport& transport() { return transport_; }

private:
    WebClock clock_;
    WebEntropy entropy_;
    WebHost host_;
    WebTransport transport_;
    LiveChannel live_;
    CanvasSink sink_;
    std::unique_ptr<Application> application_;
};

}  // namespace countersign::web
