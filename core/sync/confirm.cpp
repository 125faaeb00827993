#include "core/sync/confirm.h"

#include "core/sync/log_watch.h"

namespace countersign::sync {

namespace {

constexpr std::string_view kSeen = R"("seen":{)";

Status confirm_quarantined(Device& device, const OperationQuarantined& body, EventSeq seq) {
    if (!body.stream.text.starts_with(device.id().text)) {
        return success();
    }
    const auto state =
        body.code == ErrorCode::unimplemented ? store::OperationState::unknown : store::OperationState::quarantined;
    return store::confirm_operation(device.database(), body.stream, body.seq, body.hash, {state, body.reason, seq});
}

}  // namespace

bool is_own(const Device& device, const PulledEvent& pulled) {
    if (!pulled.event) {
        return false;
    }
    if (const auto* quarantined = std::get_if<OperationQuarantined>(&pulled.event->body)) {
        return quarantined->stream.text.starts_with(device.id().text);
    }
    // Most events are other people's: their bytes do not name this device.
    const auto& operation = pulled.event->operation;
    return operation && operation->bytes.find(device.id().text) != std::string::npos;
}

Status take_note_of(Device& device, const store::ProjectRow& project, const PulledEvent& pulled) {
    if (!pulled.event) {
        return success();
    }
    const Event& event = *pulled.event;
    device.saw(event.at);
    if (const auto* quarantined = std::get_if<OperationQuarantined>(&event.body)) {
        return confirm_quarantined(device, *quarantined, event.seq);
    }
    if (const auto* settled = std::get_if<QuarantineSettled>(&event.body)) {
        const auto state = settled->admitted ? store::OperationState::recorded : store::OperationState::rejected;
        return store::settle_operation(device.database(), settled->id, state, {});
    }
    const bool own = is_own(device, pulled);
    const bool claims = event.operation && event.operation->bytes.find(kSeen) != std::string::npos;
    if (!own && !claims) {
        return success();
    }
    const auto envelope = read_envelope(event.operation->bytes);
    if (!envelope.ok()) {
        return success();
    }
    if (!own) {
        return envelope.value().seen ? remember_claim(device.database(), project.id, *envelope.value().seen)
                                     : success();
    }
    return store::confirm_operation(device.database(), envelope.value().stream, envelope.value().seq,
                                    event.operation->hash, {store::OperationState::recorded, {}, event.seq});
}

}  // namespace countersign::sync
