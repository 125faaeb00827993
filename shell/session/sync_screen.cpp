#include "shell/session/sync_screen.h"

#include <algorithm>
#include <utility>

#include "core/base/concat.h"
#include "core/store/items.h"
#include "core/store/notices.h"
#include "core/store/operations.h"
#include "core/sync/outbox_file.h"
#include "shell/session/describe.h"
#include "shell/session/fate.h"
#include "shell/session/notices.h"
#include "shell/session/operation_words.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kMostOperations = 2'000;
constexpr int64_t kLongUnsaved_us = kHour_us;

Text storage_text(StorageKind kind) {
    switch (kind) {
        case StorageKind::file: return Text::storage_file;
        case StorageKind::indexed_db: return Text::storage_browser;
        case StorageKind::memory: return Text::storage_memory;
    }
    return Text::storage_memory;
}

}  // namespace

// Decisions that wait for a lead are few; the newest operations are looked through for them only when there are any.
void SyncScreen::load_waiting() {
    waiting_.clear();
    if (work_.sync.status().operations.quarantined == 0) {
        return;
    }
    const auto recent = store::recent_operations(work_.database(), work_.person, work_.project, kMostOperations);
    for (const store::OperationRow& row : recent.ok() ? recent.value() : std::vector<store::OperationRow>()) {
        if (row.state != store::OperationState::quarantined && row.state != store::OperationState::unknown) {
            continue;
        }
        const auto item = load_item(work_, row.item);
        const ItemState* state = item.ok() ? &item.value().state : nullptr;
        const FateModel fate = fate_of(work_, row, state);
        waiting_.push_back({row.id.text, row.item.text, operation_words(work_, row.bytes, state).what, fate.why,
                            ago_words(work_.texts, row.at, work_.clock.now())});
    }
}

void SyncScreen::load_notices() {
    if (std::exchange(notices_stale_, false)) {
        notices_ = read_notices(work_);
    }
}

void SyncScreen::load() {
    stale_ = false;
    load_waiting();
    items_ = 0;
    const auto counts = store::count_items(work_.database(), work_.project);
    for (const store::TierCount& count : counts.ok() ? counts.value() : std::vector<store::TierCount>()) {
        items_ += count.items;
    }
}

std::string SyncScreen::export_outbox() {
    const auto file = sync::write_outbox_file(work_.device, work_.project, work_.person);
    if (!file.ok()) {
        return file.error().text();
    }
    if (file.value().operations == 0) {
        return std::string(work_.texts(Text::outbox_empty));
    }
    work_.host.save_file(concat("countersign-outbox-", work_.project.id.text, "-", work_.person.text, ".jsonl"),
                         file.value().bytes);
    return counted(work_.texts, static_cast<int64_t>(file.value().operations), Text::outbox_saved_one,
                   Text::outbox_saved);
}

std::string SyncScreen::dismiss(int64_t no) {
    const auto notice =
        std::find_if(notices_.begin(), notices_.end(), [&](const NoticeModel& one) { return one.no == no; });
    if (notice == notices_.end()) {
        return {};
    }
    const std::string words = work_.texts(Text::notice_dismissed, notice->title);
    const Status dropped = store::drop_notice(work_.database(), no);
    work_.sync.notices_read();
    refresh();
    return dropped.ok() ? words : dropped.error().text();
}

std::optional<std::string> SyncScreen::handle(const Intent& intent) {
    if (std::get_if<intent::SyncNow>(&intent) != nullptr) {
        work_.sync.poke();
        return std::string(work_.texts(Text::syncing_status));
    }
    if (std::get_if<intent::ExportOutbox>(&intent) != nullptr) {
        return export_outbox();
    }
    if (std::get_if<intent::ImportOutbox>(&intent) != nullptr) {
        work_.host.open_file(".jsonl");
        return std::string();
    }
    if (const auto* dismissed = std::get_if<intent::DismissNotice>(&intent)) {
        return dismiss(dismissed->no);
    }
    return std::nullopt;
}

void SyncScreen::fill(SyncModel& model) {
    load_notices();
    if (stale_) {
        load();
    }
    const sync::SyncStatus& status = work_.sync.status();
    const StorageStanding& storage = work_.ports.storage;
    model.online = status.online;
    model.working = status.pulling || status.pushing;
    model.decisions = {status.operations.on_device, status.operations.saved, status.operations.sealed,
                       status.operations.stable};
    model.items_on_device = items_;
    model.last_contact =
        status.last_contact ? ago_words(work_.texts, *status.last_contact, work_.clock.now()) : std::string();
    model.server = work_.ports.server_name;
    model.storage_words = work_.texts(storage_text(storage.kind));
    model.storage_may_be_lost = !storage.kept_under_pressure;
    if (storage.kind != StorageKind::memory) {
        model.storage_kept_words =
            work_.texts(storage.kept_under_pressure ? Text::sync_storage_is_kept : Text::sync_storage_is_not_kept);
    }
    model.problem = status.push_stopped ? status.push_stopped->text()
                    : status.last_error ? status.last_error->text()
                                        : std::string();
    model.notices = notices_;
    model.waiting = waiting_;
    model.import = import_.model();
}

void SyncScreen::fill_navigation(NavigationModel& model) {
    load_notices();
    const sync::SyncStatus& status = work_.sync.status();
    const store::OperationCounts& counts = status.operations;
    model.online = status.online;
    model.syncing = status.pulling || status.pushing;
    model.on_device_only = counts.on_device;
    model.can_settle = work_.settles;
    model.sync_words = counts.on_device > 0 ? work_.texts(Text::on_this_device, grouped(counts.on_device))
                                            : std::string(work_.texts(Text::all_saved));
    model.sync_detail = level_counts_words(work_.texts, counts);
    fill_banner(work_.texts, notices_, model);
    const bool long_unsaved =
        counts.oldest_on_device && (work_.clock.now() - *counts.oldest_on_device).us > kLongUnsaved_us;
    model.signed_out = status.signed_out;
    if (status.signed_out) {
        model.offline_words = work_.texts(Text::signed_out_banner);
    } else if (long_unsaved) {
        model.offline_words =
            counted(work_.texts, counts.on_device, Text::long_unsaved_banner_one, Text::long_unsaved_banner);
    } else if (!status.online && status.last_error) {
        model.offline_words = work_.texts(Text::offline_banner);
    }
}

}  // namespace countersign::shell
