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
    closed.read_only_reason = "Ines Varga is reviewing this item until 12:20; you can read it.";
    out.push_back(scene("full-read-only", closed));
}

void add_rest(std::vector<Scene>& out) {
    const auto rows = std::make_shared<CityDone>(1204);
    out.push_back(scene("done", city_done(*rows)));
    out.back().keeps.push_back(rows);
    out.back().model.toast = {"Undone: MSG-000899 is open again", false};
    const auto none = std::make_shared<CityDone>(0);
    out.push_back(scene("done-empty", city_done(*none)));
    out.back().keeps.push_back(none);
    out.push_back(scene("sync", city_sync()));
    SyncModel offline = city_sync();
    offline.online = false;
    offline.waiting = 14;
    offline.problem = "no answer from review.city.example within 10 seconds.";
    offline.storage_may_be_lost = true;
    offline.refused = {
        {"op1", "Accept MSG-000894", "The item was withdrawn by its owner at 11:40, before this decision.", "11:52"},
        {"op2", "Correct MSG-000871 to Road damage", "The label 'road' was retired from the policy in version 9.",
         "10:17"}};
    out.push_back(scene("sync-offline", offline));
    NavigationModel& nav = out.back().model.navigation;
    nav.online = false;
    nav.on_device_only = 14;
    nav.refused = 2;
    nav.sync_words = "14 on this device";
    nav.offline_words = "Offline since 11:58. You can go on; decisions are kept on this device and sent later.";
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
