// The product behind the seam of web/entry/application.h: the device's store and the desk on it.

#include <utility>

#include "core/store/schema.h"
#include "shell/render/cpu_renderer.h"
#include "shell/render/gl_renderer.h"
#include "web/entry/application.h"
#include "web/store/device_vfs.h"

namespace countersign::web {

namespace {

class Product final : public Application {
public:
    Product(const Surroundings& from, std::unique_ptr<store::Database> database)
        : database_(std::move(database)),
          desk_(shell::make_desk({.host = from.host,
                                  .clock = from.clock,
                                  .entropy = from.entropy,
                                  .transport = from.transport,
                                  .live = from.live,
                                  .database = *database_,
                                  .storage = from.storage,
                                  .server_name = server_name()})) {}

    shell::Desk& desk() override { return *desk_; }

    std::unique_ptr<shell::Renderer> make_renderer(RendererKind kind, shell::PixelSink& sink) override {
        if (kind == RendererKind::webgl2) {
            return shell::make_gl_renderer("webgl2");
        }
        return shell::make_cpu_renderer(sink);
    }

    Status close() override {
        CS_TRY_STATUS(desk_->close());
        desk_.reset();
        database_.reset();
        return success();
    }

private:
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<shell::Desk> desk_;
};

}  // namespace

Result<std::unique_ptr<Application>> open_application(const Surroundings& surroundings) {
    return std::unique_ptr<Application>(
        std::make_unique<Product>(surroundings, CS_TRY(store::open_store(device_store()))));
}

}  // namespace countersign::web
