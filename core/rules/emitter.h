#pragma once
// Puts the parts of a Code together: instructions with their places, registers, constants, labels.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/rules/code.h"

namespace countersign::rules {

// A place to jump to, known or not yet.
struct Label {
    std::optional<uint32_t> place = std::nullopt;
    std::vector<uint32_t> waiting = {};  // instructions whose `extra` it becomes
};

class Emitter {
public:
    explicit Emitter(Code& code) : code_(code) {}

    uint32_t here() const { return static_cast<uint32_t>(code_.instructions.size()); }

    // What is emitted next belongs to this place in the source.
    void stand_at(uint32_t offset) { offset_ = offset; }

    void emit(const Instruction& instruction);
    void emit_jump(Instruction instruction, Label& to);
    void bind(Label& label);

    // From `begin` to here: failures go to register `dst`, and on at `target`.
    void handle(uint32_t begin, uint32_t end, uint32_t target, uint16_t dst);

    Operand constant(Value value);
    uint32_t call_site(CallSite site);
    uint32_t failure(std::string message);

    uint16_t registers(uint16_t count = 1);

    // Gives registers back at the end of a block.
    class Block {
    public:
        explicit Block(Emitter& emitter) : emitter_(emitter), next_(emitter.next_) {}

        ~Block() { emitter_.next_ = next_; }

        Block(const Block&) = delete;
        Block& operator=(const Block&) = delete;

    private:
        Emitter& emitter_;
        uint32_t next_;
    };

    Code& code() { return code_; }

    // More registers or constants than operands can name; the program is then unusable.
    bool overflowed() const { return overflowed_; }

private:
    Code& code_;
    uint32_t offset_ = 0;
    uint32_t next_ = 0;
    bool overflowed_ = false;
};

}  // namespace countersign::rules
