#include "tests/shell/shots/scenes.h"

#include "core/base/concat.h"
#include "tests/shell/fixtures/city.h"

namespace countersign::tests {

using namespace shell;

namespace {

template <class Screen>
Scene scene(std::string name, Screen screen) {
    Scene made;
    made.name = std::move(name);
    made.model.navigation = city_navigation();
    made.model.screen = std::move(screen);
    return made;
}

void add_queue(std::vector<Scene>& out) {
    const auto rows = [](int64_t count) { return std::make_shared<CityRows>(count); };
    const auto add = [&](std::string name, const std::shared_ptr<CityRows>& source, const auto& change) {
        QueueModel model = city_queue(*source);
        change(model);
        out.push_back(scene(std::move(name), std::move(model)));
        out.back().keeps.push_back(source);
    };
    add("queue", rows(1516), [](QueueModel&) {});
    const auto partly = rows(1'000'000);
    partly->not_loaded_from = 9;
    add("queue-loading-rows", partly, [](QueueModel&) {});
    add("queue-empty", rows(0), [](QueueModel& m) { m.counts = {}; });
    add("queue-no-match", rows(0), [](QueueModel& m) {
        m.search = "lamp post";
        m.counts = {1516, 94, 379, 1043};
    });
    const auto with_pins = rows(1516);
    with_pins->given_back = 2;
    add("queue-given-back", with_pins, [](QueueModel& m) {
        m.given_back = 2;
        m.taken_along = 23;
        m.selected = 0;
    });
    const auto escalated = rows(12);
    escalated->escalated = true;
    add("queue-adjudicate", escalated, [](QueueModel& m) {
        m.standing = StandingFilter::escalated;
        m.counts.escalated = 12;
    });
    const auto hiding = rows(1516);
    hiding->hides_some = true;
    add("queue-blind", hiding, [](QueueModel&) {});
    add("queue-adjudicate-none", rows(0), [](QueueModel& m) { m.standing = StandingFilter::escalated; });
    add("queue-take-along", rows(1516), [](QueueModel& m) { m.take_along = city_take_along(23); });
    add("queue-take-along-none", rows(1516), [](QueueModel& m) {
        m.take_along = city_take_along(0);
        m.take_along->count = "many";
        m.take_along->can_take = false;
        m.take_along->outcome = "Type a number from 1 to 500.";
    });
    add("queue-loading", rows(0), [](QueueModel& m) { m.load.state = LoadModel::State::loading; });
    add("queue-failed", rows(0), [](QueueModel& m) {
        m.load = {LoadModel::State::failed,
                  "This device's store answered: disk is full. Free some space and try again; nothing was lost."};
    });
}

void add_quick(std::vector<Scene>& out) {
    out.push_back(scene("quick", city_quick()));
    QuickModel urgent = city_quick();
    urgent.current = city_card(1);
    urgent.current->due = {"6 min over", DueState::overdue};
    urgent.current->notes = {"Two requests in one message: label the one that is asked first."};
    urgent.labels = many_labels();
    out.push_back(scene("quick-many-labels", urgent));
    QuickModel lengthy = city_quick();
    lengthy.current->text = long_document(2600);
    lengthy.notice = "MSG-000116 was withdrawn by its owner; your decision on it stays in the log.";
    out.push_back(scene("quick-long-text", lengthy));
    QuickModel back = city_quick();
    back.current->given_back =
        "Given back to you: the model said Road damage when you decided, and says Street lighting now.";
    out.push_back(scene("quick-given-back", back));
    QuickModel held = city_quick();
    held.current->held_words =
        "Ines Varga is at this item until 23 Nov 2026, 12:20. You can decide all the same: two decisions are no harm.";
    out.push_back(scene("quick-held", held));
    QuickModel blind = city_quick();
    blind.current->blind = true;
    blind.current->label = {};
    blind.current->confidence = {};
    blind.current->others.clear();
    blind.current->routing = {};
    out.push_back(scene("quick-blind", blind));
    QuickModel fresh = city_quick();
    fresh.recent.clear();
    fresh.can_undo = false;
    fresh.done = 0;
    fresh.current->text = "Lamp broken.";
    out.push_back(scene("quick-short-text", fresh));
    QuickModel nothing = city_quick();
    nothing.current.reset();
    nothing.next.reset();
    nothing.done = nothing.total;
    out.push_back(scene("quick-empty", nothing));
}

void add_full(std::vector<Scene>& out) {
    out.push_back(scene("full", city_full()));
    FullModel missing = city_full();
    missing.tried = true;
    for (ChecklistQuestion& question : missing.checklist) {
        question.missing = question.required && question.value.empty();
    }
    missing.rationale.clear();
    missing.rationale_missing = true;
    missing.reasons[0].chosen = missing.reasons[1].chosen = false;
    missing.reasons_missing = true;
    missing.missing.insert(missing.missing.end(), {"A reason", "A rationale"});
    out.push_back(scene("full-missing", missing));
    FullModel ready = city_full();
    ready.verdict = Verdict::correct;
    ready.corrected_to = 3;
    ready.missing.clear();
    for (ChecklistQuestion& question : ready.checklist) {
        question.value = question.value.empty() ? "no" : question.value;
    }
    out.push_back(scene("full-ready", ready));
    FullModel bare = city_full();
    bare.document = "Lamp broken.";
    bare.title = "Lamp broken.";
    bare.evidence.clear();
    bare.current_evidence = -1;
    bare.similar.clear();
    bare.notes.clear();
    bare.verdict.reset();
    bare.rationale.clear();
    out.push_back(scene("full-bare", bare));
    FullModel closed = city_full();
    closed.read_only = true;
    closed.read_only_reason = "This item is decided. Your own decision can be amended under Done.";
    closed.own = {
        {Verdict::accept, closed.predicted, "3 h ago", {Level::sealed, Standing::effective, {}}},
        {Verdict::reject, {}, "yesterday", {Level::stable, Standing::superseded, "Replaced by your later decision."}}};
    out.push_back(scene("full-read-only", closed));
    FullModel back = city_full();
    back.given_back =
        "Given back to you: the policy has changed meanwhile and asks for more: 'Is there personal data that must not "
        "be passed on?' has no answer. Your answers are filled in; submitting replaces the earlier decision.";
    back.held_words =
        "Ines Varga is at this item until 23 Nov 2026, 12:20. You can decide all the same: two decisions are no harm.";
    back.own = {{Verdict::accept,
                 back.predicted,
                 "2 d ago",
                 {Level::stable, Standing::reconfirm,
                  "Given back to you: the policy has changed meanwhile and asks for more: 'Is there personal data that "
                  "must not be passed on?' has no answer."}}};
    out.push_back(scene("full-given-back", back));
    FullModel settles = city_full();
    settles.waits_words = "Reviewers disagree. You have not reviewed this item: your decision settles it.";
    settles.others = {
        {"Mira Okafor", "2 h ago", Verdict::accept, settles.predicted, {"Clear wording"}, {}, {"the lamp is dark"}},
        {"Benedikt von Hohenstein-Falkenberg",
         "12 Nov 2026",
         Verdict::correct,
         settles.labels[3],
         {"Wording > Ambiguous", "Missing information > No place is named"},
         "The lamp is named first, but what he asks for is that somebody looks at the pavement below it, where the "
         "cable lies open. Lighting would only pass it on.",
         {"a cable lies open", "my daughter nearly touched it"}},
        {"Ines Varga", "just now", Verdict::escalate, {}, {}, "Two departments say that it is the other's.", {}}};
    out.push_back(scene("full-adjudicate", settles));
    FullModel reasons = city_full();
    reasons.reasons = city_reasons();
    reasons.checklist = {{.id = "places",
                          .text = "Where does it say what is broken?",
                          .kind = QuestionKind::evidence,
                          .places = {{12, 30, "the street lamp in front", 6, "1"}, {80, 99, "since Monday", 6, "2"}},
                          .marking = true}};
    out.push_back(scene("full-reasons", reasons));
    FullModel blind = city_full();
    blind.blind = true;
    blind.predicted = {};
    blind.confidence = {};
    blind.scores.clear();
    blind.model.clear();
    blind.routing = {};
    blind.verdict.reset();
    out.push_back(scene("full-blind", blind));
}

void tell_of_notices(NavigationModel& nav) {
    nav.notices = 2;
    nav.alarm = true;
    nav.notice_words = "Decisions were lost in this browser, and 1 more";
}

void add_sync(std::vector<Scene>& out) {
    out.push_back(scene("sync", city_sync()));
    SyncModel offline = city_sync();
    offline.online = false;
    offline.decisions = {14, 0, 290, 900};
    offline.problem = "no answer from review.city.example within 10 seconds.";
    offline.storage_kept_words = "The browser has not promised to keep it";
    offline.storage_may_be_lost = true;
    offline.waiting = city_waiting();
    out.push_back(scene("sync-offline", offline));
    NavigationModel& nav = out.back().model.navigation;
    nav.online = false;
    nav.on_device_only = 14;
    nav.sync_words = "14 on this device";
    nav.offline_words = "Offline since 11:58. You can go on; decisions are kept on this device and sent later.";
    SyncModel told = city_sync();
    told.notices = {city_work_lost(3), city_restored()};
    told.import = city_import();
    out.push_back(scene("sync-notices", told));
    tell_of_notices(out.back().model.navigation);
    SyncModel many = city_sync();
    many.notices = {city_work_lost(412)};
    out.push_back(scene("sync-notices-many", many));
    tell_of_notices(out.back().model.navigation);
}

void add_settle(std::vector<Scene>& out) {
    const auto add = [&](std::string name, int64_t count, const auto& change) {
        const auto rows = std::make_shared<CityWaiting>(count);
        SettleModel model = city_settle(*rows);
        change(model);
        out.push_back(scene(std::move(name), std::move(model)));
        out.back().keeps.push_back(rows);
        out.back().model.navigation.can_settle = true;
    };
    add("settle", 17, [](SettleModel&) {});
    add("settle-writing", 17, [](SettleModel& m) {
        m.selected = 4;
        m.reason_missing = true;
        m.problem = "Not done: it does not wait any more (409)";
        m.refresh_problem = "The server cannot be reached.";
    });
    add("settle-incidents", 17, [](SettleModel& m) {
        m.tab = SettleTab::incidents;
        m.selected = 1;
    });
    add("settle-empty", 0, [](SettleModel& m) { m.selected = -1; });
    add("settle-failed", 0,
        [](SettleModel& m) { m.load = {LoadModel::State::failed, "The server cannot be reached."}; });
}

void add_tiers(std::vector<Scene>& out) {
    const auto add = [&](std::string name, const auto& change) {
        TiersModel model = city_tiers();
        change(model);
        out.push_back(scene(std::move(name), std::move(model)));
        out.back().model.navigation.can_settle = true;
    };
    add("tiers", [](TiersModel&) {});
    add("tiers-can-open", [](TiersModel& m) { m.selected = 1; });
    add("tiers-alarm", [](TiersModel& m) { m.selected = 2; });
    add("tiers-none", [](TiersModel& m) { m.tiers.clear(); });
}

void add_rest(std::vector<Scene>& out) {
    const auto rows = std::make_shared<CityDone>(1204);
    out.push_back(scene("done", city_done(*rows)));
    out.back().keeps.push_back(rows);
    out.back().model.toast = {"Undone: MSG-000899 is open again", false};
    const auto none = std::make_shared<CityDone>(0);
    out.push_back(scene("done-empty", city_done(*none)));
    out.back().keeps.push_back(none);
    add_sync(out);
    add_settle(out);
    add_tiers(out);
    out.push_back(scene("quick-banner", city_quick()));
    tell_of_notices(out.back().model.navigation);
    out.push_back(scene("sign-in", city_sign_in()));
    SignInModel wrong = city_sign_in();
    wrong.name = "mira";
    wrong.password = "not the password";
    wrong.problem = "Name or password is not right. After five tries in a row the account rests for a minute.";
    out.push_back(scene("sign-in-wrong", wrong));
    SignInModel demo = city_sign_in();
    demo.is_demo = true;
    out.push_back(scene("sign-in-demo", demo));
    StartingModel starting{"Opening this device's store", 1, 3, {}};
    out.push_back(scene("starting", starting));
    out.push_back(scene("keys", city_quick()));
    out.back().model.show_keys = true;
    out.push_back(scene("quick-toast", city_quick()));
    out.back().model.toast = {"Accepted: Noise", true};
}

}  // namespace

std::vector<Scene> all_scenes() {
    std::vector<Scene> out;
    add_queue(out);
    add_quick(out);
    add_full(out);
    add_rest(out);
    return out;
}

}  // namespace countersign::tests
