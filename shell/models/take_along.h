#pragma once
// Work taken along for a time without network: how much, for how long, and what one has.

#include <cstdint>
#include <string>
#include <vector>

namespace countersign::shell {

enum class TakeTime : uint8_t { eight_hours, three_days };

struct TakenItem {
    std::string item;
    std::string until;  // "until 12 Nov 2026, 14:05"
    bool soon = false;  // it runs out within the hour
};

struct TakeAlongModel {
    std::string count;  // as typed
    TakeTime time = TakeTime::eight_hours;
    std::vector<std::string> tiers;  // names; the first stands for all
    int tier = 0;
    bool online = true;
    bool busy = false;
    bool can_take = true;  // the number is one that can be asked for
    std::string outcome;   // of the last request, a sentence
    std::vector<TakenItem> taken;
};

}  // namespace countersign::shell
