#pragma once

// The steps of schema.cpp as SQL, one source each. Not for use outside this folder.

namespace countersign::store {

extern const char* const kSchema1;  // 0.1
extern const char* const kSchema2;  // streams, branches, levels, leases, the tree
extern const char* const kSchema3;  // sealed texts, subjects, erasures
extern const char* const kSchema4;  // tiers that promise
extern const char* const kSchema5;  // changes of policies
extern const char* const kSchema6;  // staff

}  // namespace countersign::store
