#pragma once
// The built web app, served from memory. Names are looked up in a map of what was there at start: a path that is not a
// key does not exist, so there is nothing to traverse.
//
// Use:   auto files = CS_TRY(StaticFiles::load(folder, CS_TRY(assets_in(folder)), default_file_headers(policy)));
// The web build's manifest.json says the same per file; whoever reads it fills the Assets from it instead.
// `file.br` and `file.gz` beside an asset's file are its precompressed forms. "/404.html", if any, is the page for what
// is not there. Entity tags are per form. Thread: constant after load().

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/exchange.h"
#include "core/base/result.h"

namespace countersign::http {

struct Asset {
    std::string path;   // as asked for: "/", "/assets/app.3f9c01ab.js"
    std::string file;   // in the folder: "index.html"
    std::string type;   // content-type
    std::string cache;  // cache-control
};

inline constexpr std::string_view kImmutable = "public, max-age=31536000, immutable";
inline constexpr std::string_view kRevalidate = "no-cache";

// Every file of the folder but compressed forms and names that start with a dot. A name with a hash in it (has_hash)
// never changes and is immutable; all else, pages and the service worker among it, is asked for again each time and
// mostly answered with 304. "index.html" also answers "/", and "x/index.html" answers "/x/".
Result<std::vector<Asset>> assets_in(const std::filesystem::path& folder);

// Content-Security-Policy as given, nosniff, no-referrer, a Permissions-Policy without devices, and same-origin for
// Cross-Origin-Opener-Policy and Cross-Origin-Resource-Policy.
std::vector<api::Header> default_file_headers(std::string content_security_policy);

class StaticFiles {
public:
    // Views into the StaticFiles: valid as long as it lives.
    struct Answer {
        int status = 200;
        std::string_view header_lines;  // each with CRLF; content-length among them
        std::string_view body;
    };

    // `headers` go with every answer. Errors: a file that is not there (with its name), a header that is none.
    static Result<StaticFiles> load(const std::filesystem::path& folder, const std::vector<Asset>& assets,
                                    const std::vector<api::Header>& headers);

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

    static Result<File> load_file(const std::filesystem::path& folder, const Asset& asset, const std::string& common);
    static const Form& choose(const File& file, std::string_view accept_encoding);

    std::map<std::string, File, std::less<>> files_;
    Form missing_;
    Form wrong_method_;
};

// "text/javascript; charset=utf-8" for "app.js"; application/octet-stream for what is not known.
std::string_view media_type(std::string_view file_name);

// Whether the name carries a content hash: 8 or more hex digits, a letter among them, between two of ".-_", as in
// app.3f9c01ab.js.
bool has_hash(std::string_view file_name);

}  // namespace countersign::http
