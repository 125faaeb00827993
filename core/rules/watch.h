#pragma once
// Follows an evaluation and notes which variables, fields, keys and elements it looked at. Internal to core/rules;
// Evaluator::explain is the way in.
//
// A register that holds something reached from a variable remembers the path to it ("history[2].verdict"). Reaching
// further is no look yet; comparing, calling a function or giving it as the result is.

#include <string>
#include <string_view>
#include <vector>

#include "core/rules/code.h"
#include "core/rules/evaluate.h"

namespace countersign::rules {

class PathWatch {
public:
    explicit PathWatch(const Code& code) : code_(code), paths_(code.frame_size) {}

    void used(Operand operand, const Value& value);

    void made(uint16_t dst) { paths_[dst].clear(); }

    void moved(uint16_t dst, Operand from) { paths_[dst] = path(from); }

    // dst = from[key]
    void reached(uint16_t dst, Operand from, const Value& key);
    // dst = from.name
    void reached_field(uint16_t dst, Operand from, std::string_view name);
    // has(from.name) gave `outcome`; or from.name was wanted and there is none, when `outcome` is unset.
    void asked(Operand from, std::string_view name, const Value& outcome);
    // from[key] was wanted and there is none.
    void missed(Operand from, const Value& key);
    // size(from) gave `count`.
    void measured(Operand from, const Value& count);

    // dst holds the whole of a variable.
    void named(uint16_t dst, std::string_view path) { paths_[dst] = path; }

    std::vector<Reading> take() { return std::move(readings_); }

private:
    std::string path(Operand operand) const;
    void note(std::string path, std::string shown);

    const Code& code_;
    std::vector<std::string> paths_;  // by register; empty: nothing that has a name
    std::vector<Reading> readings_;
};

}  // namespace countersign::rules
