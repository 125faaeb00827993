#pragma once
// A compiled expression. Immutable; copies share it; may be used by several threads at once.

#include <memory>
#include <string>

#include "core/rules/environment.h"
#include "core/rules/type.h"

namespace countersign::rules {

struct Code;

class Program {
public:
    explicit Program(std::shared_ptr<const Code> code) : code_(std::move(code)) {}

    const std::string& source() const;
    const Type& result() const;
    const Environment& environment() const;

    // For core/rules itself.
    const Code& code() const { return *code_; }

private:
    std::shared_ptr<const Code> code_;
};

}  // namespace countersign::rules
