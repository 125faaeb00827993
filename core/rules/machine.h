#pragma once
// Runs a flat program (code.h). A `Watch` is told what is read and where values go: NoWatch compiles to nothing,
// PathWatch (watch.h) makes explanations. Internal to core/rules.

#include <algorithm>
#include <vector>

#include "core/rules/access.h"
#include "core/rules/arithmetic.h"
#include "core/rules/builder.h"
#include "core/rules/bytes.h"
#include "core/rules/call.h"
#include "core/rules/code.h"
#include "core/rules/compare.h"
#include "core/rules/patterns.h"

namespace countersign::rules {

struct NoWatch {
    void used(Operand, const Value&) {}

    void made(uint16_t) {}

    void moved(uint16_t, Operand) {}

    void reached(uint16_t, Operand, const Value&) {}

    void reached_field(uint16_t, Operand, std::string_view) {}

    void asked(Operand, std::string_view, const Value&) {}

    void missed(Operand, const Value&) {}

    void measured(Operand, const Value&) {}

    void named(uint16_t, std::string_view) {}
};

// What went wrong, and at which instruction.
struct Raised {
    Failure failure;
    uint32_t at = 0;
};

template <class Watch>
class Machine {
public:
    Machine(Call& call, Watch& watch) : call_(call), watch_(watch) {}

    // False when it failed: then raised() says why. `frame` has room for the code's registers.
    bool run(const Code& code, const Value* slots, Value* frame, Value& result) {
        code_ = &code;
        frame_ = frame;
        bases_[kFrame >> kSpaceShift] = frame;
        bases_[kConstant >> kSpaceShift] = code.constants.data();
        bases_[kSlot >> kSpaceShift] = slots;
        absorbed_.clear();
        return run(result);
    }

    const Raised& raised() const { return raised_; }

private:
    using At = const Instruction*;

    const Value& look(Operand operand) const { return bases_[operand >> kSpaceShift][operand & kIndexMask]; }

    const Value& use(Operand operand) {
        const Value& value = look(operand);
        watch_.used(operand, value);
        return value;
    }

    Value& put(uint16_t dst) {
        watch_.made(dst);
        return frame_[dst];
    }

    At to(uint32_t instruction) const { return code_->instructions.data() + instruction; }

    // The next instruction when it went well, else nothing.
    static At after(At at, bool good) { return good ? at + 1 : nullptr; }

    At jump(At at, bool outcome) const { return outcome == (at->flag != 0) ? to(at->extra) : at + 1; }

    bool run(Value& result);
    At handled(At at);

    At move(At at);
    At load(At at);
    At load_record(At at);
    At fail(At at);
    At branch(At at);
    At branch_equal(At at);
    template <bool OrEqual>
    At branch_order(At at);
    At branch_in(At at);
    At branch_in_texts(At at);
    template <bool (*Test)(std::string_view, std::string_view)>
    At branch_text(At at);
    At branch_has(At at);
    At equal_value(At at);
    At order_value(At at, bool or_equal);
    At in_value(At at);
    At operate(At at, Operator op);
    At negate(At at);
    At invert(At at);
    At require_bool(At at);
    At select_value(At at);
    At select_field_value(At at);
    At has_value(At at);
    At has_field_value(At at);
    At size(At at);
    At is_set(At at);
    At index_value(At at);
    At make_list(At at);
    At begin_list(At at);
    At append(At at);
    At put_entry(At at);
    At end_list(At at);
    At end_map(At at);
    At call_function(At at);
    At matches(At at);
    At begin_loop(At at);
    At element(At at);
    At next(At at);
    At raise(At at);
    At count(At at);
    At wrap(At at);
    At unwrap(At at);
    At or_else(At at);

    // What is not as simple as the usual case.
    bool is_equal(const Value& a, const Value& b, bool& outcome);
    bool is_less(const Value& a, const Value& b, bool or_equal, bool& outcome);
    At no_texts(const Value& a, const Value& b);
    bool held(const Value& optional, const Value*& inner);

    const Code* code_ = nullptr;
    Value* frame_ = nullptr;
    const Value* bases_[4] = {};
    std::vector<Raised> absorbed_;  // by the index that a failure Value carries
    Call& call_;
    Watch& watch_;
    Raised raised_;
};

}  // namespace countersign::rules
