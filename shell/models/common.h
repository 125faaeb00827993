#pragma once
// What several view models share. Plain values, made by the session for one frame; all texts are ready to be shown
// (times, shares and names in words), numbers only where a view draws them.

#include <cstdint>
#include <string>
#include <vector>

namespace countersign::shell {

// A label of the policy as views show it.
struct LabelModel {
    std::string id;
    std::string name;
    std::string letter;    // on its badge: the key in capitals, else the first letters
    int colour = 0;        // 0 to 7
    std::string key = {};  // a digit or a small letter that chooses it; empty: none
};

enum class Tier : uint8_t { automatic, quick, full };

enum class DueState : uint8_t { none, later, soon, overdue };

struct DueModel {
    std::string words;  // "3 h left", "12 min over"; empty: no due time
    DueState state = DueState::none;
};

enum class Verdict : uint8_t { accept, correct, reject, escalate, skip };

// How far a decision of one's own has come; each is more than the one before.
enum class Level : uint8_t { on_device, saved, sealed, stable };

// What a decision counts for; core/model/standing.h. A rejected one is quarantined for good.
enum class Standing : uint8_t { effective, extra, reconfirm, withdrawn, superseded, quarantined, rejected };

// What has become of a decision of one's own.
struct FateModel {
    Level level = Level::on_device;
    Standing standing = Standing::effective;
    std::string why;  // a sentence, when there is more to say than that it counts
};

// How far a screen has come.
struct LoadModel {
    enum class State : uint8_t { ready, loading, failed };
    State state = State::ready;
    std::string problem;  // a sentence, when failed
};

struct ScoreModel {
    LabelModel label;
    int32_t score_ppm = 0;
    std::string words;  // "73 %"
};

struct ConfidenceModel {
    int32_t value_ppm = 0;
    int32_t threshold_ppm = -1;   // none below 0
    std::string words;            // "73 %"
    std::string threshold_words;  // "80 %"
};

// Why an item came to a person: the route and what it saw.
struct RoutingModel {
    struct Value {
        std::string name;   // "prediction.confidence"
        std::string value;  // "0.73"
    };

    std::string sentence;  // "The confidence lies below 80 %."
    std::string route;     // "uncertain"
    std::vector<Value> seen;
};

}  // namespace countersign::shell
