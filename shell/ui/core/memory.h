#pragma once
// What widgets remember between frames: a scroll position, a caret, an open menu. Keyed by widget id and type; view
// models hold everything that matters beyond the screen.

#include <cstdint>
#include <map>
#include <memory>
#include <utility>

namespace countersign::shell {

class Memory {
public:
    // The widget's T, made when asked for the first time.
    template <class T>
    T& of(uint32_t id) {
        std::unique_ptr<Slot>& slot = slots_[{id, &tag<T>}];
        if (!slot) {
            slot = std::make_unique<Holder<T>>();
        }
        slot->last_frame = frame_;
        return static_cast<Holder<T>&>(*slot).value;
    }

    // Whose number this frame has; two that follow each other differ by one.
    uint64_t frame() const { return frame_; }

    // Once a frame. Forgets what no widget has asked for in a long while.
    void next_frame() {
        frame_++;
        if (frame_ % kSweep == 0) {
            std::erase_if(slots_, [&](const auto& entry) { return entry.second->last_frame + kKept < frame_; });
        }
    }

private:
    struct Slot {
        uint64_t last_frame = 0;
        Slot() = default;
        virtual ~Slot() = default;
        Slot(const Slot&) = delete;
        Slot& operator=(const Slot&) = delete;
    };

    template <class T>
    struct Holder final : Slot {
        T value{};
    };

    // Its address names the type; there is no run-time type information here.
    template <class T>
    static constexpr char tag = 0;

    static constexpr uint64_t kSweep = 1024;
    static constexpr uint64_t kKept = 20000;  // frames are drawn on demand: this is hours of work

    std::map<std::pair<uint32_t, const char*>, std::unique_ptr<Slot>> slots_;
    uint64_t frame_ = 0;
};

}  // namespace countersign::shell
