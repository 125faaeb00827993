#pragma once
// Logs by name, for the tables of tests/cases/verify.
//   v1       twelve leaves from before devices signed
//   mixed    both versions, three streams, an unreadable operation, a fork, two epochs, texts and an erasure
//   waiting  what counts for nothing: unsigned, misplaced and repeated operations; a stream of 0.1 that goes on; two
//   forks
//            of one stream, told of once; what devices had seen, some of it lost by a restore
//   other    the same course of events with other keys and texts: another history
//   one      a single leaf
//   example  the one that docs/verify.md shows

#include <string_view>
#include <vector>

#include "tests/support/log_maker.h"

namespace countersign::testing {

std::vector<BundlePart> sample_log(std::string_view name);
// Of random shape.
std::vector<BundlePart> random_log(uint64_t seed);
// `leaves` leaves of which most are decisions, each push of `push` operations; parts go to the sink as they come.
void large_log(uint64_t leaves, uint64_t push, const LogMaker::Sink& sink);

}  // namespace countersign::testing
