#include "web/entry/instance.h"

#include <utility>
#include <variant>

#include "web/wire/input_records.h"

namespace countersign::web {

Status Instance::start(shell::StorageStanding standing) {
    CS_CHECK(application_ == nullptr);
    application_ = CS_TRY(open_application(Surroundings{host_, clock_, entropy_, transport_, live_, standing}));
    return success();
}

Status Instance::input(std::string_view records) {
    CS_CHECK(application_ != nullptr);
    for (InputRecord& record : CS_TRY(read_input_records(records))) {
        application_->desk().handle(std::move(record.event));
        // Typed before the page knew that the desk had opened a field.
        if (!record.typed.empty() && host_.text_input_is_on()) {
            application_->desk().handle(shell::TextEntered{std::move(record.typed)});
        }
    }
    return success();
}

void Instance::file(shell::FileOpened file) {
    CS_CHECK(application_ != nullptr);
    application_->desk().handle(std::move(file));
}

void Instance::frame() {
    CS_CHECK(application_ != nullptr);
    application_->desk().frame();
}

void Instance::poke() {
    CS_CHECK(application_ != nullptr);
    application_->desk().poke();
}

void Instance::use_renderer(RendererKind kind) {
    CS_CHECK(application_ != nullptr);
    application_->desk().use_renderer(application_->make_renderer(kind, sink_));
}

void Instance::storage_changed(shell::StorageStanding standing) {
    CS_CHECK(application_ != nullptr);
    application_->desk().storage_changed(standing);
}

Status Instance::close() {
    CS_CHECK(application_ != nullptr);
    return application_->close();
}

}  // namespace countersign::web
