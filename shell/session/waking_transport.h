#pragma once
// A transport whose every answer also wakes the desk: what an answer leads to happens in the next frame.

#include <functional>
#include <utility>

#include "core/ports/transport.h"

namespace countersign::shell {

class WakingTransport final : public Transport {
public:
    // Both outlive this and every request that it sends.
    WakingTransport(Transport& inner, std::function<void()> wake) : inner_(inner), wake_(std::move(wake)) {}

    void send(TransportRequest request, Done done) override {
        inner_.send(std::move(request), [done = std::move(done), wake = wake_](Result<TransportResponse> response) {
            done(std::move(response));
            wake();
        });
    }

private:
    Transport& inner_;
    std::function<void()> wake_;
};

}  // namespace countersign::shell
