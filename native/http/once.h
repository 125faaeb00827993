#pragma once
// A question that is answered exactly once: what a handler is given to answer with, now or later, from any thread.
//
// Contract: copies share one answer; only the first call counts and a second one is a bug that stops the process. When
// the last copy goes without a call, the fallback is delivered, so that nobody waits for an answer that cannot come.

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "core/base/check.h"

namespace countersign::http {

template <class Answer>
class Once {
public:
    using Deliver = std::function<void(Answer)>;
    using Fallback = Answer (*)();

    Once(Deliver deliver, Fallback fallback) : state_(std::make_shared<State>(std::move(deliver), fallback)) {}

    void operator()(Answer answer) const {
        CS_CHECK(!state_->answered.exchange(true));
        state_->deliver(std::move(answer));
    }

private:
    struct State {
        State(Deliver d, Fallback f) : deliver(std::move(d)), fallback(f) {}

        State(const State&) = delete;
        State& operator=(const State&) = delete;

        // A delivery that throws ends the process, as any destructor's exception does.
        ~State() {  // NOLINT(bugprone-exception-escape)
            if (!answered) {
                deliver(fallback());
            }
        }

        Deliver deliver;
        Fallback fallback;
        std::atomic<bool> answered{false};
    };

    std::shared_ptr<State> state_;
};

}  // namespace countersign::http
