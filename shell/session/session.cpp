#include "shell/session/session.h"

#include <algorithm>
#include <utility>

#include "core/base/concat.h"

namespace countersign::shell {

namespace {

constexpr std::string_view kLastProject = "desk/project";
constexpr Duration kClockTick{kMinute_us};  // due times are in minutes
constexpr Duration kLookAgain{3 * kSecond_us};

}  // namespace

Session::Session(const DeskPorts& ports, const Texts& texts, std::function<void()> news)
    : ports_(ports),
      texts_(texts),
      news_(std::move(news)),
      transport_(ports.transport, news_),
      sign_in_(ports.database, transport_, texts, [this] { stale_ = true; }) {
    auto device = sync::Device::open(ports_.database, ports_.clock, ports_.entropy);
    if (!device.ok()) {
        problem_ = device.error().text();
        return;
    }
    device_.emplace(std::move(device).value());
    sync_ = std::make_unique<sync::SyncClient>(*device_, transport_, ports_.clock, ports_.entropy);
    leasing_ = std::make_unique<sync::Leasing>(*device_, transport_, ports_.clock);
    sign_in_.start();
    update_person();
}

Session::~Session() = default;

void Session::poke() {
    if (sync_ != nullptr) {
        sync_->poke();
        news_();
    }
}

void Session::storage_changed(StorageStanding standing) {
    ports_.storage = standing;
    stale_ = true;
    news_();
}

void Session::close() {
    screens_.reset();  // a draft is kept as its screen goes
}

void Session::locate(const std::string& fragment) {
    const auto location = parse_location(fragment);
    told_location_ = fragment;
    if (!location) {
        return;
    }
    stale_ = true;
    if (project_ && location->project == project_->text && screens_ != nullptr) {
        screens_->show(*location);
        return;
    }
    wanted_ = *location;
    if (person_) {
        open_project(ProjectId(location->project));
    }
}

// One that comes when nobody works here any more is for nobody.
void Session::file_opened(const FileOpened& file) {
    if (screens_ != nullptr) {
        screens_->file_opened(file);
        stale_ = true;
        tell_location();
        announce_status();
        news_();
    }
}

void Session::update_person() {
    const std::optional<Person>& now = sign_in_.person();
    const std::optional<ActorId> name = now ? std::optional(now->name) : std::nullopt;
    const bool settles = now && now->role == "lead";  // as core/api/rights.cpp has it; the server checks
    if (name != person_ || (settles != settles_ && screens_ != nullptr)) {
        wanted_ = name == person_ ? std::optional(screens_->location()) : wanted_;
        leave_project();
        person_ = name;
    }
    settles_ = settles;
    if (!person_ || project_ || !sign_in_.projects_known() || sign_in_.projects().empty()) {
        return;
    }
    const auto last = store::read_meta(ports_.database, kLastProject);
    std::string id = wanted_ ? wanted_->project : last.ok() && last.value() ? *last.value() : std::string();
    const auto& projects = sign_in_.projects();
    const bool known =
        std::any_of(projects.begin(), projects.end(), [&](const ProjectChoice& one) { return one.id == id; });
    open_project(ProjectId(known ? id : projects.front().id));
}

void Session::leave_project() {
    screens_.reset();
    project_.reset();
    if (sync_ != nullptr) {
        sync_->stop();
        leasing_->stop();
    }
    ports_.live.follow("");
}

void Session::open_project(const ProjectId& project) {
    leave_project();
    project_ = project;
    stale_ = true;
    if (auto kept = store::write_meta(ports_.database, kLastProject, project.text); !kept.ok()) {
        problem_ = kept.error().text();
    }
    sync_->start(*person_, project);
    leasing_->start(*person_, project);
    ports_.live.follow(concat("/api/v1/projects/", project.text, "/live"));
    project_ready();
}

// Screens need the project and its policy on this device; until then the first sync is shown.
bool Session::project_ready() {
    if (screens_ != nullptr || !project_) {
        return screens_ != nullptr;
    }
    auto project = store::find_project(ports_.database, *project_);
    if (!project.ok()) {
        return false;
    }
    auto policy = device_->policies().current(ports_.database, project.value());
    if (!policy.ok()) {
        return false;
    }
    screens_ = std::make_unique<Screens>(Workplace{.device = *device_,
                                                   .sync = *sync_,
                                                   .leasing = *leasing_,
                                                   .transport = transport_,
                                                   .clock = ports_.clock,
                                                   .host = ports_.host,
                                                   .texts = texts_,
                                                   .ports = ports_,
                                                   .person = *person_,
                                                   .settles = settles_,
                                                   .changed = [this] { stale_ = true; },
                                                   .project = std::move(project).value(),
                                                   .policy = std::move(policy).value()});
    static_cast<void>(device_->take_changes());
    if (wanted_ && wanted_->project == project_->text) {
        screens_->show(*std::exchange(wanted_, std::nullopt));
    }
    return true;
}

void Session::take_changes() {
    const std::vector<sync::RowChange> changes = device_->take_changes();
    if (screens_ != nullptr) {
        screens_->changed(changes);
    }
    stale_ = stale_ || !changes.empty();
}

// Nobody is signed in and the server was not there: it is looked for until it is.
void Session::look_for_server() {
    const Duration now = ports_.clock.monotonic();
    if (person_ || sign_in_.reachable() || now.us < next_look_.us) {
        return;
    }
    next_look_ = Duration{now.us + kLookAgain.us};
    sign_in_.handle(intent::TryAgain{});
}

// True when there is something new to be seen.
bool Session::sync_a_little() {
    const sync::SyncStatus before = sync_->status();
    const bool stored = sync_->run();
    const sync::SyncStatus& after = sync_->status();
    const bool moved =
        stored || before.online != after.online || before.pulling != after.pulling || before.pushing != after.pushing;
    update_person();
    if (after.signed_out && !std::exchange(was_signed_out_, after.signed_out)) {
        sign_in_.signed_out_by_server();
    }
    if (std::exchange(sign_ins_, sign_in_.sign_ins()) != sign_in_.sign_ins() && after.signed_out) {
        sync_->poke();
    }
    was_signed_out_ = after.signed_out;
    project_ready();
    take_changes();
    if (stored && screens_ != nullptr) {
        screens_->operations_changed();
    }
    return moved;
}

bool Session::run() {
    if (!device_) {
        return false;
    }
    look_for_server();
    const int64_t minute = ports_.clock.now().us / kMinute_us;
    stale_ = stale_ || minute != std::exchange(shown_minute_, minute);
    const bool moved = sync_a_little();
    const sync::SyncStatus& status = sync_->status();
    leasing_->set_reachable(status.online && !status.signed_out);
    leasing_->work_on(screens_ != nullptr ? screens_->working_on() : std::vector<ItemId>());
    const bool leased = leasing_->run();
    const bool building = screens_ != nullptr && screens_->work_a_little();
    stale_ = stale_ || moved || leased || building;
    plan_wake(building);
    return stale_;
}

void Session::plan_wake(bool building) {
    wake_ = screens_ != nullptr ? std::optional(kClockTick) : std::nullopt;
    const auto sooner = [&](std::optional<Duration> when) {
        wake_ = when && (!wake_ || *when < *wake_) ? when : wake_;
    };
    sooner(person_ || sign_in_.reachable() ? std::nullopt : std::optional(kLookAgain));
    sooner(sync_->next_run());
    sooner(leasing_->next_run());
    sooner(screens_ != nullptr ? screens_->keep_drafts(ports_.clock.monotonic()) : std::nullopt);
    sooner(building ? std::optional(Duration{0}) : std::nullopt);
}

void Session::apply(const Intents& intents) {
    for (const Intent& intent : intents) {
        apply_one(intent);
    }
    if (leasing_ != nullptr && !intents.empty()) {
        leasing_->worked();
    }
    if (device_) {
        take_changes();
    }
    if (screens_ != nullptr && !intents.empty()) {
        screens_->operations_changed();
    }
    stale_ = stale_ || !intents.empty();
    tell_location();
    announce_status();
}

// What just happened, for those who do not see the status line.
void Session::announce_status() {
    const std::string status = screens_ == nullptr ? std::string() : screens_->status();
    if (!status.empty() && status != announced_) {
        ports_.host.announce(status);
    }
    announced_ = status;
}

void Session::apply_one(const Intent& intent) {
    if (const auto* keys = std::get_if<intent::ShowKeys>(&intent)) {
        show_keys_ = keys->show;
        return;
    }
    if (const auto* choice = std::get_if<intent::ChooseProject>(&intent)) {
        const auto& projects = sign_in_.projects();
        if (choice->index >= 0 && static_cast<size_t>(choice->index) < projects.size()) {
            open_project(ProjectId(projects[static_cast<size_t>(choice->index)].id));
        }
        return;
    }
    const auto* item = std::get_if<intent::OpenItem>(&intent);
    if (item != nullptr && project_ && !item->project.empty() && item->project != project_->text) {
        locate(to_text({item->project, Location::Screen::item, item->item}));
        return;
    }
    if (sign_in_.handle(intent)) {
        update_person();
        return;
    }
    if (screens_ != nullptr) {
        screens_->handle(intent);
    } else if (std::get_if<intent::TryAgain>(&intent) != nullptr && sync_ != nullptr) {
        sync_->poke();
    }
}

void Session::tell_location() {
    if (screens_ == nullptr) {
        return;
    }
    const std::string location = to_text(screens_->location());
    if (location != told_location_) {
        ports_.host.set_location(location, told_location_.empty() ? HistoryEntry::replace : HistoryEntry::push);
        ports_.host.set_title(concat(screens_->work().project.name, " · Countersign"));
        told_location_ = location;
    }
}

void Session::fill_starting(StartingModel& model) const {
    const sync::SyncStatus& status = sync_->status();
    model.words = std::string(texts_(Text::fetching_project));
    model.done = static_cast<int64_t>(status.items_taken);
    if (sign_in_.projects_known() && sign_in_.projects().empty()) {
        model.problem = std::string(texts_(Text::no_projects));
    } else if (!status.online && status.last_error) {
        model.problem = texts_(Text::cannot_fetch_project, status.last_error->message);
    }
}

const DeskModel& Session::model() {
    if (!stale_) {
        return model_;
    }
    stale_ = false;
    model_.show_keys = show_keys_;
    model_.navigation = {};
    if (!device_) {
        auto& starting = model_.screen.emplace<StartingModel>();
        starting.problem = problem_;
        return model_;
    }
    if (!person_) {
        auto& sign_in = model_.screen.emplace<SignInModel>();
        sign_in_.fill(sign_in);
        sign_in.server = ports_.server_name;
        return model_;
    }
    model_.navigation.person = person_->text;
    model_.navigation.is_demo = sign_in_.person() && sign_in_.person()->demo;
    model_.navigation.projects = sign_in_.projects();
    for (size_t i = 0; project_ && i < model_.navigation.projects.size(); ++i) {
        model_.navigation.project =
            model_.navigation.projects[i].id == project_->text ? static_cast<int>(i) : model_.navigation.project;
    }
    if (screens_ == nullptr) {
        fill_starting(model_.screen.emplace<StartingModel>());
    } else {
        screens_->fill(model_);
    }
    tell_location();
    return model_;
}

}  // namespace countersign::shell
