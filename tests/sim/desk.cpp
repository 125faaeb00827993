#include "tests/sim/desk.h"

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/store/lists.h"
#include "core/store/operations.h"
#include "core/sync/device_streams.h"
#include "tests/sim/invariants.h"
#include "tests/sim/world.h"

namespace countersign::sim {

namespace {

constexpr size_t kMostRuns = 10'000;
constexpr size_t kListed = 200;

}  // namespace

Desk::Desk(World& world, size_t number, ActorId somebody)
    : person(std::move(somebody)),
      project(world.projects.front()),
      machine(concat("countersign-sim-desk-", number)),
      clock(world.timeline, world.skew(), world.drift_ppm()),
      entropy(world.dice.below(UINT64_MAX)),
      world_(world),
      number_(number),
      transport_(world.network, *this) {
    start();
}

Desk::Desk(World& world, size_t number, const Desk& other) : Desk(world, number, other.person) {
    const DeskImage image = other.image();
    put_back(image);
    cookies = other.cookies;
    project = other.project;
    people = other.people;
    start();
}

void Desk::start() {
    ++life_;
    clock.restart();
    machine.open();
    people.insert(person);
    check_kept(world_, *this);
    device = std::make_unique<sync::Device>(sync::Device::open(*machine.database, clock, entropy).value());
    client = std::make_unique<sync::SyncClient>(*device, transport_, clock, entropy);
    leasing = std::make_unique<sync::Leasing>(*device, transport_, clock);
    sign_in();
}

void Desk::end_process() {
    leasing.reset();
    client.reset();
    device.reset();
    unheard_.clear();
    frozen_until_us_ = 0;
    planned_us_ = -1;
    ++life_;
}

void Desk::crash(uint64_t seed) {
    end_process();
    machine.cut_power(seed);
}

DeskImage Desk::image() const {
    return {machine.disk.content(), kept, forgotten, clock.highest()};
}

void Desk::put_back(const DeskImage& image) {
    end_process();
    machine.put_back(image.disk);
    kept = image.kept;
    forgotten = image.forgotten;
    places.clear();
    clock.believe(image.highest_clock);
}

void Desk::sign_in() {
    if (world_.server.up()) {
        world_.sign_in(person, cookies);
    }
    if (running()) {
        client->start(person, project);
        leasing->start(person, project);
        leasing->set_reachable(true);
        pump();
    }
}

void Desk::sign_in_as(const ActorId& somebody) {
    person = somebody;
    people.insert(person);
    sign_in();
}

void Desk::open_project(const ProjectId& other) {
    project = other;
    sign_in();
}

void Desk::keep_cookies(uint64_t life, const Cookies& set) {
    if (life == life_) {
        for (const auto& [name, value] : set) {
            cookies[name] = value;
        }
    }
}

void Desk::hear(uint64_t life, std::function<void()> news) {
    if (life != life_) {
        return;
    }
    unheard_.push_back(std::move(news));
    pump();
}

void Desk::poke() {
    if (running()) {
        hear(life_, [this] { client->poke(); });
    }
}

void Desk::freeze(int64_t for_us) {
    frozen_until_us_ = world_.timeline.now_us() + for_us;
    world_.timeline.after(for_us, [this, mine = life_] {
        if (mine == life_) {
            pump();
        }
    });
}

void Desk::thaw() {
    frozen_until_us_ = 0;
    pump();
}

void Desk::pump() {
    if (!running() || world_.timeline.now_us() < frozen_until_us_) {
        return;
    }
    for (size_t runs = 0; !unheard_.empty() || client->next_run().value_or(Duration{1}).us == 0 ||
                          leasing->next_run().value_or(Duration{1}).us == 0;
         ++runs) {
        if (runs == kMostRuns) {
            world_.breach("I14", concat("desk ", number_, " has something to do at once, for ever"));
            return;
        }
        if (!unheard_.empty()) {
            const auto news = std::move(unheard_.front());
            unheard_.pop_front();
            news();
        }
        client->run();
        leasing->set_reachable(client->status().online);
        leasing->run();
    }
    static_cast<void>(device->take_changes());
    check_desk(world_, *this);
    plan_run();
}

void Desk::plan_run() {
    std::optional<int64_t> next;
    for (const auto& due : {client->next_run(), leasing->next_run()}) {
        if (due) {
            next = std::min(next.value_or(due->us), due->us);
        }
    }
    if (!next) {
        return;
    }
    // Clocks that run slow reach the moment later.
    const int64_t delay_us = *next + *next / 1'000 + 1;
    const int64_t at_us = world_.timeline.now_us() + delay_us;
    if (planned_us_ > world_.timeline.now_us() && planned_us_ <= at_us) {
        return;
    }
    planned_us_ = at_us;
    world_.timeline.after(delay_us, [this, mine = life_, at_us] {
        if (mine == life_ && planned_us_ == at_us) {
            planned_us_ = -1;
            pump();
        }
    });
}

void Desk::keep(const OperationId& id) {
    const auto row = store::find_operation(*machine.database, id).value();
    CS_CHECK(row.has_value());
    kept[key_of(row->stream, row->seq, row->hash)] = {id, person, row->item};
    world_.people_of[id.text] = person;
    check_new_operation(world_, *this, *row);
}

std::optional<OperationId> Desk::act(const ItemId& item, CommandBody command) {
    auto id = device->submit({project, item, person, std::move(command)});
    if (id.ok()) {
        keep(id.value());
        client->operation_added();
        leasing->decided(item);
    }
    world_.line("desk ", number_, " (", person.text, ") acts on ", item.text, ": ",
                id.ok() ? id.value().text : id.error().text());
    return id.ok() ? std::optional(id.value()) : std::nullopt;
}

void Desk::act_and_crash(const ItemId& item, CommandBody command, Strike strike) {
    machine.disk.arm({.at = strike.at_call, .effect = testing::Effect::power_cut, .seed = strike.seed});
    auto id = device->submit({project, item, person, std::move(command)});
    const bool struck = machine.disk.struck();
    if (id.ok() && !struck) {
        keep(id.value());
    }
    world_.happened(struck ? Mishap::device_crash_in_write : Mishap::device_crash_after_flush);
    const ActorId author = person;
    crash(strike.seed);
    // Nothing was said, so it may be there or not; from now on it is what it is.
    machine.open();
    for (const store::OperationRow& row : all_operations(*machine.database)) {
        const OperationKey key = key_of(row.stream, row.seq, row.hash);
        if (!kept.contains(key) && !forgotten.contains(key)) {
            kept[key] = {row.id, author, row.item};
            world_.people_of[row.id.text] = author;
        }
    }
    machine.database.reset();
}

void Desk::add_foreign(const ItemId& item, std::string_view type, std::string_view body) {
    const auto row = project_row();
    store::StreamRow stream = sync::ensure_stream(*device, *row, person).value();
    const std::string id = make_uuid(entropy, clock.now().us / 1'000);
    JsonWriter writer;
    writer.begin_object().member("actor", person.text).member("at", clock.now().us).name("body").raw(body);
    writer.member("item", item.text).member("mono_ms", clock.monotonic().us / 1'000).member("op", id);
    writer.member("prev", to_hex(stream.head.hash)).member("project", project.text);
    writer.member("seq", static_cast<int64_t>(stream.head.seq + 1)).member("stream", stream.stream.text);
    writer.member("type", type).member("v", int64_t{2}).end_object();
    store::OperationRow operation;
    operation.stream = stream.stream;
    operation.seq = stream.head.seq + 1;
    operation.id = OperationId(id);
    operation.item = item;
    operation.item_no = store::find_item(*machine.database, *row, item).value();
    operation.bytes = std::move(writer).take();
    operation.hash = operation_hash(operation.bytes);
    operation.at = clock.now();
    CS_CHECK(store::add_operation(*machine.database, *row, operation).ok());
    stream.head = {operation.seq, operation.hash};
    CS_CHECK(store::save_stream(*machine.database, stream).ok());
    kept[key_of(stream.stream, operation.seq, operation.hash)] = {operation.id, ActorId(), item};
    client->operation_added();
    pump();
}

std::optional<store::ProjectRow> Desk::project_row() {
    const auto row = store::find_project(*machine.database, project);
    return row.ok() ? std::optional(row.value()) : std::nullopt;
}

std::optional<ItemState> Desk::item(const ItemId& id) {
    const auto row = project_row();
    const int64_t no = row ? store::find_item(*machine.database, *row, id).value() : 0;
    return no == 0 ? std::nullopt : std::optional(device->load(*row, id, no).value());
}

std::vector<store::ItemRow> Desk::waiting() {
    const auto row = project_row();
    std::vector<store::ItemRow> out;
    for (const ItemStatus status : {ItemStatus::open, ItemStatus::escalated}) {
        const store::ListFilter filter{.status = status};
        const auto page = row ? store::list_items(*machine.database, *row, filter, store::ListSort::oldest, {}, kListed)
                              : Result<store::ListPage>(store::ListPage{});
        for (const store::ItemRow& one : page.value().rows) {
            out.push_back(one);
        }
    }
    return out;
}

}  // namespace countersign::sim
