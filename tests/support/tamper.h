#pragma once
// Changes to a bundle as data (tests/cases/verify/tampers.json): what somebody could do to a log, from a turned bit to
// a server that rewrites its history and signs it anew.
//
//   {"do":"set","entry":7,"at":"/op/body/verdict","to":"accept"}   a member of an entry, or of another line: "line":3
//   {"do":"pad","entry":7,"at":"/body/x","bytes":70000}            the same, to a text of this length
//   {"do":"remove","entry":7,"at":"/op/item"}                      the same, taken out
//   {"do":"delete","entry":7}    {"do":"repeat","entry":7}         also "line":3 or "checkpoint":2
//   {"do":"swap","entries":[7,8]}
//   {"do":"insert","behind_line":3,"text":"..."}                   a line as it is
//   {"do":"move","line":3,"behind_line":9}
//   {"do":"reseal","with":"server"}                                all checkpoints made anew over what is there now,
//   and
//                                                                  what epochs say that they continue, unless
//                                                                  "epochs":"kept"; "stranger" signs with another key,
//                                                                  "nobody" leaves the signatures that were there
//   {"do":"resign","entry":9,"with":"stream 1"}                    the device's signature at this entry, by this key
//   {"do":"take","checkpoint":2,"from":"other"}                    the checkpoint of another log in this one's place
//   {"do":"claim","checkpoint":2,"of":"other"}                     a second checkpoint behind it: the same size, the
//                                                                  other's root, signed by the server
//   then, on the file's bytes, for which the end line is not made anew:
//   {"do":"flip","line":9,"at":40}    {"do":"drop_lines","last":1}    {"do":"drop_bytes","last":1}
//   {"do":"add_bytes","text":"..."}
//
// Entries, lines and checkpoints are counted in the file as it is when their change comes. After all changes the file
// gets the end line that belongs to it: who tampers with care does that too.

#include <string>
#include <vector>

#include "core/json/json.h"
#include "tests/support/log_maker.h"

namespace countersign::testing {

// A change that is not understood stops the process.
std::string tampered(std::vector<BundlePart> parts, const JsonArray& changes);
// A log with changes of chance: bytes, whole lines, and pieces of one line in another.
std::string mutated(uint64_t seed);

}  // namespace countersign::testing
