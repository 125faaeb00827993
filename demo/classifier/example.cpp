#include "demo/classifier/example.h"

#include <algorithm>

#include "core/hash/sha256.h"
#include "core/json/writer.h"

namespace countersign::demo {

void sort_by_id(std::vector<Example>& examples) {
    std::sort(examples.begin(), examples.end(), [](const Example& a, const Example& b) { return a.id < b.id; });
}

std::string hash_of(const std::vector<Example>& examples) {
    std::string lines;
    for (const Example& example : examples) {
        JsonWriter json(JsonWriter::Order::sorted);
        json.begin_object();
        json.member("id", example.id).member("label", example.label).member("text", example.text);
        json.end_object();
        lines += std::move(json).take() + "\n";
    }
    return to_hex(sha256(lines));
}

}  // namespace countersign::demo
