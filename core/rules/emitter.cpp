#include "core/rules/emitter.h"

#include <algorithm>
#include <utility>

namespace countersign::rules {

void Emitter::emit(const Instruction& instruction) {
    code_.instructions.push_back(instruction);
    code_.offsets.push_back(offset_);
}

void Emitter::emit_jump(Instruction instruction, Label& to) {
    if (to.place) {
        instruction.extra = *to.place;
    } else {
        to.waiting.push_back(here());
    }
    emit(instruction);
}

void Emitter::bind(Label& label) {
    label.place = here();
    for (const uint32_t at : label.waiting) {
        code_.instructions[at].extra = here();
    }
    label.waiting.clear();
}

void Emitter::handle(uint32_t begin, uint32_t end, uint32_t target, uint16_t dst) {
    if (begin < end) {
        code_.handlers.push_back({begin, end, target, dst});
    }
}

Operand Emitter::constant(Value value) {
    const size_t index = code_.constants.size();
    code_.constants.push_back(value);
    overflowed_ = overflowed_ || index > kIndexMask;
    return static_cast<Operand>(kConstant | (index & kIndexMask));
}

uint32_t Emitter::call_site(CallSite site) {
    code_.calls.push_back(std::move(site));
    return static_cast<uint32_t>(code_.calls.size() - 1);
}

uint32_t Emitter::failure(std::string message) {
    code_.failures.push_back(std::move(message));
    return static_cast<uint32_t>(code_.failures.size() - 1);
}

uint16_t Emitter::registers(uint16_t count) {
    const uint32_t first = next_;
    next_ += count;
    code_.frame_size = std::max(code_.frame_size, next_);
    overflowed_ = overflowed_ || next_ > kIndexMask;
    return static_cast<uint16_t>(first & kIndexMask);
}

}  // namespace countersign::rules
