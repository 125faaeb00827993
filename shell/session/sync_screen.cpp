#include "shell/session/sync_screen.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/log/operation.h"
#include "core/store/operations.h"
#include "core/sync/line.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kMostOperations = 2'000;
constexpr size_t kMostExported = 100'000;

Text storage_text(StorageKind kind) {
    switch (kind) {
        case StorageKind::file: return Text::storage_file;
        case StorageKind::indexed_db: return Text::storage_browser;
        case StorageKind::memory: return Text::storage_memory;
    }
    return Text::storage_memory;
}

}  // namespace

void SyncScreen::load() {
    stale_ = false;
    refused_.clear();
    const auto stream = work_.device.stream_of(work_.person);
    const auto recent = stream.ok() ? store::recent_operations(work_.database(), stream.value(), kMostOperations)
                                    : Result<std::vector<store::OperationRow>>(stream.error());
    for (const store::OperationRow& row : recent.ok() ? recent.value() : std::vector<store::OperationRow>()) {
        if (row.state == store::OperationState::refused && !dismissed_.contains(row.id.text)) {
            const auto item = store::read_item(work_.database(), row.item_no);
            const std::string name = item.ok() && item.value() ? item.value()->id.text : std::string();
            refused_.push_back({row.id.text, name, row.answer, ago_words(work_.texts, row.at, work_.clock.now())});
        }
    }
    items_ = 0;
    const auto counts = store::count_items(work_.database(), work_.project);
    for (const store::TierCount& count : counts.ok() ? counts.value() : std::vector<store::TierCount>()) {
        items_ += count.items;
    }
}

// The operations that no server has, as the lines that a push would send: they can be brought to the server by any
// means.
std::string SyncScreen::export_outbox() {
    const auto stream = work_.device.stream_of(work_.person, work_.project.id);
    const auto waiting = stream.ok() ? store::waiting_operations(work_.database(), stream.value(), 1, kMostExported)
                                     : Result<std::vector<store::OperationRow>>(stream.error());
    if (!waiting.ok()) {
        return waiting.error().message;
    }
    if (waiting.value().empty()) {
        return std::string(work_.texts(Text::outbox_empty));
    }
    std::string lines;
    for (const store::OperationRow& row : waiting.value()) {
        const auto notes = store::read_notes(work_.database(), row.item_no);
        lines += sync::push_line(
            row.bytes, notes.ok() ? sync::texts_named_in(row.bytes, notes.value()) : std::vector<CommittedText>());
        lines += '\n';
    }
    work_.host.save_file(concat("countersign-outbox-", work_.project.id.text, "-", work_.person.text, ".jsonl"), lines);
    return work_.texts(Text::outbox_saved, grouped(static_cast<int64_t>(waiting.value().size())));
}

std::optional<std::string> SyncScreen::handle(const Intent& intent) {
    if (std::get_if<intent::SyncNow>(&intent) != nullptr) {
        work_.sync.poke();
        return std::string(work_.texts(Text::syncing_status));
    }
    if (std::get_if<intent::ExportOutbox>(&intent) != nullptr) {
        return export_outbox();
    }
    if (const auto* dismissed = std::get_if<intent::DismissRefused>(&intent)) {
        dismissed_.insert(dismissed->operation);
        stale_ = true;
        return std::string();
    }
    return std::nullopt;
}

void SyncScreen::fill(SyncModel& model) {
    if (stale_) {
        load();
    }
    const sync::SyncStatus& status = work_.sync.status();
    const Instant now = work_.clock.now();
    model.online = status.online;
    model.working = status.pulling || status.pushing;
    model.waiting = status.operations.on_device;
    model.saved = status.operations.saved;
    model.items_on_device = items_;
    model.last_contact = status.last_contact ? ago_words(work_.texts, *status.last_contact, now) : std::string();
    model.server = work_.ports.server_name;
    model.storage_words = std::string(work_.texts(storage_text(work_.ports.storage.kind)));
    model.storage_may_be_lost = !work_.ports.storage.kept_under_pressure;
    model.problem = status.push_stopped ? status.push_stopped->text()
                    : status.last_error ? status.last_error->text()
                                        : std::string();
    model.refused = refused_;
}

void SyncScreen::fill_navigation(NavigationModel& model) const {
    const sync::SyncStatus& status = work_.sync.status();
    model.online = status.online;
    model.syncing = status.pulling || status.pushing;
    model.on_device_only = status.operations.on_device;
    model.refused = static_cast<int64_t>(refused_.size());
    model.sync_words = status.operations.on_device > 0
                           ? work_.texts(Text::on_this_device, grouped(status.operations.on_device))
                           : std::string(work_.texts(Text::all_saved));
    constexpr int64_t kLongUnsaved_us = kHour_us;
    const auto oldest = status.operations.oldest_on_device;
    const bool long_unsaved = oldest && (work_.clock.now() - *oldest).us > kLongUnsaved_us;
    model.signed_out = status.signed_out;
    if (status.signed_out) {
        model.offline_words = std::string(work_.texts(Text::signed_out_banner));
    } else if (long_unsaved) {
        model.offline_words = work_.texts(Text::long_unsaved_banner, grouped(status.operations.on_device));
    } else if (!status.online && status.last_error) {
        model.offline_words = std::string(work_.texts(Text::offline_banner));
    }
}

}  // namespace countersign::shell
