// Reason codes: a tree, written as a list in which each names its parent.

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "core/policy/load_parts.h"

namespace countersign::policy_parts {

namespace {

// What is written of a code, and what only the whole list tells.
struct Written {
    ReasonCode code;
    bool verdicts = false;   // says its verdicts itself
    bool choosable = false;  // says itself whether it can be chosen
};

Result<Written> read_code(Fields& fields, const std::vector<std::string>& taken) {
    Written out;
    out.code.id = CS_TRY(read_id(fields, taken));
    out.code.name = CS_TRY(fields.text("name", {.max_bytes = 200}));
    out.code.description = CS_TRY(fields.text_or("description", "", {.min_bytes = 0, .max_bytes = 2'000}));
    out.code.examples = CS_TRY(fields.text_list("examples", 20));
    out.code.parent = CS_TRY(fields.text_or("parent", "", {.max_bytes = 64}));
    out.verdicts = fields.has("verdicts");
    out.code.verdicts = CS_TRY(
        read_verdicts(fields, "verdicts", {Verdict::accept, Verdict::correct, Verdict::reject, Verdict::escalate}));
    out.choosable = fields.has("choosable");
    out.code.choosable = CS_TRY(fields.boolean_or("choosable", true));
    CS_TRY_STATUS(fields.done());
    return out;
}

Error problem_at(size_t index, std::string_view field, std::string message) {
    return fail(ErrorCode::invalid_argument, std::move(message),
                concat(element_path("reason_codes", index), ".", field));
}

const Written* find(const std::vector<Written>& codes, std::string_view id) {
    const auto found = std::find_if(codes.begin(), codes.end(), [&](const Written& one) { return one.code.id == id; });
    return found == codes.end() ? nullptr : &*found;
}

// How many codes stand above this one; its way up ends.
Result<size_t> depth_of(const std::vector<Written>& codes, size_t index) {
    const Written* at = &codes[index];
    size_t above = 0;
    while (!at->code.parent.empty()) {
        const Written* parent = find(codes, at->code.parent);
        if (parent == nullptr) {
            return above;  // said at the code that names it
        }
        at = parent;
        if (at == &codes[index]) {
            return problem_at(index, "parent", concat("'", at->code.id, "' stands above itself"));
        }
        if (++above >= kReasonDepth) {
            return problem_at(index, "parent", concat("reasons may be nested ", kReasonDepth, " deep at most"));
        }
    }
    return above;
}

Status check_parents(const std::vector<Written>& codes) {
    std::vector<std::string> known;
    for (const Written& one : codes) {
        known.push_back(one.code.id);
    }
    for (size_t i = 0; i < codes.size(); ++i) {
        const std::string& parent = codes[i].code.parent;
        if (!parent.empty() && find(codes, parent) == nullptr) {
            return problem_at(i, "parent", concat("there is no reason code '", parent, "'", suggestion(parent, known)));
        }
    }
    return success();
}

// Verdicts come down from the parent where a code does not say its own; it can have no others.
Status settle(std::vector<Written>& codes, size_t index) {
    Written& one = codes[index];
    const Written* parent = find(codes, one.code.parent);
    if (parent == nullptr) {
        return success();
    }
    if (!one.verdicts) {
        one.code.verdicts = parent->code.verdicts;
    }
    for (const Verdict verdict : one.code.verdicts) {
        const std::vector<Verdict>& above = parent->code.verdicts;
        if (std::find(above.begin(), above.end(), verdict) == above.end()) {
            return problem_at(
                index, "verdicts",
                concat(verdict_name(verdict), " is not among the verdicts of its parent '", parent->code.id, "'"));
        }
    }
    return success();
}

Status settle_tree(std::vector<Written>& codes) {
    CS_TRY_STATUS(check_parents(codes));
    std::vector<size_t> depths;
    for (size_t i = 0; i < codes.size(); ++i) {
        depths.push_back(CS_TRY(depth_of(codes, i)));
    }
    for (size_t depth = 1; depth < kReasonDepth; ++depth) {
        for (size_t i = 0; i < codes.size(); ++i) {
            CS_TRY_STATUS(depths[i] == depth ? settle(codes, i) : success());
        }
    }
    for (Written& one : codes) {
        const bool group = std::any_of(codes.begin(), codes.end(),
                                       [&](const Written& other) { return other.code.parent == one.code.id; });
        one.code.choosable = one.choosable ? one.code.choosable : !group;
    }
    return success();
}

}  // namespace

Status read_reason_codes(Fields& fields, const PolicyLimits& limits, Policy& out) {
    const JsonArray* list = CS_TRY(fields.optional_list("reason_codes", limits.reason_codes));
    std::vector<std::string> taken;
    std::vector<Written> codes;
    for (size_t i = 0; list != nullptr && i < list->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*list)[i], element_path("reason_codes", i)));
        codes.push_back(CS_TRY(read_code(one, taken)));
        taken.push_back(codes.back().code.id);
    }
    CS_TRY_STATUS(settle_tree(codes));
    for (Written& one : codes) {
        out.reason_codes.push_back(std::move(one.code));
    }
    return success();
}

}  // namespace countersign::policy_parts
