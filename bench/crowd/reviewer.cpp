#include "bench/crowd/reviewer.h"

#include <chrono>
#include <deque>

#include "bench/crowd/served.h"
#include "bench/loopback.h"
#include "core/base/concat.h"

namespace countersign::bench {

// Requests are asked for by the sync client and sent here, one after the other.
class Reviewer::Wire final : public Transport {
public:
    Wire(Reviewer& owner, const http::Endpoint& endpoint)
        : owner_(owner),
          cookies_(std::make_shared<desktop::CookieJar>(owner.clock_, "")),
          exchange_(endpoint, cookies_) {}

    void send(TransportRequest request, Done done) override {
        waiting_.emplace_back(std::move(request), std::move(done));
    }

    Result<TransportResponse> ask(const TransportRequest& request) { return exchange_.exchange(request); }

    bool deliver() {
        const bool any = !waiting_.empty();
        for (auto& [request, done] : std::exchange(waiting_, {})) {
            const auto began = std::chrono::steady_clock::now();
            Result<TransportResponse> answer = exchange_.exchange(request);
            const auto took = std::chrono::steady_clock::now() - began;
            owner_.errors_ += answer.ok() && answer.value().status / 100 == 2 ? 0 : 1;
            if (request.method == "POST") {
                owner_.pushes_us_.push_back(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
            }
            done(std::move(answer));
        }
        return any;
    }

private:
    Reviewer& owner_;
    std::shared_ptr<desktop::CookieJar> cookies_;
    desktop::HttpExchange exchange_;
    std::deque<std::pair<TransportRequest, Done>> waiting_;
};

Reviewer::Reviewer(const http::Endpoint& endpoint, std::string account, const std::string& password,
                   std::string project)
    : actor_(std::move(account)),
      project_(std::move(project)),
      database_(store::open_store({.path = ":memory:"}).value()),
      wire_(std::make_unique<Wire>(*this, endpoint)),
      device_(std::make_unique<sync::Device>(sync::Device::open(*database_, clock_, entropy_).value())),
      client_(std::make_unique<sync::SyncClient>(*device_, *wire_, clock_, entropy_)) {
    const auto signed_in = wire_->ask({"POST", "/api/v1/session", "application/json",
                                       concat(R"({"account":")", actor_.text, R"(","password":")", password, R"("})")});
    if (!signed_in.ok() || signed_in.value().status != 200) {
        give_up(concat("'", actor_.text,
                       "' could not sign in: ", signed_in.ok() ? signed_in.value().body : signed_in.error().text()));
    }
    client_->start(actor_, project_);
    settle();
    pushes_us_.clear();
}

Reviewer::~Reviewer() = default;

void Reviewer::settle() {
    for (bool busy = true; busy;) {
        client_->run();
        busy = wire_->deliver() || client_->next_run() == Duration{0};
    }
}

void Reviewer::decide(const std::string& item, ReviewDraft draft) {
    SubmitReview review;
    review.draft = std::move(draft);
    if (const auto submitted = device_->submit({project_, ItemId(item), actor_, review}); !submitted.ok()) {
        give_up(submitted.error().text());
    }
    client_->operation_added();
    settle();
}

}  // namespace countersign::bench
