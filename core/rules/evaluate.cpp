#include "core/rules/evaluate.h"

#include <utility>

#include "core/base/check.h"
#include "core/rules/machine.h"
#include "core/rules/source.h"
#include "core/rules/watch.h"

namespace countersign::rules {

struct Evaluator::State {
    explicit State(Limits l) : limits(l), call(arena, limits), machine(call, watch) {}

    Limits limits;
    Arena arena;
    Call call;
    std::vector<Value> frame;
    NoWatch watch;
    Machine<NoWatch> machine;
    Raised raised;
    const Code* code = nullptr;

    // False when it failed; then `raised` says why.
    template <class Watch>
    bool run(Machine<Watch>& with, const Program& program, const Activation& activation, Value& result) {
        code = &program.code();
        CS_CHECK(activation.environment().same_as(code->environment));
        if (frame.size() < code->frame_size) [[unlikely]] {
            frame.resize(code->frame_size);
        }
        call.restart();
        if (with.run(*code, activation.values(), frame.data(), result)) [[likely]] {
            return true;
        }
        raised = with.raised();
        return false;
    }

    Error error() const {
        return fail(raised.failure.final ? ErrorCode::exhausted : ErrorCode::invalid_argument, raised.failure.message(),
                    place_of(code->source, code->offsets[raised.at]));
    }
};

Evaluator::Evaluator(Limits limits) : state_(std::make_unique<State>(limits)) {}

Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;

Result<Value> Evaluator::evaluate(const Program& program, const Activation& activation) {
    Value result;
    return state_->run(state_->machine, program, activation, result) ? Result<Value>(result)
                                                                     : Result<Value>(state_->error());
}

Verdict Evaluator::decide(const Program& program, const Activation& activation) {
    Value result;
    if (!state_->run(state_->machine, program, activation, result)) [[unlikely]] {
        return Verdict::failed;
    }
    CS_CHECK(result.is(Kind::boolean));
    return result.as_boolean() ? Verdict::yes : Verdict::no;
}

Error Evaluator::error() const {
    CS_CHECK(state_->code != nullptr);
    return state_->error();
}

Result<bool> Evaluator::test(const Program& program, const Activation& activation) {
    const Verdict verdict = decide(program, activation);
    return verdict == Verdict::failed ? Result<bool>(error()) : Result<bool>(verdict == Verdict::yes);
}

Explanation Evaluator::explain(const Program& program, const Activation& activation) {
    PathWatch watch(program.code());
    Machine<PathWatch> machine(state_->call, watch);
    Value result;
    const bool good = state_->run(machine, program, activation, result);
    return {good ? Result<Value>(result) : Result<Value>(state_->error()), watch.take()};
}

uint64_t Evaluator::cost() const {
    return state_->call.spent();
}

}  // namespace countersign::rules
