#pragma once
// The board of automatic tiers, for a lead: what each promises, whether it is open for a model, on which evidence, how
// its audit stands. The server's, fetched when the screen is opened.

#include <cstdint>
#include <string>
#include <vector>

#include "shell/models/common.h"

namespace countersign::shell {

// A share of one, as drawn; words stand beside it.
struct PlotPoint {
    float x = 0;
    float y = 0;
};

// A bin of a reliability diagram: how sure the model was, how often it was right, what chance explains.
struct ReliabilityBin {
    float confidence = 0;
    float accuracy = 0;
    float lower = 0;
    float upper = 0;
    float consistent_lower = 0;
    float consistent_upper = 0;
    std::string words;  // "69 items around 83 %: right in 100 %"
};

struct TierFigure {
    std::string name;   // "Error found"
    std::string value;  // "1.2 %"
    std::string words;  // "0.4 to 3.1 %, 95 % interval"
    bool bad = false;
};

struct TierModel {
    std::string tier;   // id
    std::string model;  // id
    std::string title;  // "Approved without a person, intent-v1"
    bool open = false;
    bool alarmed = false;     // closed by its audit
    std::string headline;     // "Approves from confidence 0.83 on"
    std::string promise;      // a sentence
    std::string explanation;  // why it is closed, or what a lead can do; a sentence
    bool can_open = false;
    std::vector<TierFigure> figures;
    int64_t decided = 0;  // of the evidence, without a gap
    int64_t next_look = 0;
    std::string evidence;  // in words
    std::vector<ReliabilityBin> reliability;
    std::string calibration;        // in words
    std::vector<PlotPoint> course;  // the audit: share of the approved items, share of what the alarm takes
    std::string course_words;
};

struct TiersModel {
    LoadModel load;
    bool working = false;
    std::string when;             // when the board was fetched
    std::string refresh_problem;  // why it could not be fetched anew, a sentence
    std::vector<TierModel> tiers;
    int selected = 0;
    std::string reason;  // for closing, as typed
    bool reason_missing = false;
    std::string problem;  // why the last change failed, a sentence
};

}  // namespace countersign::shell
