#pragma once
// The seam between the browser platform and the product: the platform brings ports and a store's files, the product
// opens its store on them and makes its desk and its renderers. The shipped module links web/entry/product.cpp;
// the platform's own tests link a stand-in (tests/web/stand_in/).
//
// Contract: one thread. The surroundings outlive the application. close() is the last call.

#include <cstdint>
#include <memory>

#include "core/base/result.h"
#include "shell/app/desk.h"
#include "shell/platform/storage.h"
#include "web/platform/web_transport.h"

namespace countersign::web {

struct Surroundings {
    shell::Host& host;
    Clock& clock;
    Entropy& entropy;
    Transport& transport;
    LiveChannel& live;
    shell::StorageStanding storage;
};

enum class RendererKind : uint8_t { cpu, webgl2 };

class Application {
public:
    virtual ~Application() = default;

    virtual shell::Desk& desk() = 0;
    // For webgl2 the context is current already; for cpu the pixels go to `sink`.
    virtual std::unique_ptr<shell::Renderer> make_renderer(RendererKind kind, shell::PixelSink& sink) = 0;
    // Nothing is waiting in memory and the store's files are closed: another tab may open them.
    virtual Status close() = 0;
};

// Opens the store (web/store/device_vfs.h says how) and builds the desk on it.
Result<std::unique_ptr<Application>> open_application(const Surroundings& surroundings);

}  // namespace countersign::web
