#include "core/rationale/reasons.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/utf8.h"

namespace countersign {

namespace {

bool usable(const ReasonCode& code, Verdict verdict) {
    return code.choosable && std::find(code.verdicts.begin(), code.verdicts.end(), verdict) != code.verdicts.end();
}

void check_codes(const Policy& policy, const RationaleRule& rule, const ReviewDraft& draft,
                 std::vector<Shortfall>& out) {
    const std::vector<std::string>& codes = draft.rationale.codes;
    for (size_t i = 0; i < codes.size(); ++i) {
        const ReasonCode* code = policy.reason_code(codes[i]);
        if (code == nullptr) {
            out.push_back({"rationale.codes", concat("the policy has no reason code '", codes[i], "'")});
        } else if (!code->choosable) {
            out.push_back({"rationale.codes", concat("'", code->name, "' is a group of reasons; choose one in it")});
        } else if (!usable(*code, draft.verdict)) {
            out.push_back({"rationale.codes",
                           concat("the reason '", code->name, "' cannot be used with ", verdict_name(draft.verdict))});
        }
        if (std::find(codes.begin(), codes.begin() + static_cast<ptrdiff_t>(i), codes[i]) !=
            codes.begin() + static_cast<ptrdiff_t>(i)) {
            out.push_back({"rationale.codes", concat("the reason code '", codes[i], "' is given twice")});
        }
    }
    if (rule.codes.applies_to(draft.verdict) && codes.size() < rule.codes.min) {
        out.push_back({"rationale.codes", rule.codes.min == 1
                                              ? std::string("choose a reason code")
                                              : concat("choose at least ", rule.codes.min, " reason codes")});
    }
}

void check_text(const RationaleRule& rule, const ReviewDraft& draft, std::vector<Shortfall>& out) {
    const size_t written = utf8::length(draft.rationale.text);
    if (rule.text.applies_to(draft.verdict) && written < rule.text.min) {
        out.push_back({"rationale.text",
                       concat("write a reason of at least ", rule.text.min, " characters (", written, " so far)")});
    }
    if (draft.rationale.text.size() > 10'000) {
        out.push_back({"rationale.text",
                       concat("the reason has ", draft.rationale.text.size(), " bytes; at most 10000 are kept")});
    }
}

void check_evidence(const RationaleRule& rule, const ReviewDraft& draft, size_t text_length,
                    std::vector<Shortfall>& out) {
    for (const Evidence& span : draft.rationale.evidence) {
        if (span.end <= span.begin || (text_length != 0 && span.end > text_length)) {
            out.push_back({"rationale.evidence",
                           concat("the marked place ", span.begin, " to ", span.end, " is not in the text")});
        }
    }
    if (rule.evidence.applies_to(draft.verdict) && draft.rationale.evidence.size() < rule.evidence.min) {
        out.push_back({"rationale.evidence", rule.evidence.min == 1
                                                 ? std::string("mark the place in the text that the reason rests on")
                                                 : concat("mark at least ", rule.evidence.min, " places in the text")});
    }
}

}  // namespace

std::vector<const ReasonCode*> usable_codes(const Policy& policy, Verdict verdict) {
    std::vector<const ReasonCode*> out;
    for (const ReasonCode& code : policy.reason_codes) {
        if (usable(code, verdict)) {
            out.push_back(&code);
        }
    }
    return out;
}

std::vector<Shortfall> rationale_shortfalls(const Policy& policy, const RationaleRule& rule, const ReviewDraft& draft,
                                            size_t text_length) {
    std::vector<Shortfall> out;
    check_codes(policy, rule, draft, out);
    check_text(rule, draft, out);
    check_evidence(rule, draft, text_length, out);
    return out;
}

}  // namespace countersign
