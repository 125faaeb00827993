#pragma once
// A case of tests/cases/verify/tampers.json: a log, what was done to it, what the auditor has, and what must be found.
//
//   {"name":"a sentence","log":"mixed","changes":[...],"key":"server","checkpoints":[{"log":"mixed","checkpoint":2}],
//    "finds":{"roots":"entry 10","file":"line 12"}}
//
// `finds` has every check that fails, each with the place of its first failure: an entry's number where there is one,
// else the line's, else "". Nothing found is {}.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/json.h"
#include "core/verify/verifier.h"

namespace countersign::testing {

struct VerifyCase {
    std::string name;
    std::string bundle;
    std::vector<std::string> keys;         // as --key takes them
    std::vector<std::string> checkpoints;  // signed notes
    std::map<std::string, std::string> finds;
};

std::vector<VerifyCase> read_verify_cases(std::string_view table);

// The verifier over the case's bundle, in pieces of this size.
verify::Report verify_case(const VerifyCase& one, size_t piece_bytes = 65'536);
// What was found, as `finds` says it.
std::map<std::string, std::string> found_in(const verify::Report& report);

}  // namespace countersign::testing
