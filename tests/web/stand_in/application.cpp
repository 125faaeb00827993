// The stand-in behind the seam of web/entry/application.h.

#include "web/entry/application.h"

#include <utility>

#include "tests/web/stand_in/stand_in_desk.h"

namespace countersign::web {

namespace {

class StandIn final : public Application {
public:
    StandIn(const Surroundings& surroundings, stand_in::Journal journal) : desk_(surroundings, std::move(journal)) {}

    shell::Desk& desk() override { return desk_; }

    std::unique_ptr<shell::Renderer> make_renderer(RendererKind kind, shell::PixelSink& sink) override {
        return kind == RendererKind::webgl2 ? stand_in::make_gl_pattern_renderer()
                                            : stand_in::make_cpu_pattern_renderer(sink);
    }

    Status close() override { return desk_.close(); }

private:
    stand_in::StandInDesk desk_;
};

}  // namespace

Result<std::unique_ptr<Application>> open_application(const Surroundings& surroundings) {
    return std::unique_ptr<Application>(std::make_unique<StandIn>(surroundings, CS_TRY(stand_in::Journal::open())));
}

}  // namespace countersign::web
