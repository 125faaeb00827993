#include "tests/support/device.h"

#include <catch_amalgamated.hpp>

namespace countersign::testing {

bool LoopbackTransport::deliver() {
    if (waiting_.empty()) {
        return false;
    }
    auto [request, done] = std::move(waiting_.front());
    waiting_.pop_front();
    if (network == Network::down) {
        done(fail(ErrorCode::unavailable, "no network"));
        return true;
    }
    std::swap(server_.cookies, cookies_);
    server_.sign_in(account_, "reviewer");
    const TestServer::Answer answer = server_.ask(request.method, request.path, request.body, request.content_type);
    std::swap(server_.cookies, cookies_);
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
    : server(s),
      actor(account),
      project(std::move(p)),
      entropy(seed),
      transport(s, std::move(account)),
      path_(std::move(path)) {
    restart();
}

void TestDevice::restart() {
    transport.drop_all();
    client.reset();
    device.reset();
    if (database == nullptr || path_ != ":memory:") {
        database.reset();
        auto opened = store::open_store({.path = path_});
        REQUIRE(opened.ok());
        database = std::move(opened).value();
    }
    auto opened = sync::Device::open(*database, server.clock, entropy);
    REQUIRE(opened.ok());
    device = std::make_unique<sync::Device>(std::move(opened).value());
    client = std::make_unique<sync::SyncClient>(*device, transport, server.clock, entropy);
    client->start(actor, project);
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
