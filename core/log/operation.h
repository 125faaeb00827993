#pragma once
// Operations: what a device did, as frozen bytes in the device's own gapless, hash-chained stream. The server stores
// and hashes the exact bytes; nobody re-serialises them.
//
// The body by type (core/log/envelope.h has the rest):
//   submit_review    active_ms, answers, codes, evidence, label, lease, policy, prediction, supersedes, text, verdict;
//                    what is empty is left out (core/log/review_json.h)
//   withdraw_review  review: the id of an own review
//   add_note         text: commitment to the words
// Free text travels beside the bytes, each text named by the commitment that the body holds (core/log/commitment.h).
//
// Errors: invalid_argument with the field's path.

#include <string>
#include <string_view>
#include <vector>

#include "core/log/commitment.h"
#include "core/log/envelope.h"
#include "core/model/command.h"

namespace countersign {

struct Operation : Envelope {
    CommandBody command;  // SubmitReview, WithdrawReview, AddNote, or UnknownCommand
};

// An operation on its way: the bytes, and the texts its commitments are about.
struct SealedOperation {
    std::string bytes;
    std::vector<CommittedText> texts;
};

// Of a command that a device sends; `type` is set from it.
Result<std::string> encode_operation(const Operation& operation);

// The command without its texts: what they commit to is known, the words are not.
Result<Operation> read_operation(const Json& json);
// Texts are put back into the draft; one that is missing or does not open is an error.
Status open_texts(Operation& operation, const std::vector<CommittedText>& texts);
// Both.
Result<Operation> decode_operation(const SealedOperation& sealed);

// The review that a submit_review operation is, as it will stand in the log: no free text in it.
Review review_of(const Operation& operation);

}  // namespace countersign
