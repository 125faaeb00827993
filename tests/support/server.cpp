#include "tests/support/server.h"

#include <catch_amalgamated.hpp>

#include "core/api/judge.h"
#include "core/api/tier_work.h"
#include "core/json/writer.h"
#include "core/seal/begin_anew.h"
#include "core/seal/seal.h"
#include "core/store/accounts.h"
#include "core/store/copy.h"

namespace countersign::testing {

namespace {

api::RequestHead head_of(std::string_view method, std::string_view target) {
    api::RequestHead head;
    head.method = std::string(method);
    const size_t question = target.find('?');
    head.path = std::string(target.substr(0, question));
    std::string_view query = question == std::string_view::npos ? std::string_view() : target.substr(question + 1);
    while (!query.empty()) {
        const size_t end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        const size_t equals = pair.find('=');
        head.query.emplace_back(pair.substr(0, equals),
                                equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
    }
    head.remote = "127.0.0.1";
    return head;
}

}  // namespace

std::string sample_policy() {
    return R"json({
  "format": "countersign-policy-1",
  "name": "City service",
  "task": {"type": "single_label", "question": "Which department must act?"},
  "labels": [{"id": "pothole", "name": "Pothole", "hotkey": "1"}, {"id": "drain", "name": "Drain", "hotkey": "2"},
             {"id": "gas", "name": "Gas smell", "hotkey": "3"}],
  "tiers": [{"id": "auto", "kind": "auto"},
            {"id": "quick", "kind": "quick", "due": "8h"},
            {"id": "full", "kind": "full", "due": "2h", "checklist": "safety",
             "rationale": {"codes": {"verdicts": ["accept", "correct", "reject"], "min": 1},
                           "text": {"verdicts": ["reject"], "min_characters": 10},
                           "evidence": {"verdicts": ["correct"], "min": 1}}}],
  "checklists": [{"id": "safety", "questions": [
      {"id": "danger", "question": "Is anybody in danger?", "type": "yes_no"},
      {"id": "place", "question": "Is the place known?", "type": "yes_no_na"},
      {"id": "comment", "question": "Anything else?", "type": "text", "required": false}]}],
  "reason_codes": [{"id": "clear", "name": "Clear wording"}, {"id": "vague", "name": "Vague wording", "verdicts": ["reject", "escalate"]}],
  "routes": [{"id": "gas", "when": "item.text.contains('gas')", "tier": "full", "reason": "Possible gas leak", "due": "30m"},
             {"id": "sure", "when": "prediction.confidence >= 0.9", "tier": "auto"},
             {"id": "unsure", "when": "prediction.confidence < 0.4", "tier": "full"},
             {"id": "rest", "when": "true", "tier": "quick"}]
})json";
}

std::string sample_line(std::string_view id, std::string_view text, std::string_view label,
                        std::string_view confidence) {
    JsonWriter writer;
    writer.begin_object().member("id", id).name("input").begin_object().member("text", text).end_object();
    writer.name("metadata").begin_object().member("channel", "web").end_object().name("prediction").begin_object();
    writer.member("model", "topics-1")
        .member("label", label)
        .name("confidence")
        .decimal(confidence)
        .end_object()
        .end_object();
    return std::move(writer).take() + "\n";
}

std::unique_ptr<store::Database> copy_of(store::Database& from) {
    auto out = store::Database::open({.path = ":memory:", .keys = from.keys()}).value();
    REQUIRE(store::copy_store(from, *out, [](const store::CopyProgress&) { return true; }).ok());
    return out;
}

TestServer::TestServer(uint64_t seed, std::string path, std::string keys_path)
    : TestServer(seed, std::unique_ptr<store::Database>()) {
    auto key_file = store::Database::open({.path = std::move(keys_path)});
    REQUIRE(key_file.ok());
    auto opened_keys = keys::SubjectKeyFile::open(
        std::move(key_file).value(), crypto::Secret(std::string(keys::kMasterKey_bytes, 'm')), key_entropy);
    REQUIRE(opened_keys.ok());
    keys = std::move(opened_keys).value();
    auto opened = store::open_store({.path = std::move(path), .keys = keys.get()});
    REQUIRE(opened.ok());
    database = std::move(opened).value();
    REQUIRE(store::ensure_identity(*database, entropy).ok());
}

TestServer::TestServer(uint64_t seed, std::unique_ptr<store::Database> opened)
    : entropy(seed),
      key_entropy(seed + 1'000'000),
      database(std::move(opened)),
      log_key_(crypto::SigningKey::from_seed(entropy.bytes(crypto::kSeed_bytes)).value()) {
    settings.version = "test";
    settings.log_key = log_key_.public_key();
}

void TestServer::judge() {
    const Status judged = try_judge();
    INFO((judged.ok() ? "" : judged.error().text()));
    REQUIRE(judged.ok());
}

Status TestServer::try_judge() {
    api::Workspace here = workspace();
    api::Judge judge;
    while (CS_TRY(judge.step(here, 100)) > 0) {
    }
    for (const store::ProjectRow& project : CS_TRY(store::list_projects(*database))) {
        if (project.policy) {
            static_cast<void>(CS_TRY(api::close_alarmed(here, project)));
        }
    }
    while (CS_TRY(api::place_some_anew(here, 100)) > 0) {
    }
    return success();
}

