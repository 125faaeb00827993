#include "tests/sim/network.h"

#include "core/base/concat.h"
#include "tests/sim/desk.h"
#include "tests/sim/invariants.h"
#include "tests/sim/world.h"

namespace countersign::sim {

namespace {

constexpr int64_t kMs_us = 1'000;
constexpr int64_t kPatience_us = 30 * kSecond_us;

bool pulls(const TransportRequest& request) {
    return request.path.find("/feed") != std::string::npos || request.path.find("/snapshot") != std::string::npos;
}

// What a trace shows of an answer: what went wrong, and how far the server has a stream.
std::string told(const TransportRequest& request, const Reply& reply) {
    const bool stream = request.path.ends_with("/hello") || request.path.ends_with("/operations");
    return reply.status >= 400 || stream ? concat(' ', reply.body.substr(0, 600)) : std::string();
}

}  // namespace

struct Network::Exchange {
    Desk& desk;
    uint64_t life;
    uint64_t serial;
    TransportRequest request;
    Transport::Done done;
    Cookies cookies;
    bool finished = false;
};

void Network::send(Desk& desk, TransportRequest request, Transport::Done done) {
    Dice& dice = world_.dice;
    auto exchange = std::make_shared<Exchange>(
        Exchange{desk, desk.life(), ++sent_, std::move(request), std::move(done), desk.cookies});
    if (desk.offline) {
        world_.happened(Mishap::partition);
        world_.timeline.after(50 * kMs_us,
                              [this, exchange] { finish(exchange, fail(ErrorCode::unavailable, "no network")); });
        return;
    }
    world_.timeline.after(
        kPatience_us, [this, exchange] { finish(exchange, fail(ErrorCode::unavailable, "no answer within 30 s")); });
    int64_t delay_us = calm ? 10 * kMs_us : dice.between(2 * kMs_us, 300 * kMs_us);
    const uint64_t fate = calm ? 100 : dice.below(100);
    if (fate < 3) {
        world_.happened(Mishap::message_lost);
        return;
    }
    if (fate < 6) {
        world_.happened(Mishap::message_doubled);
        world_.timeline.after(dice.between(kMs_us, 60 * kSecond_us), [this, exchange] { arrive(exchange); });
    } else if (fate < 8) {
        world_.happened(Mishap::message_delayed);
        delay_us = dice.between(kPatience_us, 4 * kMinute_us);
    } else if (fate < 12) {
        delay_us = dice.between(kSecond_us, 25 * kSecond_us);
    }
    world_.timeline.after(delay_us, [this, exchange] { arrive(exchange); });
}

void Network::finish(const Shared& exchange, Result<TransportResponse> result) {
    if (exchange->finished) {
        return;
    }
    exchange->finished = true;
    exchange->desk.hear(exchange->life, [exchange, result = std::move(result)] { exchange->done(result); });
}

void Network::refuse(const Shared& exchange, int status) {
    finish(exchange, TransportResponse{status, "application/problem+json", R"({"detail":"later"})"});
}

// One request in some dies on the server's disk; where is left to chance.
Strike Network::strike_for(const Exchange& exchange) {
    const bool writes = exchange.request.method == "POST";
    if (calm || !writes || !world_.dice.one_in(40)) {
        return {};
    }
    return {1 + world_.dice.below(24), world_.dice.below(1'000'000)};
}

void Network::arrive(const Shared& exchange) {
    Dice& dice = world_.dice;
    if (!world_.server.up()) {
        world_.timeline.after(5 * kMs_us, [this, exchange] {
            finish(exchange, fail(ErrorCode::unavailable, "the connection was refused"));
        });
        return;
    }
    if (exchange->desk.newest_arrived > exchange->serial) {
        world_.happened(Mishap::message_overtaken);
    }
    exchange->desk.newest_arrived = std::max(exchange->desk.newest_arrived, exchange->serial);
    if (refuses_pulls && pulls(exchange->request)) {
        refuse(exchange, 503);
        return;
    }
    const uint64_t fate = calm ? 100 : dice.below(100);
    if (fate < 2) {
        world_.happened(fate == 0 ? Mishap::too_many_requests : Mishap::server_busy);
        refuse(exchange, fate == 0 ? 429 : 503);
        return;
    }
    const auto reply = world_.server.handle({exchange->request.method, exchange->request.path, exchange->request.body,
                                             exchange->request.content_type, exchange->cookies},
                                            strike_for(*exchange));
    if (!reply) {
        world_.server_died(Mishap::server_crash_before_commit);
        return;
    }
    check_reply(world_, exchange->request, *reply, exchange->cookies);
    world_.line(exchange->request.method, " ", exchange->request.path, " from desk ", exchange->desk.number(), ": ",
                reply->status, told(exchange->request, *reply));
    world_.server_wrote();
    answer(exchange, *reply);
}

void Network::answer(const Shared& exchange, Reply reply) {
    Dice& dice = world_.dice;
    int64_t delay_us = calm ? 10 * kMs_us : dice.between(2 * kMs_us, 300 * kMs_us);
    const uint64_t fate = calm ? 1'000 : dice.below(1'000);
    if (fate < 30) {
        world_.happened(Mishap::answer_lost);
        return;
    }
    if (fate < 37) {
        world_.server.crash(dice.below(1'000'000));
        world_.server_died(Mishap::server_crash_after_commit);
        return;
    }
    if (fate < 47 && !reply.body.empty() && reply.status == 200) {
        world_.happened(Mishap::answer_cut);
        reply.body.resize(static_cast<size_t>(dice.below(reply.body.size())));
    } else if (fate < 77) {
        world_.happened(Mishap::answer_delayed);
        delay_us = dice.between(kSecond_us, kPatience_us - kSecond_us);
    }
    world_.timeline.after(delay_us, [this, exchange, reply = std::move(reply)] {
        if (!exchange->finished) {
            exchange->desk.keep_cookies(exchange->life, reply.cookies);
            world_.signed_out(exchange->desk, reply.status == 401);
        }
        finish(exchange, TransportResponse{reply.status, "application/json", reply.body});
    });
}

}  // namespace countersign::sim
