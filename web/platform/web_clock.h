#pragma once
// The browser's clocks and its source of randomness as core's ports.

#include "core/ports/clock.h"
#include "core/ports/entropy.h"

namespace countersign::web {

class WebClock final : public Clock {
public:
    Instant now() override;
    Duration monotonic() override;
};

class WebEntropy final : public Entropy {
public:
    std::string bytes(size_t count) override;
};

}  // namespace countersign::web
