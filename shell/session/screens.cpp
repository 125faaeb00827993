#include "shell/session/screens.h"

namespace countersign::shell {

namespace {

Location::Screen screen_of(Place place) {
    switch (place) {
        case Place::queue: return Location::Screen::queue;
        case Place::quick: return Location::Screen::quick;
        case Place::done: return Location::Screen::done;
        case Place::sync: return Location::Screen::sync;
        case Place::settle: return Location::Screen::settle;
        case Place::tiers: return Location::Screen::tiers;
    }
    return Location::Screen::queue;
}

bool is_for_leads(Location::Screen screen) {
    return screen == Location::Screen::settle || screen == Location::Screen::tiers;
}

}  // namespace

Screens::Screens(Workplace work)
    : work_(std::move(work)),
      queue_(work_),
      quick_(work_),
      done_(work_),
      sync_(work_),
      settle_(work_),
      tiers_(work_),
      location_{work_.project.id.text, Location::Screen::queue, ""} {}

void Screens::go(Location::Screen screen) {
    full_.reset();
    location_ = {work_.project.id.text, screen, ""};
    done_.refresh();
    sync_.refresh();
    if (screen == Location::Screen::quick) {
        quick_.opened();
    }
    if (screen == Location::Screen::settle) {
        settle_.opened();
    }
    if (screen == Location::Screen::tiers) {
        tiers_.opened();
    }
}

void Screens::show(const Location& location) {
    if (location == location_) {
        return;
    }
    if (is_for_leads(location.screen) && !work_.settles) {
        go(Location::Screen::queue);
    } else if (location.screen == Location::Screen::item) {
        open_item(ItemId(location.item), std::nullopt);
    } else {
        go(location.screen);
    }
}

void Screens::open_item(const ItemId& item, std::optional<OperationId> supersedes) {
    full_.reset();  // keeps its draft
    full_ = std::make_unique<FullScreen>(work_, item, std::move(supersedes));
    location_ = {work_.project.id.text, Location::Screen::item, item.text};
}

void Screens::open_position(int64_t position) {
    const std::string item = queue_.item_at(position);
    if (!item.empty()) {
        queue_.select(position);
        open_item(ItemId(item), std::nullopt);
    }
}

// The item left the queue, so the next one now stands at its place; at the end, back to the list.
void Screens::after_submit() {
    const std::string next = queue_.item_at(queue_.selected());
    if (next.empty()) {
        go(Location::Screen::queue);
    } else {
        open_item(ItemId(next), std::nullopt);
    }
}

bool Screens::navigate(const Intent& intent) {
    if (const auto* place = std::get_if<intent::Go>(&intent)) {
        const Location::Screen screen = screen_of(place->place);
        go(is_for_leads(screen) && !work_.settles ? Location::Screen::queue : screen);
    } else if (const auto* row = std::get_if<intent::OpenRow>(&intent);
               row != nullptr && location_.screen == Location::Screen::queue) {
        open_position(row->row);
    } else if (const auto* item = std::get_if<intent::OpenItem>(&intent)) {
        open_item(ItemId(item->item), std::nullopt);
    } else if (const auto* move = std::get_if<intent::MoveInQueue>(&intent)) {
        open_position(queue_.selected() + move->by);
    } else if (std::get_if<intent::Back>(&intent) != nullptr) {
        go(Location::Screen::queue);
    } else {
        return false;
    }
    return true;
}

// Decisions on the quick card, and whatever the full review understands.
bool Screens::decide(const Intent& intent) {
    if (location_.screen == Location::Screen::quick) {
        if (auto status = quick_.handle(intent)) {
            status_ = std::move(*status);
            return true;
        }
        return std::get_if<intent::Decide>(&intent) != nullptr || std::get_if<intent::Undo>(&intent) != nullptr;
    }
    if (full_ != nullptr) {
        const FullScreen::Outcome outcome = full_->handle(intent);
        take(outcome.status);
        if (outcome.submitted) {
            changed(work_.device.take_changes());
            after_submit();
        }
        return outcome.mine;
    }
    return false;
}

bool Screens::take(std::optional<std::string> status) {
    if (!status) {
        return false;
    }
    status_ = status->empty() ? status_ : std::move(*status);
    return true;
}

bool Screens::hand_to_screen(const Intent& intent) {
    if (location_.screen == Location::Screen::done) {
        DoneScreen::Outcome outcome = done_.handle(intent);
        if (outcome.open) {
            open_item(*outcome.open, outcome.supersedes);
        }
        if (outcome.mine) {
            return take(std::move(outcome.status));
        }
    }
    if (location_.screen == Location::Screen::settle && take(settle_.handle(intent))) {
        return true;
    }
    if (location_.screen == Location::Screen::tiers && take(tiers_.handle(intent))) {
        return true;
    }
    return take(sync_.handle(intent)) || take(queue_.handle(intent));
}

void Screens::file_opened(const FileOpened& file) {
    go(Location::Screen::sync);
    status_ = sync_.file_opened(file);
}

std::vector<ItemId> Screens::working_on() const {
    if (location_.screen == Location::Screen::quick) {
        return quick_.working_on();
    }
    const bool full = location_.screen == Location::Screen::item && full_ != nullptr && full_->workable();
    return full ? std::vector{full_->item()} : std::vector<ItemId>();
}

bool Screens::handle(const Intent& intent) {
    return navigate(intent) || decide(intent) || hand_to_screen(intent);
}

void Screens::changed(const std::vector<sync::RowChange>& changes) {
    for (const sync::RowChange& change : changes) {
        queue_.changed(change);
        quick_.changed(change);
        if (full_ != nullptr) {
            full_->changed(change);
        }
    }
    work_a_little();
    if (!changes.empty()) {
        done_.refresh();
        sync_.refresh();
    }
}

void Screens::operations_changed() {
    quick_.standings_changed();
    done_.refresh();
    sync_.refresh();
}

bool Screens::work_a_little() {
    const bool queue = queue_.work_a_little();
    const bool quick = quick_.work_a_little();
    const bool done = location_.screen == Location::Screen::done && done_.work_a_little();
    return queue || quick || done;
}

std::optional<Duration> Screens::keep_drafts(Duration now) {
    return full_ == nullptr ? std::nullopt : full_->keep_draft(now);
}

void Screens::fill(DeskModel& model) {
    model.navigation.waiting_in_queue = queue_.counts().all;
    model.navigation.waiting_for_quick = queue_.counts().quick;
    sync_.fill_navigation(model.navigation);
    take(settle_.take_status());
    take(tiers_.take_status());
    model.navigation.status = status_;
    switch (location_.screen) {
        case Location::Screen::queue: queue_.fill(model.screen.emplace<QueueModel>()); return;
        case Location::Screen::quick: quick_.fill(model.screen.emplace<QuickModel>()); return;
        case Location::Screen::done: done_.fill(model.screen.emplace<DoneModel>()); return;
        case Location::Screen::sync: sync_.fill(model.screen.emplace<SyncModel>()); return;
        case Location::Screen::settle: settle_.fill(model.screen.emplace<SettleModel>()); return;
        case Location::Screen::tiers: tiers_.fill(model.screen.emplace<TiersModel>()); return;
        case Location::Screen::item: {
            const std::string selected = queue_.item_at(queue_.selected());
            const int64_t position = selected == location_.item ? queue_.selected() + 1 : 0;
            full_->fill(model.screen.emplace<FullModel>(), position, queue_.size());
            return;
        }
    }
}

}  // namespace countersign::shell
