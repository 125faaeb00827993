#pragma once
// What a function sees when an expression calls it, and how it says that it cannot answer.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/rules/arena.h"
#include "core/rules/limits.h"
#include "core/rules/value.h"

namespace countersign::rules {

// Why an evaluation failed, not yet written out: most failures are absorbed by && or ||, and cost no text.
struct Failure {
    const char* text = nullptr;  // with {} where the details go
    Value first = {};
    Value second = {};
    bool final = false;  // a limit was reached: nothing may absorb it

    std::string message() const;
};

class Call {
public:
    Call(Arena& arena, const Limits& limits) : arena_(arena), limits_(limits) {}

    Arena& arena() { return arena_; }

    const Limits& limits() const { return limits_; }

    // Always false, so that a function ends with `return call.fail(...)`. `text` is static.
    bool fail(const char* text, Value first = {}, Value second = {}) {
        failure_ = {text, first, second, false};
        return false;
    }

    bool exceed(const char* text, Value limit) {
        failure_ = {text, limit, {}, true};
        return false;
    }

    // Charges for work; false, with the failure set, when the limit is passed.
    bool spend(uint64_t cost) {
        spent_ += cost;
        return spent_ <= limits_.cost || exceed_cost();
    }

    uint64_t spent() const { return spent_; }

    // Whether so many more bytes may be made, a list of so many elements; false sets the failure.
    bool may_make(uint64_t bytes);

    bool may_hold(uint64_t elements) { return elements <= limits_.elements || exceed_elements(); }

    // Keeps a text that the function has made, charged and within the limits.
    bool give(std::string_view text, Value& result);

    const Failure& failure() const { return failure_; }

    void restart() {
        spent_ = 0;
        arena_.reset();
    }

private:
    bool exceed_cost();
    bool exceed_elements();

    Arena& arena_;
    const Limits& limits_;
    uint64_t spent_ = 0;
    Failure failure_;
};

// Gives false when it failed, with the reason in `call`. The arguments' kinds are those of the overload's signature.
using Function = bool (*)(Call& call, std::span<const Value> arguments, Value& result);

}  // namespace countersign::rules
