#include "tests/native/faults/load.h"

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/store/schema.h"
#include "native/server/local_api.h"
#include "tests/support/server.h"

namespace countersign::faults {

namespace {

constexpr std::string_view kProject = "city";
// In a demo everybody is this one; what tells reviewers apart is their device.
constexpr std::string_view kAccount = "demo";

int ask_folder(native::LocalApi& api, std::string_view method, std::string_view target, const std::string& body) {
    api::RequestHead head = native::local_head(method, target).value();
    head.headers = {{"authorization", "Bearer " + api.token()}, {"content-type", "application/json"}};
    return api.answer(head, body).status;
}

}  // namespace

std::string city_line(int number) {
    return testing::sample_line(concat("msg-", number), concat("A hole in the road, number ", number), "pothole",
                                "0.71");
}

void make_city(const std::filesystem::path& data, int messages) {
    const native::DataFolder folder = native::DataFolder::open(data).value();
    const auto api = native::LocalApi::open(folder, "a test").value();
    JsonWriter project;
    project.begin_object().member("id", kProject).member("policy", testing::sample_policy()).end_object();
    REQUIRE(ask_folder(*api, "POST", "/api/v1/projects", std::move(project).take()) == 201);
    api::RequestHead head = native::local_head("POST", "/api/v1/projects/city/predictions").value();
    head.headers = {{"authorization", "Bearer " + api->token()}, {"content-type", "application/jsonl"}};
    auto sink = api::open_sink(head, api->workspace()).value();
    for (int i = 0; i < messages; ++i) {
        auto work = sink->feed(city_line(i)).value();
        REQUIRE((!work || work(api->workspace()).ok()));
    }
    REQUIRE(sink->finish(api->workspace()).status == 200);
}

void Reviewer::Line::send(TransportRequest request, Done done) {
    waiting_.emplace_back(std::move(request), std::move(done));
}

bool Reviewer::Line::pump() {
    std::vector<std::pair<TransportRequest, Done>> now;
    now.swap(waiting_);
    for (auto& [request, done] : now) {
        auto answer = alive ? exchange->exchange(request)
                            : Result<TransportResponse>(fail(ErrorCode::unavailable, "the server is gone"));
        alive = alive && answer.ok();
        done(std::move(answer));
    }
    return !now.empty() && alive;
}

Reviewer::Reviewer(int number, int of, uint64_t seed)
    : number_(number),
      of_(of),
      entropy_(seed),
      database_(store::open_store({.path = ":memory:"}).value()),
      device_(std::make_unique<sync::Device>(sync::Device::open(*database_, clock_, entropy_).value())),
      cookies_(std::make_shared<desktop::CookieJar>(clock_, "")),
      client_(std::make_unique<sync::SyncClient>(*device_, line_, clock_, entropy_)),
      next_message_(number) {}

void Reviewer::meet(const std::string& address) {
    line_.exchange = std::make_unique<desktop::HttpExchange>(http::parse_endpoint(address).value(), cookies_);
    line_.alive = true;
    client_->start(ActorId(std::string(kAccount)), ProjectId(std::string(kProject)));
}

Status Reviewer::sign_in() {
    const auto answer = line_.exchange->exchange({"POST", "/api/v1/session/demo", "application/json", "{}"});
    line_.alive = answer.ok();
    if (!answer.ok()) {
        return answer.error();
    }
    return answer.value().status == 200 ? success() : Status(fail(ErrorCode::unauthenticated, answer.value().body));
}

Status Reviewer::settle() {
    if (client_->status().last_error) {
        client_->poke();  // now, not when its wait is over
    }
    for (int round = 0; round < 10'000; ++round) {
        client_->run();
        const bool asked = line_.pump();
        if (!line_.alive) {
            return fail(ErrorCode::unavailable, "the server is gone");
        }
        if (client_->status().signed_out) {
            CS_TRY_STATUS(sign_in());
            client_->start(ActorId(std::string(kAccount)), ProjectId(std::string(kProject)));
            continue;
        }
        const auto next = client_->next_run();
        if (!asked && (!next || next->us > 0)) {
            const sync::SyncStatus& status = client_->status();
            return status.last_error ? Status(*status.last_error) : success();
        }
    }
    return fail(ErrorCode::internal, "the device never comes to rest");
}

uint64_t Reviewer::confirmed() {
    store::Statement select = database_->prepare("SELECT count(*) FROM operation WHERE event_seq IS NOT NULL").value();
    return select.step().value() ? static_cast<uint64_t>(select.integer(0)) : 0;
}

Status Reviewer::settle_until_confirmed() {
    Status settled = settle();
    for (int round = 0; round < 100'000 && settled.ok() && confirmed() < decided(); ++round) {
        client_->poke();
        settled = settle();
    }
    return settled;
}

// A message that is its turn; when all are decided on, a note about one of them.
void Reviewer::decide_next() {
    const auto project = store::find_project(*database_, ProjectId(std::string(kProject)));
    if (!project.ok()) {
        return;  // the server went before it gave anything
    }
    const ItemId item(concat("msg-", next_message_));
    const ItemId first(concat("msg-", number_));
    const bool here = store::find_item(*database_, project.value(), item).value() != 0;
    if (!here && store::find_item(*database_, project.value(), first).value() == 0) {
        return;  // likewise
    }
    sync::Intent intent{project.value().id, here ? item : first, ActorId(std::string(kAccount)),
                        AddNote{concat("Looked at it again, time ", decided_.load()), {}}};
    if (here) {
        next_message_ += of_;
        SubmitReview review;
        review.draft = {.verdict = Verdict::accept, .active_ms = 900};
        intent.command = std::move(review);
    }
    const auto submitted = device_->submit(intent);
    CS_CHECK(submitted.ok());  // several threads: none of them may speak for the test
    ++decided_;
    client_->operation_added();
}

void Reviewer::work(uint64_t decisions, const std::function<void()>& decided) {
    // So many rounds and no more, whatever becomes of the decisions.
    for (uint64_t round = 0; round < decisions && line_.alive; ++round) {
        static_cast<void>(settle().ok());
        const uint64_t before = decided_;
        decide_next();
        if (decided_ > before) {
            decided();
        }
    }
    static_cast<void>(settle().ok());
}

std::vector<std::string> Reviewer::acknowledged() {
    std::vector<std::string> out;
    store::Statement select = database_
                                  ->prepare(
                                      "SELECT op FROM operation JOIN stream ON stream.stream = operation.stream "
                                      "WHERE operation.seq <= stream.saved ORDER BY operation.seq")
                                  .value();
    while (select.step().value()) {
        out.emplace_back(select.text(0));
    }
    return out;
}

}  // namespace countersign::faults
