#include "tests/support/device.h"

#include <algorithm>

#include <catch_amalgamated.hpp>

namespace countersign::testing {

// As the account, with this browser's cookies; signed in when it is not, or no longer.
Result<TestServer::Answer> LoopbackTransport::ask(const TransportRequest& request) {
    std::swap(server_.cookies, cookies_);
    auto answer = ask_signed_in(request);
    std::swap(server_.cookies, cookies_);
    return answer;
}

Result<TestServer::Answer> LoopbackTransport::ask_signed_in(const TransportRequest& request) {
    const auto ask = [&] { return server_.ask(request.method, request.path, request.body, request.content_type); };
    if (signed_in_) {
        TestServer::Answer answer = ask();
        if (answer.status != 401) {
            return answer;
        }
    }
    CS_TRY_STATUS(server_.try_sign_in(account_, "reviewer"));
    signed_in_ = true;
    return ask();
}

bool LoopbackTransport::asks(std::string_view part) const {
    return std::any_of(waiting_.begin(), waiting_.end(),
                       [&](const auto& waiting) { return waiting.first.path.find(part) != std::string::npos; });
}

bool LoopbackTransport::deliver() {
    if (waiting_.empty()) {
        return false;
    }
    auto [request, done] = std::move(waiting_.front());
    waiting_.pop_front();
    const bool cut = std::any_of(unreachable.begin(), unreachable.end(),
                                 [&](const std::string& part) { return request.path.find(part) != std::string::npos; });
    if (network == Network::down || cut) {
        done(fail(ErrorCode::unavailable, "no network"));
        return true;
    }
    auto answered = ask(request);
    if (!answered.ok()) {
        done(answered.error());
        return true;
    }
    const TestServer::Answer& answer = answered.value();
    if (network == Network::answer_cut) {
        done(TransportResponse{answer.status, "application/json", answer.body.substr(0, answer.body.size() / 2)});
    } else if (network == Network::answer_lost) {
        done(fail(ErrorCode::unavailable, "the connection was cut"));
    } else {
        done(TransportResponse{answer.status, "application/json", answer.body});
    }
    return true;
}

TestDevice::TestDevice(TestServer& s, std::string account, std::string p, uint64_t seed, std::string path)
    : TestDevice(s, std::move(account), std::move(p), seed, store::OpenOptions{.path = std::move(path)}) {
    restart();
}

TestDevice::TestDevice(TestServer& s, std::string account, std::string p, uint64_t seed, store::OpenOptions options)
    : server(s),
      actor(account),
      project(std::move(p)),
      entropy(seed),
      transport(s, std::move(account)),
      options_(std::move(options)) {}

void TestDevice::restart() {
    const Status opened = open();
    INFO((opened.ok() ? "" : opened.error().text()));
    REQUIRE(opened.ok());
}

Status TestDevice::open() {
    transport.drop_all();
    client.reset();
    device.reset();
    if (database == nullptr || options_.path != ":memory:") {
        database.reset();
        database = CS_TRY(store::open_store(options_));
    }
    device = std::make_unique<sync::Device>(CS_TRY(sync::Device::open(*database, server.clock, entropy)));
    client = std::make_unique<sync::SyncClient>(*device, transport, server.clock, entropy);
    client->start(actor, project);
    return success();
}

void TestDevice::settle() {
    for (int round = 0; round < 10'000; ++round) {
        client->run();
        const bool delivered = transport.deliver();
        const auto next = client->next_run();
        if (!delivered && (!next || next->us > 0)) {
            return;
        }
    }
    FAIL("the device never came to rest");
}

void TestDevice::settle_for(Duration limit) {
    settle();
    Duration passed;
    for (auto next = client->next_run(); next && passed.us + next->us <= limit.us; next = client->next_run()) {
        passed.us += next->us;
        server.clock.advance(*next);
        settle();
    }
}

void TestDevice::run_until_it_asks(std::string_view part) {
    client->run();
    while (!transport.asks(part) && transport.deliver()) {
        client->run();
    }
    REQUIRE(transport.asks(part));
}

void TestDevice::open_project(std::string id) {
    project = ProjectId(std::move(id));
    client->start(actor, project);
}

Result<OperationId> TestDevice::decide(std::string_view item, ReviewDraft draft) {
    SubmitReview submit;
    submit.draft = std::move(draft);
    auto id = device->submit({project, ItemId(std::string(item)), actor, submit});
    client->operation_added();
    return id;
}

Result<OperationId> TestDevice::withdraw(std::string_view item, const OperationId& review) {
    auto id = device->submit({project, ItemId(std::string(item)), actor, WithdrawReview{review}});
    client->operation_added();
    return id;
}

ItemState TestDevice::item(std::string_view id) {
    const store::ProjectRow row = store::find_project(*database, project).value();
    const ItemId item_id{std::string(id)};
    const int64_t item_no = store::find_item(*database, row, item_id).value();
    return device->load(row, item_id, item_no).value();
}

}  // namespace countersign::testing
