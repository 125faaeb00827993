#pragma once
// Reads Prometheus' text format and complains about everything that the format forbids or that makes no sense.

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace countersign::metrics {

class StrictParser {
public:
    using Labels = std::map<std::string, std::string>;

    // Empty, or the first mistake with its line.
    std::string parse(std::string_view text);

    std::optional<double> value(const std::string& name, const Labels& labels) const;
    std::string help(const std::string& family) const;

private:
    struct Family {
        std::string type;
        std::string help;
        bool has_help = false;
        bool closed = false;  // another family has begun
    };

    std::string comment(std::string_view line);
    std::string sample(std::string_view line);
    std::string check_histograms() const;
    Family& open_family(const std::string& name);

    std::map<std::string, Family> families_;
    std::map<std::string, std::map<Labels, double>> samples_;
    std::string current_;
};

}  // namespace countersign::metrics
