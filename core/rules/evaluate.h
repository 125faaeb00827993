#pragma once
// Runs programs. An Evaluator keeps the memory that evaluations need, so that from the second one on nothing is
// allocated unless a text, list or map is made that is larger than any before.
//
// Contract: one Evaluator belongs to one thread. A value that evaluate() gives lives until the Evaluator's next use,
// and may point into the activation and the program. Program and activation must be of the same Environment. Errors:
// invalid_argument with field "column 18" where the expression met a value that it cannot use (no such key, division by
// zero); exhausted for a limit (limits.h).

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/rules/activation.h"
#include "core/rules/limits.h"
#include "core/rules/program.h"
#include "core/rules/value.h"

namespace countersign::rules {

// A variable, field, key or element that an evaluation looked at, and what was there.
struct Reading {
    std::string path;   // "prediction.scores['gas']", "history[0].verdict"
    std::string shown;  // "0.73", "'gas_smell'", "not set"
};

struct Explanation {
    Result<Value> outcome;
    std::vector<Reading> readings;  // in the order of the first look; each path once
};

// What a condition says about an item.
enum class Verdict : uint8_t { no, yes, failed };

class Evaluator {
public:
    explicit Evaluator(Limits limits = {});
    ~Evaluator();
    Evaluator(Evaluator&&) noexcept;
    Evaluator& operator=(Evaluator&&) noexcept;

    Result<Value> evaluate(const Program& program, const Activation& activation);

    // For a program that was compiled to give a bool. The fastest way: nothing is built unless somebody asks error().
    Verdict decide(const Program& program, const Activation& activation);
    // Why the last decide() failed.
    Error error() const;
    // The same as a Result.
    Result<bool> test(const Program& program, const Activation& activation);

    // The same, and what was looked at on the way. Slower: for the one item that somebody asks about.
    Explanation explain(const Program& program, const Activation& activation);

    // What the last evaluation cost (limits.h).
    uint64_t cost() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace countersign::rules
