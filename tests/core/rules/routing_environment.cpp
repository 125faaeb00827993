#include "tests/core/rules/routing_environment.h"

namespace countersign::rules {

Environment routing_environment() {
    const auto record = [](std::string name, std::vector<Field> fields) {
        return types::record(std::make_shared<const RecordType>(RecordType{std::move(name), std::move(fields)}));
    };
    const Type moment = types::of(Kind::timestamp);
    const Type texts = types::list(types::string());
    const std::vector<std::string> labels = {"gas_smell", "power_line", "street_light", "waste"};
    return Environment({
        {"item", record("item", {{"id", types::string()},
                                 {"text", types::string()},
                                 {"language", types::string()},
                                 {"created", moment},
                                 {"tags", texts},
                                 {"note", types::string(), true},
                                 {"metadata", types::map(types::string(), types::dyn())}})},
        {"prediction", record("prediction", {{"label", types::string(), false, labels},
                                             {"confidence", types::float64()},
                                             {"margin", types::float64(), true},
                                             {"scores", types::map(types::string(), types::float64())},
                                             {"model", types::string()}})},
        {"model", record("model", {{"id", types::string()}, {"trained", moment}, {"reviews", types::int64()}})},
        {"history", types::list(record("review", {{"verdict", types::string()}, {"minutes", types::int64()}}))},
        {"now", moment},
    });
}

}  // namespace countersign::rules
