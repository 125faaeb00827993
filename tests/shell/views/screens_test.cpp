#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "shell/views/desk_view.h"
#include "tests/shell/fixtures/city.h"
#include "tests/shell/headless/headless.h"
#include "tests/shell/shots/scenes.h"
#include "tests/support/approval.h"

namespace {

using namespace countersign;
using namespace countersign::shell;
using tests::Headless;

// A model, its screen, and everything a person wanted of it.
struct Desk {
    DeskModel model;
    Intents wanted;
    // Plays the session: changes the model by what was wanted in this frame.
    std::function<void(Desk&, const Intents&)> apply;
    Headless desk;

    explicit Desk(DeskModel shown, const tests::Screen& screen = {1440, 900, 1})
        : model(std::move(shown)), desk([this](Ui& ui) { return draw(ui); }, screen) {}

    bool draw(Ui& ui) {
        Intents now;
        draw_desk(ui, model, now);
        wanted.insert(wanted.end(), now.begin(), now.end());
        if (apply) {
            apply(*this, now);
        }
        return !now.empty();
    }

    void again() {
        desk.loop.request_frame();
        desk.settle();
    }

    template <class Wanted>
    std::vector<Wanted> all() const {
        std::vector<Wanted> out;
        for (const Intent& intent : wanted) {
            if (const auto* one = std::get_if<Wanted>(&intent)) {
                out.push_back(*one);
            }
        }
        return out;
    }
};

template <class Screen>
DeskModel with(Screen screen) {
    DeskModel model;
    model.navigation = tests::city_navigation();
    model.screen = std::move(screen);
    return model;
}

TEST_CASE("no screen holds a widget without name or role, in any state, on any size, in either language") {
    for (const tests::Scene& scene : tests::all_scenes()) {
        for (const tests::Screen& screen :
             {tests::Screen{1440, 900, 1}, tests::Screen{1024, 768, 1, true}, tests::Screen{360, 640, 1}}) {
            Desk desk(scene.model, screen);
            INFO(scene.name << " at " << screen.width);
            const std::vector<std::string>& faults = desk.desk.loop.items().faults();
            CHECK(faults.empty());
            for (const std::string& fault : faults) {
                UNSCOPED_INFO(fault);
            }
            CHECK(desk.wanted.empty());  // a screen that is only looked at wants nothing
        }
    }
}

TEST_CASE("the screens read aloud as approved") {
    std::string all;
    for (const tests::Scene& scene : tests::all_scenes()) {
        if (scene.name == "queue-loading-rows" || scene.name.find("long-text") != std::string::npos) {
            continue;
        }
        const Desk desk(scene.model, {1440, 500, 1});
        all += concat("== ", scene.name, "\n", desk.desk.outline(), "\n");
    }
    const std::string difference = tests::differs_from_approved("screens_outline.txt", all);
    INFO(difference);
    CHECK(difference.empty());
}

TEST_CASE("in quick check a key decides and the next card stands in the very same picture") {
    Desk desk(with(tests::city_quick()));
    const std::string current = std::get<QuickModel>(desk.model.screen).current->item;
    const std::string next = std::get<QuickModel>(desk.model.screen).next->item;
    REQUIRE(desk.desk.find(Role::region, "Quick check " + current) != nullptr);
    desk.desk.loop.handle(KeyChanged{Key::a, true, {}});
    desk.desk.host.wanted_ms.reset();
    const uint64_t before = desk.desk.loop.frames_drawn();
    // One frame, with a session that has not answered yet.
    desk.desk.loop.frame([&](Ui& ui) {
        Intents now;
        draw_desk(ui, desk.model, now);
        desk.wanted.insert(desk.wanted.end(), now.begin(), now.end());
        return false;
    });
    CHECK(desk.desk.loop.frames_drawn() == before + 1);
    CHECK(desk.desk.find(Role::region, "Quick check " + next) != nullptr);
    CHECK(desk.desk.find(Role::region, "Quick check " + current) == nullptr);
    REQUIRE(desk.all<intent::Decide>().size() == 1);
    CHECK(desk.all<intent::Decide>()[0].item == current);
    CHECK(desk.all<intent::Decide>()[0].verdict == Verdict::accept);
}

TEST_CASE("thirty cards are decided by keys faster than frames come, none twice and none left out") {
    Desk desk(with(tests::city_quick()));
    int card = 0;
    std::vector<std::string> decided;
    desk.apply = [&](Desk& d, const Intents& now) {
        for (const Intent& intent : now) {
            if (const auto* decide = std::get_if<intent::Decide>(&intent)) {
                decided.push_back(decide->item);
                card++;
                auto& model = std::get<QuickModel>(d.model.screen);
                model.current = tests::city_card(card);
                model.current->item = concat("ITEM-", card);
                model.next = tests::city_card(card + 1);
                model.next->item = concat("ITEM-", card + 1);
            }
        }
    };
    constexpr std::array keys{Key::a, Key::x, Key::u, Key::digit_2, Key::e};
    for (size_t i = 0; i < 30; i++) {
        desk.desk.loop.handle(KeyChanged{keys[i % keys.size()], true, {}});
        desk.desk.loop.handle(KeyChanged{keys[i % keys.size()], false, {}});
    }
    desk.desk.settle();
    REQUIRE(decided.size() == 30);
    for (size_t i = 1; i < 30; i++) {
        CHECK(decided[i] == concat("ITEM-", i));
    }
}

TEST_CASE(
    "quick check knows its verdicts by key, by pointer and by node; a label key corrects, the predicted one accepts") {
    Desk desk(with(tests::city_quick()));
    desk.desk.press(Key::x);
    desk.desk.press(Key::digit_2);
    desk.desk.press(Key::digit_1);
    desk.desk.click(Role::button, "Skip");
    desk.desk.click(Role::button, "Noise");
    desk.desk.act(Role::button, "Escalate", NodeActed::Action::activate);
    const auto decided = desk.all<intent::Decide>();
    REQUIRE(decided.size() == 6);
    CHECK(decided[0].verdict == Verdict::reject);
    CHECK(decided[1].verdict == Verdict::correct);
    CHECK(decided[1].label == "road");
    CHECK(decided[2].verdict == Verdict::accept);
    CHECK(decided[3].verdict == Verdict::skip);
    CHECK(decided[4].label == "noise");
    CHECK(decided[5].verdict == Verdict::escalate);
    desk.desk.press(Key::z);
    CHECK(desk.all<intent::Undo>().size() == 1);
}

TEST_CASE("the queue is filtered, sorted, searched and opened") {
    tests::CityRows rows(1'000'000);
    Desk desk(with(tests::city_queue(rows)));
    desk.desk.click(Role::tab, "Full review");
    desk.desk.click(Role::columnheader, "Confidence");
    desk.desk.press(Key::j);
    desk.desk.press(Key::enter);
    desk.desk.click(Role::row, "MSG-000123");
    desk.desk.press(Key::slash);
    desk.desk.type("gas");
    CHECK(desk.all<intent::FilterTier>().at(0).tier == TierFilter::full);
    CHECK(desk.all<intent::SortBy>().at(0).column == QueueColumn::confidence);
    CHECK(desk.all<intent::SelectRow>().at(0).row == 4);
    CHECK(desk.all<intent::OpenRow>().at(0).row == 3);
    CHECK(desk.all<intent::OpenRow>().at(1).row == 5);
    CHECK(desk.all<intent::Search>().at(0).text == "gas");
    CHECK(rows.asked < 20'000);
}

TEST_CASE("G and a letter lead to every place, ? shows the keys, and nothing behind the sheet hears a key") {
    Desk desk(with(tests::city_quick()));
    for (const Key key : {Key::q, Key::c, Key::d, Key::s}) {
        desk.desk.press(Key::g);
        desk.desk.press(key);
    }
    const auto went = desk.all<intent::Go>();
    REQUIRE(went.size() == 4);
    CHECK(went[0].place == Place::queue);
    CHECK(went[3].place == Place::sync);
    desk.desk.press(Key::question);
    REQUIRE(desk.all<intent::ShowKeys>().size() == 1);
    desk.model.show_keys = true;
    desk.again();
    desk.desk.press(Key::a);
    CHECK(desk.all<intent::Decide>().empty());
    desk.desk.press(Key::escape);
    REQUIRE(desk.all<intent::ShowKeys>().size() == 2);
    CHECK_FALSE(desk.all<intent::ShowKeys>()[1].show);
    for (const CommandInfo& command : all_commands()) {
        if (!label_index(command.command)) {
            INFO(command.id);
            CHECK(desk.desk.find(Role::listitem, desk.desk.loop.texts()(command.label)) != nullptr);
        }
    }
}

TEST_CASE("the full review is filled in with the keyboard alone") {
    Desk desk(with(tests::city_full()));
    desk.desk.press(Key::x);
    desk.desk.press(Key::digit_4);
    desk.desk.press(Key::bracket_right);
    desk.desk.press(Key::r);
    desk.desk.type(" More.");
    desk.desk.press(Key::enter, {.control = true});
    desk.desk.press(Key::escape);
    desk.desk.press(Key::n);
    desk.desk.type("Note");
    CHECK(desk.all<intent::ChooseVerdict>().at(0).verdict == Verdict::reject);
    CHECK(desk.all<intent::ChooseLabel>().at(0).label == 3);
    CHECK(desk.all<intent::SelectEvidence>().at(0).index == 1);
    CHECK(desk.all<intent::RationaleTyped>().at(0).text.ends_with(" More."));
    CHECK(desk.all<intent::Submit>().size() == 1);
    CHECK(desk.all<intent::NoteTyped>().at(0).text == "Note");
}

TEST_CASE("checklist and reasons are answered by node, as a screen reader does") {
    Desk desk(with(tests::city_full()));
    const Node* question = desk.desk.find(Role::radiogroup, "Does the message hold more than one request?");
    REQUIRE(question != nullptr);
    uint32_t no = 0;
    for (const Node& node : desk.desk.host.tree.nodes) {
        no = node.parent == question->id && node.name == "No" ? node.id : no;
    }
    desk.desk.loop.handle(NodeActed{no, NodeActed::Action::activate, {}});
    desk.desk.settle();
    REQUIRE(desk.all<intent::AnswerQuestion>().size() == 1);
    CHECK(desk.all<intent::AnswerQuestion>()[0].question == "several");
    CHECK(desk.all<intent::AnswerQuestion>()[0].value == "no");
    desk.desk.act(Role::checkbox, "Text is unclear", NodeActed::Action::activate);
    CHECK(desk.all<intent::ToggleReason>().at(0).reason == "unclear");
}

TEST_CASE("many reasons are a tree that says what each means, with what is chosen above it and a search") {
    FullModel model = tests::city_full();
    model.reasons = tests::city_reasons();
    Desk desk(with(model), {1440, 2400, 1});
    CHECK(desk.desk.find(Role::heading, "Missing information") != nullptr);
    CHECK(desk.desk.find(Role::text, "The words leave one reading only.") != nullptr);
    CHECK(desk.desk.find(Role::checkbox, "Several matters > First one decides") != nullptr);  // among the chosen
    const Node* chosen = desk.desk.find(Role::checkbox, "First one decides");
    REQUIRE(chosen != nullptr);
    CHECK(chosen->state.checked);
    desk.desk.act(Role::checkbox, "No place is named", NodeActed::Action::activate);
    CHECK(desk.all<intent::ToggleReason>().at(0).reason == "r9");
    const auto find = [&](std::string words) {
        const Node* field = desk.desk.find(Role::searchbox, "Find a reason");
        REQUIRE(field != nullptr);
        desk.desk.loop.handle(NodeActed{field->id, NodeActed::Action::set_value, std::move(words)});
        desk.desk.settle();
    };
    find("NUMBERS plates");  // in a description
    CHECK(desk.desk.find(Role::heading, "Law") != nullptr);
    CHECK(desk.desk.find(Role::heading, "Missing information") == nullptr);
    CHECK(desk.desk.find(Role::checkbox, "Deadline runs") == nullptr);
    CHECK(desk.desk.find(Role::checkbox, "Several matters > First one decides") != nullptr);  // stays in sight
    find("dark and wet");                                                                     // in an example
    CHECK(desk.desk.find(Role::checkbox, "Ambiguous") != nullptr);
    find("xyz");
    CHECK(desk.desk.find(Role::text, "No reason fits \"xyz\". Clear the search to see all.") != nullptr);
}

TEST_CASE("words selected in the document become evidence with M, in code points") {
    Desk desk(with(tests::city_full()));
    const Node* document = desk.desk.find(Role::document, "Document");
    REQUIRE(document != nullptr);
    const float x = document->x + 120;
    const float y = document->y + 62;
    desk.desk.click(x, y);
    desk.desk.click(x, y);
    REQUIRE(desk.desk.find(Role::button, "Mark as evidence") != nullptr);
    desk.desk.press(Key::m);
    REQUIRE(desk.all<intent::AddEvidence>().size() == 1);
    const auto [begin, end] = desk.all<intent::AddEvidence>()[0];
    const std::string& text = std::get<FullModel>(desk.model.screen).document;
    CHECK(text.substr(begin, end - begin).find(' ') == std::string::npos);  // ASCII up to here
    CHECK(end > begin);
    CHECK(desk.desk.find(Role::button, "Mark as evidence") == nullptr);
}

TEST_CASE("submitting names what is missing") {
    Desk desk(with(tests::city_full()));
    CHECK(desk.desk.find(Role::status,
                         "Still missing: Does the message hold more than one request?; Is there personal") != nullptr);
    std::get<FullModel>(desk.model.screen).tried = true;
    desk.again();
    CHECK(desk.desk.find(Role::alert, "Still missing: Does the message") != nullptr);
    desk.desk.click(Role::button, "Submit review");
    CHECK(desk.all<intent::Submit>().size() == 1);
}

TEST_CASE("a review that may only be read changes nothing") {
    FullModel model = tests::city_full();
    model.read_only = true;
    model.read_only_reason = "Somebody else is at it.";
    Desk desk(with(model));
    desk.desk.press(Key::a);
    desk.desk.press(Key::x);
    desk.desk.press(Key::digit_2);
    desk.desk.press(Key::enter, {.control = true});
    desk.desk.press(Key::r);
    desk.desk.type("x");
    desk.desk.click(Role::checkbox, "Text is unclear");
    CHECK(desk.wanted.empty());
}

TEST_CASE("a decision is undone before sync and amended afterwards, by pointer and by key") {
    tests::CityDone rows(40);
    Desk desk(with(tests::city_done(rows)));
    desk.desk.click(Role::button, "Undo MSG-000900");
    desk.desk.click(Role::button, "Amend MSG-000896");
    desk.desk.press(Key::z);
    const auto undone = desk.all<intent::UndoReview>();
    REQUIRE(undone.size() == 2);
    CHECK(undone[0].review == "review-0");
    CHECK(undone[1].review == "review-1");  // the selected row
    CHECK(desk.all<intent::AmendReview>().at(0).review == "review-4");
    CHECK(desk.all<intent::OpenRow>().empty());  // a button in a row is not the row
}

TEST_CASE("signing in works with keys alone, and the demo with one press") {
    SignInModel model = tests::city_sign_in();
    Desk desk(with(model));
    desk.apply = [](Desk& d, const Intents& now) {
        auto& form = std::get<SignInModel>(d.model.screen);
        for (const Intent& intent : now) {
            if (const auto* typed = std::get_if<intent::NameTyped>(&intent)) {
                form.name = typed->name;
            } else if (const auto* secret = std::get_if<intent::PasswordTyped>(&intent)) {
                form.password = secret->password;
            }
        }
    };
    REQUIRE(desk.desk.host.text_input.has_value());  // the caret waits in the first field
    desk.desk.type("mira");
    desk.desk.press(Key::tab);
    desk.desk.type("secret");
    desk.desk.press(Key::enter);
    CHECK(std::get<SignInModel>(desk.model.screen).name == "mira");
    CHECK(std::get<SignInModel>(desk.model.screen).password == "secret");
    CHECK(desk.all<intent::SignIn>().size() == 1);
    model.is_demo = true;
    Desk demo(with(model));
    CHECK(demo.desk.find(Role::heading, "This is a demo") != nullptr);
    demo.desk.act(Role::button, "Open the demo", NodeActed::Action::activate);
    CHECK(demo.all<intent::OpenDemo>().size() == 1);
}

TEST_CASE("what failed says so, offers to try again, and the sync screen tells in words what is where") {
    QueueModel failed;
    failed.load = {LoadModel::State::failed, "The disk is full."};
    Desk queue(with(failed));
    CHECK(queue.desk.find(Role::text, "The disk is full.") != nullptr);
    queue.desk.click(Role::button, "Try again");
    CHECK(queue.all<intent::TryAgain>().size() == 1);
    SyncModel model = tests::city_sync();
    model.decisions.on_device = 14;
    model.online = false;
    Desk sync(with(model));
    CHECK(sync.desk.find(Role::heading, "14 decisions are only on this device") != nullptr);
    CHECK(sync.desk.find(Role::button, "Sync now")->state.disabled);
    sync.desk.click(Role::button, "Save unsent decisions as a file");
    CHECK(sync.all<intent::ExportOutbox>().size() == 1);
}

}  // namespace
