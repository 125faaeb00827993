#include "bench/replay/pool.h"

#include <map>

#include "bench/loopback.h"
#include "core/base/concat.h"
#include "core/json/number.h"
#include "native/platform/files.h"

namespace countersign::bench {

namespace {

std::string whole(const std::filesystem::path& file) {
    auto text = native::read_file(file, size_t{1} << 28);
    if (!text.ok()) {
        give_up(text.error().text());
    }
    return std::move(text).value();
}

template <class Each>
void each_line(const std::string& text, const Each& each) {
    for (size_t at = 0; at < text.size();) {
        const size_t end = text.find('\n', at);
        const auto json = parse_json(std::string_view(text).substr(at, end - at));
        if (!json.ok()) {
            give_up(json.error().text());
        }
        each(json.value());
        at = end == std::string::npos ? text.size() : end + 1;
    }
}

}  // namespace

Pool read_pool(const std::filesystem::path& folder) {
    Pool out;
    std::map<std::string, std::string> truth;
    each_line(whole(folder / "pool_truth.jsonl"),
              [&](const Json& line) { truth[line.text_of("id")] = line.text_of("label"); });
    out.lines = whole(folder / "pool_v1.jsonl");
    each_line(out.lines, [&](const Json& line) {
        const Json& prediction = *line.find("prediction");
        const double confidence = as_double(*prediction.find("confidence")).value_or(0);
        out.items.push_back({line.text_of("id"), prediction.text_of("label"), truth.at(line.text_of("id")),
                             Ppm{static_cast<int32_t>(confidence * 1e6 + 0.5)}});
        out.model = prediction.text_of("model");
    });
    const auto labels = parse_json(whole(folder / "labels.json"));
    if (!labels.ok() || labels.value().array() == nullptr) {
        give_up("labels.json is no list");
    }
    for (const Json& label : *labels.value().array()) {
        out.labels.push_back(label.string() != nullptr ? *label.string() : label.text_of("id"));
    }
    return out;
}

}  // namespace countersign::bench
