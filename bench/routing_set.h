#pragma once
// Reading the columns of a routing set (item_id,predicted_label,true_label,confidence,...) that thresholds need. None
// of them has commas or quotes.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/decimal.h"
#include "core/base/ppm.h"
#include "core/certificate/sample.h"

namespace countersign::bench {

struct RoutingRow {
    uint64_t item = 0;
    certificate::Judged judged;
    std::string_view confidence;  // as it was written: more digits than a score keeps
};

// Empty when a line has another form.
inline std::vector<RoutingRow> read_routing_rows(std::string_view csv) {
    std::vector<RoutingRow> out;
    csv.remove_prefix(std::min(csv.find('\n'), csv.size() - 1) + 1);
    while (!csv.empty()) {
        std::string_view line = csv.substr(0, csv.find('\n'));
        csv.remove_prefix(std::min(line.size() + 1, csv.size()));
        std::array<std::string_view, 4> fields;
        for (std::string_view& field : fields) {
            field = line.substr(0, line.find(','));
            line.remove_prefix(std::min(field.size() + 1, line.size()));
        }
        const auto item = read_decimal(fields[0]);
        const auto score = parse_ppm(fields[3]);
        if (!item || !score.ok()) {
            return {};
        }
        const bool right = fields[1] == fields[2];
        out.push_back(
            {*item, {score.value(), right ? certificate::Finding::right : certificate::Finding::wrong}, fields[3]});
    }
    return out;
}

}  // namespace countersign::bench
