#pragma once
// The one error type of core, shell and web: what kind, which place, and a sentence for a person.
//
// Contract: `message` is one sentence without the place, fit to be shown; personal data, if any, stands last in it.
// `field` names the place: a field path ("routes[2].when"), "line 7", a header, a file. Empty when there is none.
// The table behind code_info() maps each code to HTTP status, process exit status and a general sentence.

#include <cstdint>
#include <string>
#include <string_view>

namespace countersign {

enum class ErrorCode : uint8_t {
    invalid_argument,     // the request is malformed; repeating it cannot help
    unauthenticated,      // nobody is signed in, or the session has ended
    forbidden,            // signed in, but without the right
    not_found,            // no such project, item, policy, file
    already_exists,       // the name or id is taken by something else
    conflict,             // the same id arrived with other content
    failed_precondition,  // right request, wrong state (a checklist answer is missing)
    exhausted,            // a limit was reached: size, rate, disk
    unavailable,          // try again later: network, busy store
    disk_failed,          // the machine's disk refused, or may have lost, what it was told to keep
    corrupt,              // stored data is not what was written
    unimplemented,        // understood, not supported here
    internal,             // a bug of ours
    gone,                 // it was here; where to go on instead is said
};

inline constexpr ErrorCode kLastErrorCode = ErrorCode::gone;

struct ErrorCodeInfo {
    std::string_view name;  // as on the wire
    int http_status;
    int exit_status;            // of the command line
    std::string_view sentence;  // when nothing more specific is known
};

const ErrorCodeInfo& code_info(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;
    std::string field;

    // "routes[2].when: no such field ..." or just the message.
    std::string text() const;
    // The same error seen from one level further out: "policy" + "routes[2]" gives "policy.routes[2]".
    Error at(std::string_view outer) const;
};

}  // namespace countersign
