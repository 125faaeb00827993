#include "tests/sim/world.h"

#include "core/api/setup.h"
#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/json/json.h"
#include "core/json/writer.h"
#include "core/store/accounts.h"
#include "core/store/inbox.h"
#include "tests/sim/invariants.h"
#include "tests/sim/policies.h"

namespace countersign::sim {

namespace {

void add_account(Server& server, const ActorId& name, std::string role) {
    CS_CHECK(store::add_account(server.database(),
                                {name, std::move(role), server.passwords.hash("secret"), server.clock.now(), false})
                 .ok());
}

}  // namespace

World::World(uint64_t seed, bool prints)
    : dice(seed), trace(prints), projects{ProjectId("city")}, server(timeline, dice.below(UINT64_MAX)) {
    if (dice.one_in(4)) {
        projects.emplace_back("harbour");
    }
    api::ApiLimits& limits = server.settings.limits;
    limits.page_items = static_cast<size_t>(dice.between(1, 5));
    limits.feed_events = static_cast<size_t>(dice.between(1, 8));
    limits.feed_reach = dice.one_in(3) ? 30 : 200'000;
    limits.lease = Duration{dice.between(2, 15) * kMinute_us};
    limits.operations_per_push = dice.one_in(3) ? 4 : 1'000;
    add_account(server, ActorId("root"), "admin");
    add_account(server, ActorId("lea"), "lead");
    add_account(server, ActorId("owner"), "model_owner");
    for (const char* name : {"ada", "ben", "cyd", "dan"}) {
        reviewers.emplace_back(name);
        add_account(server, reviewers.back(), dice.one_in(5) ? "lead" : "reviewer");
    }
    for (const ProjectId& project : projects) {
        const std::string body = concat(R"({"id":")", project.text, R"(","policy":)", policy_text(0), "}");
        CS_CHECK(ask_as(ActorId("root"), {"POST", "/api/v1/projects", body}).status == 201);
        Work{*this}.import_new(project);
    }
    const int64_t count = dice.one_in(6) ? dice.between(6, 10) : dice.between(2, 5);
    for (int64_t i = 0; i < count; ++i) {
        desks.push_back(std::make_unique<Desk>(*this, desks.size(), dice.pick(reviewers)));
    }
}

World::~World() = default;

void World::happened(Mishap mishap) {
    mishaps.add(mishap);
    line("! ", mishap_name(mishap));
}

void World::breach(std::string invariant, std::string words) {
    line("BREACH ", invariant, ": ", words);
    breaches.push_back({std::move(invariant), std::move(words)});
}

Duration World::skew() {
    if (dice.one_in(2)) {
        return {};
    }
    happened(Mishap::clock_skewed);
    return Duration{dice.between(-20, 20) * kMinute_us};
}

int64_t World::drift_ppm() {
    return dice.between(-300, 300);
}

Desk& World::any_desk() {
    return *dice.pick(desks);
}

void World::run_for(int64_t span_us) {
    const int64_t until_us = timeline.now_us() + span_us;
    while (breaches.empty() && timeline.step(until_us)) {
    }
}

void World::live(size_t actions) {
    for (size_t i = 0; i < actions && breaches.empty(); ++i) {
        run_for(dice.one_in(6) ? dice.between(kMinute_us, 12 * kMinute_us) : dice.between(0, 20 * kSecond_us));
        if (!breaches.empty()) {
            return;
        }
        if (dice.percent(68)) {
            Work{*this}.any();
        } else {
            Trouble{*this}.any();
        }
    }
}

Reply World::ask_as(const ActorId& person, Ask ask) {
    const std::string body = concat(R"({"account":")", person.text, R"(","password":"secret"})");
    ask.cookies = server.handle({"POST", "/api/v1/session", body})->cookies;
    Reply reply = *server.handle(ask);
    line(person.text, ": ", ask.method, " ", ask.target, ": ", reply.status, reply.status < 400 ? "" : reply.body);
    if (reply.status >= 500 && reply.status != 501) {
        breach("I14", concat("the server fails: ", reply.body));
    }
    server_wrote();
    return reply;
}

void World::sign_in(const ActorId& person, Cookies& cookies) {
    const std::string body = concat(R"({"account":")", person.text, R"(","password":"secret"})");
    const Cookies set = server.handle({"POST", "/api/v1/session", body, "application/json", cookies})->cookies;
    for (const auto& [name, value] : set) {
        cookies[name] = value;
    }
}

void World::signed_out(Desk& desk, bool is) {
    if (!is) {
        return;
    }
    happened(Mishap::signed_out);
    timeline.after(dice.between(kSecond_us, 5 * kMinute_us), [&desk, life = desk.life()] {
        if (desk.life() == life && desk.running() && desk.client->status().signed_out) {
            desk.sign_in();
        }
    });
}

void World::tell_news() {
    const uint64_t heads = server.heads();
    if (heads == told_heads_) {
        return;
    }
    told_heads_ = heads;
    for (const auto& desk : desks) {
        if (desk->offline || (!network.calm && dice.one_in(5))) {
            continue;
        }
        timeline.after(dice.between(5'000, 500'000), [&one = *desk, life = desk->life()] {
            if (one.life() == life) {
                one.poke();
            }
        });
    }
}

void World::server_wrote() {
    tell_news();
    plan_chores();
}

// Judging when nothing waits, or some time after; sealing some seconds after that.
void World::plan_chores() {
    if (chores_planned_ || ends) {
        return;
    }
    chores_planned_ = true;
    timeline.after(network.calm ? 50'000 : dice.between(10'000, 3 * kSecond_us), [this] {
        chores_planned_ = false;
        if (!server.up()) {
            return;
        }
        const auto judged = server.judge(network.calm ? 1'000 : 1 + dice.below(6));
        if (!judged.ok()) {
            breach("I14", concat("what was recorded cannot be judged: ", judged.error().text()));
            return;
        }
        if (dice.one_in(3)) {
            seal_all(dice.one_in(3) ? 1 + dice.below(5) : 20'000);
        }
        tell_news();
        if (judged.value() > 0) {
            plan_chores();
        }
    });
}

void World::judge_all() {
    for (uint64_t judged = 1; judged > 0;) {
        const auto some = server.judge(1'000);
        if (!some.ok()) {
            breach("I14", concat("what was recorded cannot be judged: ", some.error().text()));
            return;
        }
        judged = some.value();
    }
    tell_news();
}

void World::seal_all(uint64_t most_leaves) {
    if (most_leaves < 20'000) {
        happened(Mishap::sealed_in_part);
    }
    if (const Status sealed = server.seal(most_leaves); !sealed.ok() && honest) {
        breach("I10", concat("the log cannot be sealed: ", sealed.error().text()));
    }
    told_heads_ = 0;  // a checkpoint is news, too
    tell_news();
}

void World::server_died(Mishap how) {
    happened(how);
    timeline.after(dice.between(100'000, 20 * kSecond_us), [this] { restart_server(); });
}

void World::restart_server() {
    if (server.up()) {
        return;
    }
    server.start();
    check_acknowledged(*this);
    server_wrote();
}

void World::restore_server(size_t backup) {
    server.restore(backup, true);
    happened(Mishap::server_restored);
    check_acknowledged(*this);
    server_wrote();
    // Every connection was cut; devices come back by and by.
    told_heads_ = 0;
    tell_news();
}

void World::set_disabled(const ActorId& person, bool is_disabled) {
    const Reply reply = ask_as(ActorId("root"), {"PUT", concat("/api/v1/accounts/", person.text),
                                                 is_disabled ? R"({"disabled":true})" : R"({"disabled":false})"});
    CS_CHECK(reply.status == 200);
}

void World::settle_quarantine() {
    for (const ProjectId& project : projects) {
        const Reply list = ask_as(ActorId("lea"), {"GET", concat("/api/v1/projects/", project.text, "/quarantine")});
        const Json json = parse_json(list.body, {.total_bytes = 8 << 20}).value();
        for (const Json& one : *json.find("operations")->array()) {
            JsonWriter body;
            body.begin_object().member("stream", one.text_of("stream")).member("seq", *one.find("seq")->integer());
            body.member("hash", one.text_of("hash")).member_bool("admit", dice.percent(60));
            body.member("reason", "looked at").end_object();
            ask_as(ActorId("lea"),
                   {"POST", concat("/api/v1/projects/", project.text, "/quarantine"), std::move(body).take()});
        }
    }
}

}  // namespace countersign::sim
