#include "shell/session/reason_tree.h"

#include <algorithm>

#include "core/rationale/reasons.h"

namespace countersign::shell {

namespace {

class Tree {
public:
    Tree(const Policy& policy, countersign::Verdict verdict, const std::vector<std::string>& chosen)
        : policy_(policy), usable_(usable_codes(policy, verdict)), chosen_(chosen) {}

    // What stands below `parent`, in the policy's order; true when there is anything.
    bool add_below(const std::string& parent, int depth) {
        bool any = false;
        for (const countersign::ReasonCode& code : policy_.reason_codes) {
            if (code.parent == parent) {
                any = add(code, depth) || any;
            }
        }
        return any;
    }

    std::vector<ReasonCode> take() { return std::move(out_); }

private:
    // A group without anything usable below it is taken out again.
    bool add(const countersign::ReasonCode& code, int depth) {
        const bool usable = std::find(usable_.begin(), usable_.end(), &code) != usable_.end();
        const size_t at = out_.size();
        ReasonCode row;
        row.id = code.id;
        row.name = code.name;
        row.chosen = std::find(chosen_.begin(), chosen_.end(), code.id) != chosen_.end();
        row.path = policy_.reason_path(code.id);
        row.depth = depth;
        row.group = !usable;
        row.description = code.description;
        row.examples = code.examples;
        out_.push_back(std::move(row));
        const bool below = depth + 1 < static_cast<int>(kReasonDepth) && add_below(code.id, depth + 1);
        if (!usable && !below) {
            out_.resize(at);
        }
        return usable || below;
    }

    const Policy& policy_;
    std::vector<const countersign::ReasonCode*> usable_;
    const std::vector<std::string>& chosen_;
    std::vector<ReasonCode> out_;
};

}  // namespace

std::vector<ReasonCode> reason_tree(const Policy& policy, countersign::Verdict verdict,
                                    const std::vector<std::string>& chosen) {
    Tree tree(policy, verdict, chosen);
    tree.add_below("", 0);
    return tree.take();
}

}  // namespace countersign::shell
