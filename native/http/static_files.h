#pragma once
// The built web app, served from memory. Names are looked up in a map of what was there at start: a path that is not a
// key does not exist, so there is nothing to traverse.
//
// The folder: each file is served under its relative path; `name.br` and `name.gz` beside `name` are its precompressed
// forms; "index.html" also answers "/" (and "x/index.html" answers "/x/"); "404.html", if any, is the page for what is
// not there. With a file "assets.txt" in the folder, only the paths that it lists, one a line, are served, and one that
// is missing is an error. Without it: everything but names that start with a dot. Caching: a name with a hash in it (8
// or more hex digits, a letter among them, between two of ".-_", as in app.3f9c01ab.js) never changes and is immutable;
// all else, index.html and the service worker among it, is asked for again each time and mostly answered with 304.
// Thread: constant after load().

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/exchange.h"
#include "core/base/result.h"

namespace countersign::http {

struct FileHeaders {
    std::string content_security_policy = "default-src 'self'; object-src 'none'; base-uri 'none'";
    std::string permissions_policy = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
    std::string referrer_policy = "no-referrer";
    std::string opener_policy = "same-origin";    // Cross-Origin-Opener-Policy
    std::string resource_policy = "same-origin";  // Cross-Origin-Resource-Policy
};

class StaticFiles {
public:
    // Views into the StaticFiles: valid as long as it lives.
    struct Answer {
        int status = 200;
        std::string_view header_lines;  // each with CRLF; content-length among them
        std::string_view body;
    };

    // Errors: not_found or invalid_argument with the file's name; a header value with a control character.
    static Result<StaticFiles> load(const std::filesystem::path& folder, const FileHeaders& headers);

    // 200, 304, 404, or 405 for anything but GET (and HEAD, which stands as GET in the head).
    Answer answer(const api::RequestHead& head) const;

    size_t size() const { return files_.size(); }

private:
    struct Form {
        std::string_view coding;  // "br", "gzip", "identity"
        std::string etag;
        std::string header_lines;            // of a 200
        std::string unchanged_header_lines;  // of a 304
        std::string body;
    };

    struct File {
        std::vector<Form> forms;  // smallest first
    };

    static Result<File> load_file(const std::filesystem::path& folder, const std::string& name,
                                  const std::string& common);
    static const Form& choose(const File& file, std::string_view accept_encoding);

    std::map<std::string, File, std::less<>> files_;
    Form missing_;
    Form wrong_method_;
};

// "text/javascript; charset=utf-8" for "app.js"; application/octet-stream for what is not known.
std::string_view media_type(std::string_view file_name);

// Whether the name carries a content hash.
bool has_hash(std::string_view file_name);

}  // namespace countersign::http
