#pragma once
// How a command reaches the API: by function call on a data folder that nobody serves, or over HTTP to the server that
// does. The command does not know which; both bring the same requests to the same API.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign::native {

struct Asked {
    std::string method;
    std::string target;  // path with query
    std::string content_type;
};

struct Answered {
    int status = 0;
    std::string body;
    std::string cookie = {};  // "name=value", where the answer sets one
};

class Carrier {
public:
    // Appends the next piece of a body; false when there is no more.
    using NextPiece = std::function<Result<bool>(std::string& out)>;
    using TakePiece = std::function<Status(std::string_view piece)>;

    virtual ~Carrier() = default;
    virtual Result<Answered> ask(const Asked& asked, std::string body) = 0;
    // A body of any length, never held whole.
    virtual Result<Answered> send(const Asked& asked, const NextPiece& next) = 0;
    // An answer of any length, never held whole. A status of 400 or more comes back with its body instead.
    virtual Result<Answered> receive(const Asked& asked, const TakePiece& take) = 0;
    // From now on requests are whose cookie this is, instead of the token's or the folder's owner.
    virtual void use_cookie(std::string cookie) = 0;
};

struct CarrierOptions {
    std::filesystem::path data;  // a data folder
    std::string server;          // or a server's address, with `token`
    std::string token;
};

// The running server of the data folder if there is one, else the folder itself, locked for as long as the carrier
// lives.
Result<std::unique_ptr<Carrier>> make_carrier(const CarrierOptions& options);

// From now on requests are this account's.
Status sign_in(Carrier& carrier, const std::string& account, const std::string& password);

// "name=value" of a header set-cookie.
std::string cookie_of(std::string_view set_cookie);

// "/api/v1/projects/<project><rest>", with the project's id as it must stand in a target.
std::string project_target(std::string_view project, std::string_view rest = {});
// For a part of a path or a value of a query (RFC 3986, 2.1): all but unreserved characters as %XX.
std::string percent_encoded(std::string_view text);

// The error that a problem+json answer tells, or nothing for a success.
Status problem_of(const Answered& answered);

}  // namespace countersign::native
