#pragma once
// Texts beside the log: each opens a commitment that an entry before it names, and none of what was erased is there.
//
// An entry names a commitment where a member called `document` or `text` has 64 hex digits, anywhere in its body or in
// the body of its operation. `document` stands for the domain "document", `text` for "rationale", "answer" or "note".

#include "core/verify/bundle.h"
#include "core/verify/commitment_table.h"
#include "core/verify/leaf.h"
#include "core/verify/report.h"

namespace countersign::verify {

class Texts {
public:
    void name_all(const CanonicalValue& body);
    // subject_erased: body {..., "commitments": [64 hex digits, ...]}
    void erase(Findings& findings, const LeafFields& leaf);
    void add(Findings& findings, Place place, const TextLine& line);

private:
    CommitmentTable known_;
};

}  // namespace countersign::verify
