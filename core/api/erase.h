#pragma once
// Erasure of a subject: all texts of the items that are about one person, and the key that opens them in any copy of
// the store. The log, its proofs and what was decided stay.
//
//  1. What waits to be judged is judged, so that no words about them come later.
//  2. subject_erased is recorded (in several events where one would be too long), and each item closed as erased.
//  3. Texts, index and the items' subject are deleted, all in the same transaction.
//  4. The tombstone is written and the key destroyed: flushed right before that transaction is (SubjectKeys, Database).
// A crash or a failure between the two flushes leaves a tombstone that the store knows nothing of; so does a restored
// backup. replay_erasures() brings the store in line: at every start, and before the next erasure.
// Source: reference reliability.md, 3.3; sync.md, 3.11.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/workspace.h"
#include "core/store/projects.h"

namespace countersign::api {

// GDPR, article 17 (1), in our words: a person asked, kept long enough, consent withdrawn, an objection holds, should
// never have been processed, a law demands it.
inline constexpr std::array<std::string_view, 6> kErasureGrounds{"request",   "retention", "consent_withdrawn",
                                                                 "objection", "unlawful",  "law"};
inline constexpr size_t kErasureNote_bytes = 300;

struct ErasureRequest {
    ProjectId project;
    std::string subject;  // whom: as on ingest lines; or
    ItemId item;          // whom this item is about: the subject that it came with, or the item alone
    std::string ground;   // one of the above
    std::string note;     // in the log for ever: no personal text
    ActorId actor;
};

struct Erased {
    std::vector<ItemId> items;
    Instant at;
    bool already = false;  // nothing was left to erase
};

// In a transaction of its own, or the open one: nothing may fail behind it but the commit. not_found when there is
// nobody and nothing of this name, failed_precondition when this store has no keys.
Result<Erased> erase(Workspace& workspace, const ErasureRequest& request);

// What was destroyed and this store does not know of; how many subjects. In a transaction of its own, or the open one.
Result<uint64_t> replay_erasures(store::Database& database, Instant now);

// Whether the item, which is not here, was erased here once: a store that was put back has it no more.
Result<bool> was_erased(Workspace& workspace, const store::ProjectRow& project, const ItemId& item);

}  // namespace countersign::api
