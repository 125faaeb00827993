#include "tests/fuzz/memory_server.h"

#include <fstream>
#include <iterator>

#include "core/api/setup.h"
#include "core/base/check.h"
#include "core/store/accounts.h"

namespace countersign::fuzz {

namespace {

constexpr std::string_view kToken = "owner";

std::string sample_policy() {
    std::ifstream file(COUNTERSIGN_ROOT "/assets/demo/policy-simple.json", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

MemoryServer::MemoryServer() : database_(store::open_store({.path = ":memory:"}).value()) {
    settings_.version = "fuzz";
    settings_.local_token = sha256(kToken);
    api::Workspace here = workspace();
    CS_CHECK(api::set_up_project(here, ProjectId("city"), "", sample_policy(), ActorId("admin")).ok());
    CS_CHECK(
        store::add_account(*database_, {ActorId("ada"), "reviewer", passwords_.hash("secret"), clock_.now(), false})
            .ok());
    const api::Response lines =
        ask(Who::owner, "POST", "/api/v1/projects/city/predictions",
            R"({"id":"a","input":{"text":"A hole."},"prediction":{"model":"m","label":"pothole","confidence":0.5}})");
    CS_CHECK(lines.status == 200);
    const api::Response session =
        ask(Who::owner, "POST", "/api/v1/session", R"({"account":"ada","password":"secret"})");
    for (const api::Header& header : session.headers) {
        cookie_ = header.first == "set-cookie" ? header.second.substr(0, header.second.find(';')) : cookie_;
    }
    CS_CHECK(!cookie_.empty());
}

api::Workspace MemoryServer::workspace() {
    return api::Workspace{*database_, clock_, entropy_, passwords_, policies_, settings_};
}

api::Response MemoryServer::ask(Who who, std::string_view method, std::string_view path, std::string_view body) {
    api::RequestHead head;
    head.method = method;
    head.path = path;
    head.headers = {{"content-type", "application/jsonl"}};
    head.headers.emplace_back(who == Who::owner ? "authorization" : "cookie",
                              who == Who::owner ? "Bearer " + std::string(kToken) : cookie_);
    api::Workspace here = workspace();
    api::Plan plan = api::plan(head, here);
    if (plan.refusal) {
        return std::move(*plan.refusal);
    }
    if (!plan.streamed_body) {
        api::Response response = api::answer(head, std::string(body), here);
        return response.then_write ? response.then_write(here) : std::move(response);
    }
    auto sink = api::open_sink(head, here);
    for (size_t at = 0; sink.ok() && at < body.size(); at += 100) {
        auto work = sink.value()->feed(body.substr(at, 100));
        const Status fed = !work.ok() ? Status(work.error()) : work.value() ? work.value()(here) : success();
        if (!fed.ok()) {
            return api::problem(fed.error());
        }
    }
    return sink.ok() ? sink.value()->finish(here) : api::problem(sink.error());
}

MemoryServer& memory_server(size_t calls) {
    static std::unique_ptr<MemoryServer> server;
    static size_t left = 0;
    if (left == 0) {
        server = std::make_unique<MemoryServer>();
        left = calls;
    }
    --left;
    return *server;
}

}  // namespace countersign::fuzz
