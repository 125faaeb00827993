#include "tests/core/faults/sweep.h"

#include <cstdlib>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "tests/support/corpus.h"

namespace countersign::faults {

using namespace countersign::testing;

namespace {

std::string text_of(const Status& status) {
    return status.ok() ? "good" : status.error().text();
}

// A sentence that names what failed and, after a semicolon, what to do about it.
void check_sentence(const Error& error) {
    INFO("the error is: " << error.text());
    CHECK(error.message.find("; ") != std::string::npos);
    CHECK(error.message.size() > 20);
}

// Every row, the tables themselves, and how many texts can be searched: the index itself is in no dump.
std::string content_of(store::Database& database) {
    std::string out = dump_store(database) + dump_table(database, "sqlite_schema");
    auto select = database.prepare("SELECT count(*) FROM search_docsize");
    REQUIRE((select.ok() && select.value().step().ok()));
    return out + std::to_string(select.value().integer(0));
}

}  // namespace

uint64_t fault_step() {
    const char* text = std::getenv("COUNTERSIGN_FAULT_STEP");
    return text == nullptr ? COUNTERSIGN_FAULT_STEP : std::strtoull(text, nullptr, 10);
}

Sweep::Sweep(FaultDisk& disk, FaultMemory& memory, Task task, uint64_t step)
    : disk_(disk), memory_(memory), task_(std::move(task)), step_(step), files_(store_of(task_.side).path) {
    disk_.restore({});
    world_ = std::make_unique<World>(disk_, 1);
    const Status prepared = task_.prepare(*world_);
    INFO(task_.name << ", prepared: " << text_of(prepared));
    REQUIRE(prepared.ok());
    if (!task_.cleanly) {
        disk_.kill();
    }
    drop();
    before_ = disk_.content();
    learn();
}

void Sweep::drop() {
    world_.reset();
}

void Sweep::start(uint64_t life) {
    world_ = std::make_unique<World>(disk_, life);
    const Status ready = task_.ready(*world_);
    INFO("ready: " << text_of(ready));
    REQUIRE(ready.ok());
}

void Sweep::learn() {
    disk_.restore(before_);
    start(2);
    std::vector<FaultDisk::Content> moments;
    disk_.before_call = [&](Call, const std::string& file) {
        if (file.starts_with(files_)) {
            moments.push_back(disk_.content());
        }
    };
    const Status done = task_.run(*world_);
    disk_.before_call = nullptr;
    INFO(task_.name << ", without a fault: " << text_of(done));
    REQUIRE(done.ok());
    counts_.calls = moments.size();
    REQUIRE(counts_.calls > 0);
    disk_.kill();
    drop();
    moments.push_back(disk_.content());
    for (const FaultDisk::Content& moment : moments) {
        disk_.restore(moment);
        last_ = look();
        states_.emplace(last_, true);
    }
    counts_.states = states_.size();
}

// Everything that a restart reads back. The logical checks follow from the content, so each content is checked once.
std::string Sweep::look() {
    auto opened = store::open_store(store_of(task_.side));
    INFO("opened: " << (opened.ok() ? "good" : opened.error().text()));
    REQUIRE(opened.ok());
    store::Database& database = *opened.value();
    const std::string pages = in_lines(check_pages(database));
    CHECK(pages == "");
    std::string content = content_of(database);
    if (!states_.contains(content)) {
        const std::string breaches = in_lines(check_store(task_.side, database));
        CHECK(breaches == "");
    }
    return content;
}

// After a failure that ends nothing: a transaction is there or not. Of several, one may be missing in the middle, since
// the device went on, or one was tried again with what chance gave then; every check must hold.
void Sweep::look_at_living(bool several, store::Database& database) {
    if (!states_.contains(content_of(database))) {
        CHECK(several);
        CHECK(in_lines(check_store(task_.side, database)) == "");
    }
}

void Sweep::verify(bool acknowledged) {
    const std::string content = look();
    if (acknowledged) {
        ++counts_.acknowledged;
        const bool there = content == last_;
        CHECK(there);
    } else {
        const bool possible = states_.contains(content);
        CHECK(possible);
    }
}

bool Sweep::attempt(const Fault& fault, Status& outcome) {
    disk_.restore(before_);
    start(2);
    disk_.arm(fault);
    outcome = task_.run(*world_);
    return disk_.struck();
}

void Sweep::crash(uint64_t call, uint64_t seed) {
    INFO(task_.name << ": power cut at call " << call << ", seed " << seed);
    Status outcome;
    REQUIRE(attempt({.at = call, .effect = Effect::power_cut, .files = files_, .seed = seed}, outcome));
    disk_.cut_power(seed);
    drop();
    disk_.disarm();
    ++counts_.crashes;
    verify(outcome.ok());
}

// Everything went well, and then the power goes.
void Sweep::crash_after(uint64_t damage) {
    INFO(task_.name << ": power cut when it was done, damage " << damage);
    disk_.restore(before_);
    start(2);
    REQUIRE(task_.run(*world_).ok());
    disk_.cut_power(damage);
    drop();
    ++counts_.crashes;
    verify(true);
}

void Sweep::crashes() {
    for (uint64_t damage = 0; damage < 2 * kDamages; ++damage) {
        crash_after(damage);
    }
    for (uint64_t call = 1; call <= counts_.calls; call += step_) {
        for (uint64_t damage = 0; damage < kDamages; ++damage) {
            crash(call, call * kDamages + damage);
        }
    }
}

void Sweep::fail_at(const Fault& fault) {
    INFO(task_.name << ": " << effect_name(fault.effect) << " at call " << fault.at
                    << (fault.from_then_on ? " and from then on" : ""));
    Status outcome;
    if (!attempt(fault, outcome)) {
        return;  // of the calls that this effect strikes there are fewer
    }
    disk_.disarm();
    ++counts_.failures;
    try_again(outcome, fault.at);
}

void Sweep::try_again(const Status& outcome, uint64_t damage) {
    INFO("the outcome is: " << text_of(outcome));
    if (!outcome.ok()) {
        check_sentence(outcome.error());
    }
    // A server ends when its disk fails it, and goes on when it is only full; a device always goes on.
    const bool open = task_.side == Side::device ? world_->device != nullptr && world_->device->database != nullptr
                                                 : world_->server != nullptr;
    const bool goes_on = open && (task_.side == Side::device || !world_->server->database->broken());
    if (goes_on) {
        look_at_living(states_.size() > 2 || outcome.ok(), world_->database(task_.side));
    } else {
        disk_.kill();
        drop();
        if (task_.side == Side::server) {
            disk_.drop_cache();  // as a server does that starts (native/server/data_folder.h)
        }
        verify(outcome.ok());
        start(3);
    }
    const Status again = task_.run(*world_);
    INFO("tried again: " << text_of(again));
    REQUIRE(again.ok());
    const std::string acknowledged = content_of(world_->database(task_.side));
    disk_.cut_power(damage);
    drop();
    const std::string found = look();
    CHECK(found == acknowledged);
}

void Sweep::failures() {
    for (const Effect effect : {Effect::io_error, Effect::disk_full, Effect::too_many_files}) {
        for (uint64_t call = 1; call <= counts_.calls; call += step_) {
            fail_at({.at = call, .effect = effect, .files = files_, .seed = call});
            fail_at({.at = call, .effect = effect, .from_then_on = true, .files = files_, .seed = call});
        }
    }
}

void Sweep::starve(uint64_t at, bool from_then_on) {
    INFO(task_.name << ": no memory at allocation " << at << (from_then_on ? " and from then on" : ""));
    disk_.restore(before_);
    start(2);
    memory_.arm(at, from_then_on);
    const Status outcome = task_.run(*world_);
    memory_.disarm();
    if (!memory_.struck()) {
        return;  // chance gave this run fewer
    }
    ++counts_.starvations;
    try_again(outcome, at);
}

void Sweep::starvations(uint64_t step) {
    disk_.restore(before_);
    start(2);
    memory_.arm(0, false);
    REQUIRE(task_.run(*world_).ok());
    memory_.disarm();
    counts_.allocations = memory_.counted();
    for (uint64_t at = 1; at <= counts_.allocations; at += step) {
        starve(at, false);
        starve(at, true);
    }
}

void Sweep::recover(uint64_t call, uint64_t seed, const Fault& fault) {
    INFO(task_.name << ": power cut at call " << call << ", seed " << seed << ", then " << effect_name(fault.effect)
                    << " at call " << fault.at << " of the opening");
    Status outcome;
    REQUIRE(attempt({.at = call, .effect = Effect::power_cut, .files = files_, .seed = seed}, outcome));
    disk_.cut_power(seed);
    drop();
    disk_.arm(fault);
    {
        auto opened = store::open_store(store_of(task_.side));
        if (!opened.ok()) {
            check_sentence(opened.error());
        }
        if (fault.effect == Effect::power_cut) {
            disk_.cut_power(seed + 1);
        } else {
            disk_.kill();
        }
    }
    disk_.disarm();
    ++counts_.recoveries;
    verify(outcome.ok());
}

void Sweep::recoveries() {
    Chance chance(counts_.calls);
    for (uint64_t call = 1; call <= counts_.calls; call += step_) {
        const uint64_t seed = chance.next();
        recover(call, seed, {.at = 1 + chance.below(40), .effect = Effect::io_error, .files = files_});
        recover(call, seed, {.at = 1 + chance.below(40), .effect = Effect::disk_full, .files = files_});
        recover(call, seed, {.at = 1 + chance.below(40), .effect = Effect::power_cut, .files = files_});
    }
}

}  // namespace countersign::faults
