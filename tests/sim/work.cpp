// What people do in a simulation.

#include "core/base/concat.h"
#include "core/json/json.h"
#include "core/json/writer.h"
#include "core/store/leases.h"
#include "tests/sim/policies.h"
#include "tests/sim/world.h"

namespace countersign::sim {

void Work::any() {
    const uint64_t what = world.dice.below(100);
    if (what < 44) {
        decide();
    } else if (what < 50) {
        withdraw();
    } else if (what < 54) {
        note();
    } else if (what < 68) {
        open_item();
    } else if (what < 71) {
        take_along();
    } else if (!world.server.up()) {
        return;
    } else if (what < 82) {
        import_new(world.dice.pick(world.projects));
    } else if (what < 88) {
        import_again();
    } else if (what < 90) {
        close_item();
    } else if (what < 92) {
        erase();
    } else if (what < 94) {
        change_policy();
    } else {
        world.settle_quarantine();
    }
}

std::string marker_of(const ProjectId& project, std::string_view item) {
    return concat("[about ", project.text, ' ', item, "]");
}

std::string Work::line(const ProjectId& project, const std::string& id) {
    static const std::vector<std::string> kConfidences = {"0.2", "0.6", "0.6", "0.7", "0.95"};
    static const std::vector<std::string> kLabels = {"pothole", "drain"};
    JsonWriter out;
    out.begin_object().member("id", id);
    const auto number = static_cast<uint64_t>(id.back() - '0');
    if (number % 3 != 0) {
        out.member("subject", concat("citizen ", number % 4));
    }
    out.name("input").begin_object();
    out.member("text", concat("A text ", marker_of(project, id), world.dice.one_in(8) ? ", it smells of gas" : ""))
        .end_object();
    out.name("prediction").begin_object().member("model", concat("topics-", ++world.models_));
    out.member("label", world.dice.pick(kLabels)).name("confidence").decimal(world.dice.pick(kConfidences));
    return std::move(out.end_object().end_object()).take() + "\n";
}

void Work::import_new(const ProjectId& project) {
    std::string lines;
    for (int64_t i = world.dice.between(1, 4); i > 0; --i) {
        lines += line(project, concat("msg-", world.items_++));
    }
    world.ask_as(ActorId("owner"),
                 {"POST", concat("/api/v1/projects/", project.text, "/predictions"), lines, "application/jsonl"});
}

// Another prediction of an item; or the first in this project.
void Work::import_again() {
    const std::string id = concat("msg-", world.dice.below(world.items_));
    const ProjectId project = world.dice.pick(world.projects);
    world.happened(Mishap::prediction_replaced);
    world.ask_as(ActorId("owner"), {"POST", concat("/api/v1/projects/", project.text, "/predictions"),
                                    line(project, id), "application/jsonl"});
}

SubmitReview Work::review(Dice& dice, const ProjectId& project, const ItemState& state) {
    static const std::vector<Verdict> kVerdicts = {Verdict::accept, Verdict::accept,   Verdict::correct,
                                                   Verdict::reject, Verdict::escalate, Verdict::skip};
    SubmitReview out;
    const std::string marker = marker_of(project, state.id.text);
    out.draft.verdict = dice.pick(kVerdicts);
    out.draft.active_ms = dice.between(300, 9'000);
    if (out.draft.verdict == Verdict::correct) {
        out.draft.label = LabelId(state.current().label.text == "gas" ? "drain" : "gas");
    }
    if (out.draft.verdict == Verdict::skip) {
        return out;
    }
    if (state.route().kind == TierKind::full) {
        out.draft.answers = {{"danger", "no"}};
        if (dice.one_in(2)) {
            out.draft.answers.push_back({"comment", concat("Nobody was there ", marker)});
        }
    }
    if (state.route().kind == TierKind::full || dice.one_in(3)) {
        out.draft.rationale = {
            {out.draft.verdict == Verdict::reject ? "vague" : "clear"}, concat("Cannot be read at all ", marker), {}};
    }
    return out;
}

namespace {

const Review* own_review(const Desk& desk, const ItemState& state) {
    for (const Review& review : state.reviews) {
        if (review.reviewer == desk.person && !review.withdrawn) {
            return &review;
        }
    }
    return nullptr;
}

bool holds_a_lease_that_ran_out(Desk& desk, const ItemState& state) {
    for (const SlotState& slot : state.slots) {
        if (slot.holder == desk.person && !slot.ended && !slot.runs(desk.clock.now())) {
            return true;
        }
    }
    return false;
}

}  // namespace

void Work::decide() {
    Desk& desk = world.any_desk();
    if (!desk.running()) {
        return;
    }
    const std::vector<store::ItemRow> waiting = desk.waiting();
    if (waiting.empty()) {
        return;
    }
    const ItemId id = world.dice.pick(waiting).id;
    const auto state = desk.item(id);
    if (!state || !state->known()) {
        world.breach("I10", concat("desk ", desk.number(), " shows ", id.text, ", of which it has nothing"));
        return;
    }
    SubmitReview submit = review(world.dice, desk.project, *state);
    const Review* own = own_review(desk, *state);
    if (own != nullptr && world.dice.one_in(2)) {
        submit.supersedes = own->id;
    }
    if (holds_a_lease_that_ran_out(desk, *state)) {
        world.happened(Mishap::lease_ran_out);
    }
    if (world.dice.one_in(25)) {
        desk.act_and_crash(id, submit, {1 + world.dice.below(16), world.dice.below(1'000'000)});
        world.timeline.after(world.dice.between(kSecond_us, kMinute_us), [&desk, life = desk.life()] {
            if (desk.life() == life) {
                desk.start();
            }
        });
        return;
    }
    const auto done = desk.act(id, submit);
    if (done) {
        world.reviews_.emplace_back(done->text, id.text);
    }
    desk.pump();
}

void Work::withdraw() {
    Desk& desk = world.any_desk();
    if (!desk.running() || world.reviews_.empty()) {
        return;
    }
    const auto& [review, item] = world.dice.pick(world.reviews_);
    if (world.people_of[review] == desk.person && desk.item(ItemId(item))) {
        desk.act(ItemId(item), WithdrawReview{OperationId(review)});
        desk.pump();
    }
}

void Work::note() {
    Desk& desk = world.any_desk();
    const std::vector<store::ItemRow> waiting = desk.running() ? desk.waiting() : std::vector<store::ItemRow>();
    if (!waiting.empty()) {
        const ItemId id = world.dice.pick(waiting).id;
        desk.act(id, AddNote{concat("Called them ", marker_of(desk.project, id.text)), {}});
        desk.pump();
    }
}

void Work::open_item() {
    Desk& desk = world.any_desk();
    const std::vector<store::ItemRow> waiting = desk.running() ? desk.waiting() : std::vector<store::ItemRow>();
    std::vector<ItemId> items;
    if (!waiting.empty() && !world.dice.one_in(4)) {
        items.push_back(world.dice.pick(waiting).id);
    }
    if (desk.running()) {
        desk.leasing->work_on(items);
        desk.leasing->worked();
        desk.pump();
    }
}

void Work::take_along() {
    Desk& desk = world.any_desk();
    if (!desk.running() || !desk.project_row()) {
        return;
    }
    const auto mine = store::running_leases(*desk.machine.database, *desk.project_row(), desk.clock.now(), 100).value();
    if (!mine.empty() && world.dice.one_in(3)) {
        desk.leasing->give_back({mine.front()});
    } else {
        desk.leasing->take_along({.count = 3, .tier = {}, .time = Duration{kHour_us}});
    }
    desk.pump();
}

void Work::close_item() {
    const std::string id = concat("msg-", world.dice.below(world.items_));
    const std::string as = world.dice.one_in(2) ? "withdrawn" : "final";
    const Reply reply =
        world.ask_as(ActorId("lea"), {"POST", concat("/api/v1/projects/", world.projects.front().text, "/close"),
                                      concat(R"({"item":")", id, R"(","as":")", as, R"("})")});
    if (reply.status == 204) {
        world.happened(Mishap::item_closed);
    }
}

void Work::change_policy() {
    const auto variant = static_cast<int>(world.dice.below(kPolicies));
    world.happened(Mishap::policy_changed);
    world.ask_as(ActorId("root"), {"PUT", concat("/api/v1/projects/", world.dice.pick(world.projects).text, "/policy"),
                                   policy_text(variant)});
}

// Of whom an item is about, which may take others with it. Now and then the server dies in the middle: then it was
// done, or was not.
void Work::erase() {
    const ProjectId project = world.dice.pick(world.projects);
    const std::string body = concat(R"({"item":"msg-)", world.dice.below(world.items_), R"(","ground":"request"})");
    Ask ask{"POST", concat("/api/v1/projects/", project.text, "/erase"), body};
    std::optional<Reply> reply;
    if (world.dice.one_in(4)) {
        world.sign_in(ActorId("root"), ask.cookies);
        reply = world.server.handle(ask, {1 + world.dice.below(40), world.dice.below(1'000'000)});
    } else {
        reply = world.ask_as(ActorId("root"), ask);
    }
    if (!reply) {
        world.server_died(Mishap::server_crash_in_erasure);
        return;
    }
    world.server_wrote();
    if (reply->status != 200) {
        return;
    }
    world.happened(Mishap::subject_erased);
    const Json json = parse_json(reply->body).value();
    for (const Json& item : *json.find("items")->array()) {
        world.erased.emplace(project, ItemId(*item.string()));
    }
}

}  // namespace countersign::sim
