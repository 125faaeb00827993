#include "tests/support/full_story.h"

#include <catch_amalgamated.hpp>

#include "core/json/writer.h"
#include "core/seal/begin_anew.h"
#include "core/store/checkpoints.h"

namespace countersign::testing {

namespace {

const std::string kCity = "/api/v1/projects/city";

std::optional<SeenCheckpoint> newest_seen(store::Database& database) {
    const store::ProjectRow project = store::find_project(database, ProjectId("city")).value();
    const auto newest = store::newest_checkpoint(database, project).value();
    return newest ? std::optional<SeenCheckpoint>(SeenCheckpoint{newest->epoch, newest->size, newest->root})
                  : std::nullopt;
}

}  // namespace

FullStory::FullStory(uint64_t seed, std::string path)
    : server(seed, std::move(path)), ada(server, "ada", seed + 1), ben(server, "ben", seed + 2), dice_(seed + 3) {
    set_up_city(server);
    ada.hello();
    ben.hello();
}

std::string FullStory::some_item() {
    return "msg-" + std::to_string(1 + dice_.below(items_));
}

void FullStory::act_as(const std::string& account, const std::string& role) {
    server.cookies.clear();
    server.sign_in(account, role);
}

void FullStory::post(const std::string& path, const std::string& body) {
    const TestServer::Answer answer = server.ask("POST", kCity + path, body);
    INFO(path << ' ' << body << ": " << answer.body);
    CHECK(answer.status != 500);
}

void FullStory::decide() {
    Hand& who = someone();
    const std::string item = some_item();
    SubmitReview review = who.review(item);
    std::vector<CommittedText> texts;
    if (dice_.below(2) == 0) {
        texts.push_back(who.text(kRationaleDomain, "Größte Eile, \"says\" she. " + std::to_string(dice_.below(1'000))));
        review.text = texts.back().commitment;
        review.draft.rationale.text = texts.back().text;
    }
    Operation operation = who.operation(item, review);
    operation.seen = newest_seen(*server.database);
    who.seal(operation, texts);
    decided_.push_back({&who, item, who.last});
    who.push();
}

void FullStory::correct() {
    Hand& who = someone();
    const std::string item = some_item();
    SubmitReview review = who.review(item);
    review.draft.verdict = Verdict::correct;
    review.draft.label = LabelId("drain");
    review.draft.answers = {{"danger", "no"}, {"comment", "The water."}};
    const CommittedText comment = who.text(kAnswerDomain, "The water.");
    review.answer_texts = {std::nullopt, comment.commitment};
    who.seal(item, review, {comment});
    who.push();
}

void FullStory::add_note() {
    Hand& who = someone();
    const CommittedText words = who.text(kNoteDomain, "Rang the works at 14:05.");
    who.seal(some_item(), AddNote{words.text, words.commitment}, {words});
    who.push();
}

void FullStory::withdraw() {
    if (decided_.empty()) {
        return;
    }
    // Mostly one's own.
    const Decided one = decided_[dice_.below(decided_.size())];
    Hand& who = dice_.below(4) == 0 ? someone() : *one.by;
    who.seal(one.item, WithdrawReview{one.id});
    who.push();
}

void FullStory::decide_twice() {
    Hand& who = someone();
    const std::string item = some_item();
    const Operation first = who.operation(item, who.review(item));
    who.seal(first);
    Operation again = who.operation(item, first.command);
    again.id = first.id;
    who.seal(again);
    who.push();
}

void FullStory::wait_for_item() {
    Hand& who = someone();
    const CommittedText words = who.text(kRationaleDomain, "Before anybody knew of it.");
    SubmitReview review = who.review("msg-1");
    review.text = words.commitment;
    review.draft.rationale.text = words.text;
    const std::string item = "later-" + std::to_string(unknown_++);
    who.seal(item, review, {words});
    const CommittedText note = who.text(kNoteDomain, "And a note.");
    who.seal(item, AddNote{note.text, note.commitment}, {note});
    who.push();
}

void FullStory::bring_unknown_item() {
    if (brought_ < unknown_) {
        const std::string id = "later-" + std::to_string(brought_++);
        server.ingest("city", sample_line(id, "It came late", "pothole", dice_.below(2) == 0 ? "0.7" : "0.2"));
    }
}

void FullStory::come_unsigned() {
    Hand& who = someone();
    const std::string item = some_item();
    who.seal(item, who.review(item));
    PushBody push = who.batch();
    push.signature = {};
    CHECK(who.send(push).status == 200);
}

void FullStory::come_unreadable() {
    Hand& who = someone();
    who.seal_bytes("this is no JSON at all");
    if (dice_.below(2) == 0) {
        const std::string item = some_item();
        std::string spaced = encode_operation(who.operation(item, who.review(item))).value();
        who.seal_bytes(spaced.insert(1, " "));
    }
    who.push();
}

void FullStory::claim_to_be_another() {
    Hand& who = someone();
    const std::string item = some_item();
    Operation operation = who.operation(item, who.review(item));
    switch (dice_.below(4)) {
        case 0: operation.actor = ActorId("cyd"); break;
        case 1: operation.project = ProjectId("town"); break;
        case 2: operation.stream = (&who == &ada ? ben : ada).stream; break;
        default: operation.prev = sha256("another"); break;
    }
    who.seal(operation);
    who.push();
}

void FullStory::come_of_the_future() {
    Hand& who = someone();
    const std::string item = some_item();
    std::string bytes = encode_operation(who.operation(item, who.review(item))).value();
    bytes.replace(bytes.find("submit_review"), 13, "submit_praise");
    who.seal_bytes(bytes);
    who.push();
}

void FullStory::copy_device() {
    Hand copy = ada;
    copy.entropy = SeededEntropy(dice_.below(uint64_t{1'000'000}));
    for (Hand* who : {&copy, &ada}) {
        const std::string item = some_item();
        who->seal(item, who->review(item));
        who->seal("msg-2", who->review("msg-2"));
        who->push();
    }
}

void FullStory::settle() {
    act_as("lea", "lead");
    const TestServer::Answer listed = server.ask("GET", kCity + "/quarantine");
    const Json list = parse_json(listed.body).value();
    const JsonArray& waiting = *list.find("operations")->array();
    if (waiting.empty()) {
        return;
    }
    const Json& one = waiting[dice_.below(waiting.size())];
    post("/quarantine", R"({"stream":")" + one.text_of("stream") + R"(","seq":)" +
                            std::to_string(*one.find("seq")->integer()) + R"(,"hash":")" + one.text_of("hash") +
                            R"(","admit":)" + (dice_.below(2) == 0 ? "true" : "false") +
                            R"(,"reason":"Rang her: it is hers."})");
}

void FullStory::lease() {
    Hand& who = someone();
    who.sign_in();
    const bool offline = dice_.below(2) == 0;
    post("/leases", R"({"stream":")" + who.stream.text + R"(","items":[")" + some_item() + R"("])" +
                        (offline ? R"(,"for":"8h"})" : "}"));
}

void FullStory::change_policy() {
    act_as("root", "admin");
    std::string policy = sample_policy();
    policy.replace(policy.find("City service"), 12, "City desk " + std::to_string(++policies_));
    CHECK(server.ask("PUT", kCity + "/policy", policy).status < 300);
}

void FullStory::close() {
    act_as("lea", "lead");
    post("/close",
         R"({"item":")" + some_item() + R"(","as":")" + (dice_.below(2) == 0 ? "final" : "withdrawn") + "\"}");
}

void FullStory::revoke() {
    act_as("root", "admin");
    CHECK(server.ask("PUT", "/api/v1/accounts/ben", R"({"disabled":true})").status < 300);
    ben.seal("msg-1", ben.review("msg-1"));
    ben.push();
}

void FullStory::give_rights_back() {
    act_as("root", "admin");
    CHECK(server.ask("PUT", "/api/v1/accounts/ben", R"({"disabled":false})").status < 300);
}

void FullStory::predict_again() {
    std::string line = sample_line(some_item(), "x", "drain", dice_.below(2) == 0 ? "0.95" : "0.3");
    const std::string id = "msg-" + std::to_string(++items_);
    server.ingest("city", sample_line(id, "Text of " + id, "pothole", dice_.below(2) == 0 ? "0.7" : "0.95"));
    line = sample_line(id, "Text of " + id, "drain", "0.5");
    line.replace(line.find("topics-1"), 8, "topics-" + std::to_string(++models_));
    server.ingest("city", line);
}

// An automatic tier with a promise: evidence, a certificate, what goes through by it, and its end.
void FullStory::keep_a_promise() {
    act_as("root", "admin");
    std::string policy = sample_policy();
    const std::string tier = R"({"id": "auto", "kind": "auto"})";
    policy.replace(policy.find(tier), tier.size(),
                   R"({"id": "auto", "kind": "auto", "promise": {"max_error": 0.3, "first_look": 50, "audit": 0.5}})");
    CHECK(server.ask("PUT", kCity + "/policy", policy).status < 300);
    const auto arrive = [&](int from, int to) {
        std::string lines;
        for (int i = from; i < to; ++i) {
            lines += sample_line("sure-" + std::to_string(i), "A hole", "pothole", i % 2 == 0 ? "0.91" : "0.97");
        }
        server.ingest("city", lines);
    };
    arrive(0, 55);
    for (int i = 0; i < 50; ++i) {
        const std::string item = "sure-" + std::to_string(i);
        ada.seal(item, ada.review(item));
    }
    ada.push();
    act_as("lea", "lead");
    const std::string which = R"({"tier":"auto","model":"topics-1")";
    CHECK(server.ask("POST", kCity + "/tiers/certify", which + "}").status == 200);
    server.clock.advance(Duration{kMinute_us});
    arrive(55, 75);
    act_as("lea", "lead");
    CHECK(server.ask("POST", kCity + "/tiers/close", which + R"(,"why":"The form has changed."})").status == 200);
}

// Policies are proposed: one is replaced, one withdrawn, one approved by somebody else.
void FullStory::ask_a_second_person() {
    const auto propose = [&](std::string_view name) {
        act_as("root", "admin");
        std::string policy = sample_policy();
        policy.replace(policy.find("City service"), 12, name);
        JsonWriter body;
        body.begin_object().member("policy", policy).member("why", "Another name").end_object();
        const auto answer = server.ask("POST", kCity + "/policy/proposals", std::move(body).take());
        CHECK(answer.status == 201);
        return kCity + "/policy/proposals/" +
               std::to_string(*parse_json(answer.body).value().find("number")->integer());
    };
    propose("City desk, first");
    const std::string second = propose("City desk, second");
    CHECK(server.ask("POST", second + "/withdraw", R"({"why":"Not yet"})").status == 200);
    const std::string third = propose("City desk, third");
    act_as("rob", "admin");
    CHECK(server.ask("POST", third + "/approve").status == 200);
}

void FullStory::seal() {
    server.seal();
}

// A backup is made, life goes on, and the server is put back to it; whoever was there sends again.
void FullStory::restore() {
    server.judge();
    auto backup = copy_of(*server.database);
    Hand cyd(server, "cyd", dice_.below(uint64_t{1'000'000}));
    cyd.hello();
    cyd.seal("msg-1", cyd.review("msg-1"));
    cyd.push();
    server.seal();
    Operation lost = cyd.operation("msg-2", cyd.review("msg-2"));
    lost.seen = newest_seen(*server.database);
    server.database = std::move(backup);
    server.policies = {};
    server.cookies.clear();
    REQUIRE(seal::begin_anew(*server.database, server.entropy, server.clock.now()).ok());
    Hand same = cyd;
    same.hello();
    Hand dan(server, "dan", dice_.below(uint64_t{1'000'000}));
    dan.hello();
    Operation operation = dan.operation("msg-1", dan.review("msg-1"));
    operation.seen = lost.seen;
    dan.seal(operation);
    dan.push();
}

void FullStory::tell() {
    const Step all[] = {&FullStory::seal,
                        &FullStory::lease,
                        &FullStory::decide,
                        &FullStory::correct,
                        &FullStory::add_note,
                        &FullStory::withdraw,
                        &FullStory::seal,
                        &FullStory::predict_again,
                        &FullStory::decide,
                        &FullStory::decide_twice,
                        &FullStory::wait_for_item,
                        &FullStory::come_unsigned,
                        &FullStory::come_unreadable,
                        &FullStory::claim_to_be_another,
                        &FullStory::come_of_the_future,
                        &FullStory::settle,
                        &FullStory::settle,
                        &FullStory::bring_unknown_item,
                        &FullStory::seal,
                        &FullStory::change_policy,
                        &FullStory::withdraw,
                        &FullStory::predict_again,
                        &FullStory::close,
                        &FullStory::close,
                        &FullStory::decide,
                        &FullStory::revoke,
                        &FullStory::settle,
                        &FullStory::give_rights_back,
                        &FullStory::copy_device,
                        &FullStory::decide,
                        &FullStory::restore,
                        &FullStory::decide,
                        &FullStory::predict_again,
                        &FullStory::predict_again,
                        &FullStory::lease,
                        &FullStory::lease,
                        &FullStory::lease,
                        &FullStory::keep_a_promise,
                        &FullStory::ask_a_second_person,
                        &FullStory::seal};
    for (const Step step : all) {
        server.clock.advance(Duration{kMinute_us});
        (this->*step)();
    }
    server.judge();
    server.seal();
}

void FullStory::tell_by_chance(int steps) {
    const Step all[] = {&FullStory::decide,
                        &FullStory::decide,
                        &FullStory::correct,
                        &FullStory::add_note,
                        &FullStory::withdraw,
                        &FullStory::decide_twice,
                        &FullStory::wait_for_item,
                        &FullStory::bring_unknown_item,
                        &FullStory::come_unsigned,
                        &FullStory::come_unreadable,
                        &FullStory::claim_to_be_another,
                        &FullStory::come_of_the_future,
                        &FullStory::copy_device,
                        &FullStory::settle,
                        &FullStory::lease,
                        &FullStory::change_policy,
                        &FullStory::close,
                        &FullStory::revoke,
                        &FullStory::give_rights_back,
                        &FullStory::predict_again,
                        &FullStory::seal,
                        &FullStory::restore};
    for (int i = 0; i < steps; ++i) {
        server.clock.advance(Duration{static_cast<int64_t>(1 + dice_.below(1'000)) * kSecond_us});
        (this->*all[dice_.below(std::size(all))])();
    }
    server.judge();
    server.seal();
}

}  // namespace countersign::testing