void TestServer::put_back(std::unique_ptr<store::Database> backup) {
    database = std::move(backup);
    policies = {};
    clock.advance(Duration{kMinute_us});
    REQUIRE(seal::begin_anew(*database, entropy, clock.now()).ok());
}

void TestServer::seal() {
    const Status sealed = try_seal();
    INFO((sealed.ok() ? "" : sealed.error().text()));
    REQUIRE(sealed.ok());
}

Status TestServer::try_seal() {
    const store::ServerIdentity identity = CS_TRY(store::read_identity(*database));
    for (const store::ProjectRow& project : CS_TRY(store::list_projects(*database))) {
        store::Transaction transaction(*database);
        CS_TRY_STATUS(transaction.begin());
        CS_TRY(seal::seal(*database, project, {identity, log_key_, clock.now()}));
        CS_TRY_STATUS(transaction.commit());
    }
    return success();
}

api::Workspace TestServer::workspace() {
    return api::Workspace{*database, clock, entropy, passwords, policies, settings};
}

TestServer::Answer TestServer::run(const api::RequestHead& head, std::string_view body) {
    api::Workspace here = workspace();
    api::Plan plan = api::plan(head, here);
    api::Response response;
    if (plan.refusal) {
        response = std::move(*plan.refusal);
    } else if (plan.streamed_body) {
        auto sink = api::open_sink(head, here);
        if (!sink.ok()) {
            response = api::problem(sink.error());
        } else {
            // In small pieces, so that lines are cut anywhere.
            Status fed = success();
            for (size_t at = 0; at < body.size() && fed.ok(); at += 1'000) {
                auto work = sink.value()->feed(body.substr(at, 1'000));
                fed = !work.ok() ? Status(work.error()) : work.value() ? work.value()(here) : success();
            }
            response = fed.ok() ? sink.value()->finish(here) : api::problem(fed.error());
        }
    } else {
        response = api::answer(head, std::string(body), here);
        if (response.then_write) {
            response = response.then_write(here);
        }
    }
    Answer out{response.status, std::move(response.body)};
    for (bool more = response.source != nullptr; more;) {
        const auto next = response.source->next(out.body);
        more = next.ok() && next.value();
        out.cut_off = next.ok() ? std::nullopt : std::optional(next.error());
    }
    for (const api::Header& header : response.headers) {
        if (header.first == "set-cookie") {
            const size_t equals = header.second.find('=');
            cookies[header.second.substr(0, equals)] =
                header.second.substr(equals + 1, header.second.find(';') - equals - 1);
        }
    }
    if (judges) {
        judge();
    }
    return out;
}

TestServer::Answer TestServer::ask(std::string_view method, std::string_view target, std::string_view body,
                                   std::string_view content_type) {
    if (database->broken()) {
        // As the server's process does: its writer ends it, and nobody is answered any more.
        return {503, api::problem(*database->broken()).body, {}};
    }
    api::RequestHead head = head_of(method, target);
    head.headers.emplace_back("content-type", content_type);
    std::string sent;
    for (const auto& [name, value] : cookies) {
        sent += (sent.empty() ? "" : "; ") + name + "=" + value;
    }
    if (!sent.empty()) {
        head.headers.emplace_back("cookie", sent);
    }
    if (!token_.empty()) {
        head.headers.emplace_back("authorization", "Bearer " + token_);
    }
    return run(head, body);
}

void TestServer::sign_in(std::string_view account, std::string_view role) {
    const Status signed_in = try_sign_in(account, role);
    INFO((signed_in.ok() ? "" : signed_in.error().text()));
    REQUIRE(signed_in.ok());
}

Status TestServer::try_sign_in(std::string_view account, std::string_view role) {
    const ActorId name{std::string(account)};
    if (!CS_TRY(store::find_account(*database, name))) {
        CS_TRY_STATUS(
            store::add_account(*database, {name, std::string(role), passwords.hash("secret"), clock.now(), false}));
    }
    JsonWriter body;
    body.begin_object().member("account", account).member("password", "secret").end_object();
    const Answer answer = ask("POST", "/api/v1/session", std::move(body).take());
    return answer.status == 200 ? success() : Status(fail(ErrorCode::unavailable, answer.body, "session"));
}

void TestServer::create_project(std::string_view id, const std::string& policy) {
    api::Workspace here = workspace();
    const auto project = api::set_up_project(here, ProjectId(std::string(id)), "", policy, ActorId("admin"));
    INFO((project.ok() ? "" : project.error().text()));
    REQUIRE(project.ok());
}

void TestServer::ingest(std::string_view project, const std::string& lines) {
    const Cookies before = std::exchange(cookies, {});
    sign_in("owner", "model_owner");
    const Answer answer =
        ask("POST", "/api/v1/projects/" + std::string(project) + "/predictions", lines, "application/jsonl");
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    cookies = before;
}

}  // namespace countersign::testing
