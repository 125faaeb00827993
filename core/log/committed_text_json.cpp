#include "core/log/committed_text_json.h"

namespace countersign {

Result<CommittedText> read_committed_text(Fields& fields, size_t max_bytes) {
    const std::string commitment = CS_TRY(fields.text("commitment"));
    const std::string key = CS_TRY(fields.text("key"));
    CommittedText out;
    out.commitment = CS_TRY(digest_from_hex(commitment));
    out.key = CS_TRY(from_hex(key));
    out.text = CS_TRY(fields.text("text", {.min_bytes = 0, .max_bytes = max_bytes}));
    return out;
}

}  // namespace countersign
