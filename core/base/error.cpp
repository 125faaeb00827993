#include "core/base/error.h"

#include "core/base/check.h"

namespace countersign {

const ErrorCodeInfo& code_info(ErrorCode code) {
    // Exit statuses: 2 is what the caller did, 3 a missing right, 4 a state, 5 this machine or the network, 6 damage,
    // 74 a disk that has to be looked at.
    static constexpr ErrorCodeInfo kTable[] = {
        {"invalid_argument", 400, 2, "The request is not valid."},
        {"unauthenticated", 401, 3, "Please sign in."},
        {"forbidden", 403, 3, "You do not have the right to do this."},
        {"not_found", 404, 2, "There is no such thing here."},
        {"already_exists", 409, 4, "It exists already."},
        {"conflict", 409, 4, "The same id was used before for something else."},
        {"failed_precondition", 422, 4, "Something is missing before this can be done."},
        {"exhausted", 429, 5, "A limit was reached."},
        {"unavailable", 503, 5, "Not available now; please try again."},
        {"disk_failed", 503, 74, "The server's disk failed; please try again later."},
        {"corrupt", 500, 6, "Stored data is damaged."},
        {"unimplemented", 501, 2, "This is not supported here."},
        {"internal", 500, 70, "An internal error; please report it."},
        {"gone", 410, 4, "It is no longer here."},
    };
    const auto index = static_cast<size_t>(code);
    CS_CHECK(index < sizeof(kTable) / sizeof(kTable[0]));
    return kTable[index];
}

std::string Error::text() const {
    return field.empty() ? message : field + ": " + message;
}

Error Error::at(std::string_view outer) const {
    Error error = *this;
    if (outer.empty()) {
        return error;
    }
    const bool joins = error.field.empty() || error.field.front() == '[';
    error.field = std::string(outer) + (joins ? "" : ".") + error.field;
    return error;
}

}  // namespace countersign
