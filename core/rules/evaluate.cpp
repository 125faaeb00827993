#include "core/rules/evaluate.h"

#include <utility>

#include "core/base/check.h"
#include "core/rules/machine.h"
#include "core/rules/source.h"
#include "core/rules/watch.h"

namespace countersign::rules {

struct Evaluator::State {
    explicit State(Limits l) : limits(l), call(arena, limits) {}

    Limits limits;
    Arena arena;
    Call call;
    std::vector<Value> frame;
    std::vector<Raised> absorbed;

    template <class Watch>
    Result<Value> run(const Program& program, const Activation& activation, Watch& watch) {
        const Code& code = program.code();
        CS_CHECK(activation.environment().same_as(code.environment));
        if (frame.size() < code.frame_size) {
            frame.resize(code.frame_size);
        }
        absorbed.clear();
        call.restart();
        Machine<Watch> machine(code, activation.values(), {frame.data(), absorbed}, call, watch);
        if (const std::optional<Value> result = machine.run()) {
            return *result;
        }
        const Failure& failure = machine.raised().failure;
        return fail(failure.final ? ErrorCode::exhausted : ErrorCode::invalid_argument, failure.message(),
                    place_of(code.source, code.offsets[machine.raised().at]));
    }
};

Evaluator::Evaluator(Limits limits) : state_(std::make_unique<State>(limits)) {}

Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;

Result<Value> Evaluator::evaluate(const Program& program, const Activation& activation) {
    NoWatch watch;
    return state_->run(program, activation, watch);
}

Result<bool> Evaluator::test(const Program& program, const Activation& activation) {
    NoWatch watch;
    const Value outcome = CS_TRY(state_->run(program, activation, watch));
    CS_CHECK(outcome.is(Kind::boolean));
    return outcome.as_boolean();
}

Explanation Evaluator::explain(const Program& program, const Activation& activation) {
    PathWatch watch(program.code());
    Result<Value> outcome = state_->run(program, activation, watch);
    return {std::move(outcome), watch.take()};
}

uint64_t Evaluator::cost() const {
    return state_->call.spent();
}

}  // namespace countersign::rules
