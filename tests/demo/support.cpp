#include "tests/demo/support.h"

#include "demo/program/files.h"
#include "demo/program/program.h"

namespace countersign::demo {

std::string asset_path(const std::string& name) {
    return std::string(COUNTERSIGN_DEMO_ASSETS) + "/" + name;
}

std::string asset(const std::string& name) {
    return read_file(asset_path(name)).value();
}

std::string scratch_path(const std::string& name) {
    return std::string(COUNTERSIGN_DEMO_OUT) + "/" + name;
}

const Demo& the_demo() {
    static const Demo read = [] {
        Demo result;
        result.items = read_items("messages.jsonl", asset("messages.jsonl")).value();
        result.truth = read_truth("truth.jsonl", asset("truth.jsonl")).value();
        const std::set<std::string> training = read_ids(asset("training.txt"));
        result.seed = with_labels(select(result.items, {training, {}}).value(), result.truth).value();
        result.items_to_review = select(result.items, {{}, training}).value();
        result.to_review = with_labels(result.items_to_review, result.truth).value();
        const std::vector<Item> index = read_items("subject-index.jsonl", asset("subject-index.jsonl")).value();
        std::vector<Example> entries = with_labels(index, {}).value();
        for (Example& entry : entries) {
            entry.reference = true;
            result.seed.push_back(std::move(entry));
        }
        return result;
    }();
    return read;
}

std::vector<Candidate> quick_candidate() {
    return {{Learner::both, {false, 3, 4}, 1'000, 100'000}};
}

Ran run(const std::vector<std::string>& args) {
    Ran ran;
    ran.status = run_program(
        args, {[&](std::string_view text) { ran.out += text; }, [&](std::string_view text) { ran.err += text; }});
    return ran;
}

}  // namespace countersign::demo
