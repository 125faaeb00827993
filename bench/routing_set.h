#pragma once
// Reading the columns of a routing set (item_id,predicted_label,true_label,confidence,...) that thresholds need.

#include <fstream>
#include <string>
#include <vector>

#include "core/base/ppm.h"
#include "core/certificate/sample.h"

namespace countersign::bench {

// Empty when the file is not there or a line has another form. No field of these columns has commas.
inline std::vector<certificate::Judged> read_routing_set(const std::string& path) {
    std::ifstream file(path);
    std::vector<certificate::Judged> out;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::vector<std::string> fields(1);
        for (size_t i = 0; i < line.size() && fields.size() <= 4; ++i) {
            if (line[i] == ',') {
                fields.emplace_back();
            } else {
                fields.back().push_back(line[i]);
            }
        }
        if (fields.size() < 4) {
            return {};
        }
        const auto score = parse_ppm(fields[3]);
        if (!score.ok()) {
            return {};
        }
        out.push_back({score.value(), fields[1] == fields[2] ? certificate::Finding::right : certificate::Finding::wrong});
    }
    return out;
}

}  // namespace countersign::bench
