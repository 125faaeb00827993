#include "native/http/static_files.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "core/base/concat.h"
#include "native/http/accept_encoding.h"
#include "native/http/status.h"

namespace countersign::http {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMissingPage =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not found</title>"
    "<p>There is no such page here. <a href=\"/\">Go to the desk</a></p></html>\n";

Result<std::string> read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    if (!in || !(bytes << in.rdbuf())) {
        // An empty file sets the stream's fail bit; it is no error.
        std::error_code code;
        if (in && fs::file_size(path, code) == 0 && !code) {
            return std::string();
        }
        return fail(ErrorCode::not_found, "the file cannot be read", path.string());
    }
    return std::move(bytes).str();
}

bool is_text_line(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c == '\t' || (c >= ' ' && c != 0x7F); });
}

// FNV-1a, 64 bits: tells versions of one file apart; nobody gains by a collision.
std::string content_tag(std::string_view bytes) {
    uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : bytes) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) {
        text += "0123456789abcdef"[(hash >> static_cast<unsigned>(shift)) & 15];
    }
    return text;
}

bool is_hidden(const fs::path& relative) {
    return std::ranges::any_of(relative, [](const fs::path& part) { return part.string().starts_with('.'); });
}

Result<std::vector<std::string>> walked(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code code;
    for (fs::recursive_directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
        const fs::path relative = at->path().lexically_relative(folder);
        if (at->is_regular_file(code) && !is_hidden(relative)) {
            names.push_back(relative.generic_string());
        }
    }
    if (code) {
        return fail(ErrorCode::not_found, concat("the folder cannot be read: ", code.message()), folder.string());
    }
    return names;
}

// A precompressed form is served as a form of its file, never under its own name.
bool is_form_of_another(const fs::path& folder, const std::string& name) {
    const bool compressed = name.ends_with(".br") || name.ends_with(".gz");
    std::error_code code;
    return compressed && fs::exists(folder / name.substr(0, name.size() - 3), code);
}

Result<std::string> header_lines_of(const std::vector<api::Header>& headers) {
    std::string lines;
    for (const auto& [name, value] : headers) {
        if (name.empty() || name.find_first_of(": ") != std::string::npos || !is_text_line(name) ||
            !is_text_line(value)) {
            return fail(ErrorCode::invalid_argument, "is no header that can be sent", name);
        }
        lines += concat(name, ": ", value, "\r\n");
    }
    return lines;
}

}  // namespace

std::string_view media_type(std::string_view file_name) {
    static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".map", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".wasm", "application/wasm"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".webp", "image/webp"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".ttf", "font/ttf"},
        {".otf", "font/otf"},
        {".txt", "text/plain; charset=utf-8"},
        {".md", "text/markdown; charset=utf-8"},
        {".xml", "application/xml"},
        {".pdf", "application/pdf"},
    };
    for (const auto& [ending, type] : kTypes) {
        if (file_name.ends_with(ending)) {
            return type;
        }
    }
    return "application/octet-stream";
}

bool has_hash(std::string_view file_name) {
    file_name.remove_prefix(file_name.rfind('/') == file_name.npos ? 0 : file_name.rfind('/') + 1);
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    constexpr std::string_view kSeparators = ".-_";
    for (size_t from = file_name.find_first_of(kSeparators); from != file_name.npos;) {
        const size_t to = file_name.find_first_of(kSeparators, from + 1);
        if (to == file_name.npos) {
            return false;  // the ending is no hash
        }
        const std::string_view part = file_name.substr(from + 1, to - from - 1);
        // Digits alone may be a date.
        if (part.size() >= 8 && std::ranges::all_of(part, is_hex) && part.find_first_of("abcdef") != part.npos) {
            return true;
        }
        from = to;
    }
    return false;
}

Result<std::vector<Asset>> assets_in(const fs::path& folder) {
    std::vector<Asset> assets;
    for (const std::string& name : CS_TRY(walked(folder))) {
        if (is_form_of_another(folder, name)) {
            continue;
        }
        const Asset asset{"/" + name, name, std::string(media_type(name)),
                          std::string(has_hash(name) ? kImmutable : kRevalidate)};
        assets.push_back(asset);
        if (asset.path.ends_with("/index.html")) {
            assets.push_back(asset);
            assets.back().path.resize(asset.path.size() - 10);
        }
    }
    return assets;
}

std::vector<api::Header> default_file_headers(std::string content_security_policy) {
    return {{"content-security-policy", std::move(content_security_policy)},
            {"x-content-type-options", "nosniff"},
            {"referrer-policy", "no-referrer"},
            {"permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"},
            {"cross-origin-opener-policy", "same-origin"},
            {"cross-origin-resource-policy", "same-origin"}};
}

Result<StaticFiles::File> StaticFiles::load_file(const fs::path& folder, const Asset& asset,
                                                 const std::string& common) {
    static constexpr std::pair<std::string_view, std::string_view> kForms[] = {
        {"identity", ""}, {"gzip", ".gz"}, {"br", ".br"}};
    File file;
    std::error_code code;
    std::string tag;
    for (const auto& [coding, ending] : kForms) {
        const fs::path path = folder / concat(asset.file, ending);
        if (!ending.empty() && !fs::exists(path, code)) {
            continue;
        }
        Form form;
        form.coding = coding;
        form.body = CS_TRY(read_file(path));
        if (tag.empty()) {
            tag = content_tag(form.body);
        }
        form.etag = ending.empty() ? concat('"', tag, '"') : concat('"', tag, '-', coding, '"');
        file.forms.push_back(std::move(form));
    }
    const bool varies = file.forms.size() > 1;
    for (Form& form : file.forms) {
        form.unchanged_header_lines = concat("etag: ", form.etag, "\r\ncache-control: ", asset.cache, "\r\n",
                                             varies ? "vary: accept-encoding\r\n" : "", common);
        form.header_lines = concat("content-type: ", asset.type, "\r\ncontent-length: ", form.body.size(), "\r\n",
                                   form.coding == "identity" ? "" : concat("content-encoding: ", form.coding, "\r\n"),
                                   form.unchanged_header_lines);
    }
    std::ranges::sort(file.forms, {}, [](const Form& form) { return form.body.size(); });
    return file;
}

Result<StaticFiles> StaticFiles::load(const fs::path& folder, const std::vector<Asset>& assets,
                                      const std::vector<api::Header>& headers) {
    const std::string common = CS_TRY(header_lines_of(headers));
    StaticFiles files;
    for (const Asset& asset : assets) {
        CS_TRY(header_lines_of({{"content-type", asset.type}, {"cache-control", asset.cache}}));
        files.files_[asset.path] = CS_TRY(load_file(folder, asset, common));
    }
    const auto page = files.files_.find("/404.html");
    files.missing_.body = page == files.files_.end() ? kMissingPage : choose(page->second, "").body;
    files.missing_.header_lines =
        concat("content-type: text/html; charset=utf-8\r\ncontent-length: ", files.missing_.body.size(),
               "\r\ncache-control: no-cache\r\n", common);
    api::Response wrong = refusal_response({405, "files can only be read here: use GET or HEAD", {}});
    files.wrong_method_.body = std::move(wrong.body);
    files.wrong_method_.header_lines =
        concat("content-type: application/problem+json\r\nallow: GET, HEAD\r\ncontent-length: ",
               files.wrong_method_.body.size(), "\r\ncache-control: no-store\r\n", common);
    return files;
}

const StaticFiles::Form& StaticFiles::choose(const File& file, std::string_view accept_encoding) {
    const Form* best = nullptr;
    uint32_t best_weight = 0;
    for (const Form& form : file.forms) {
        const uint32_t weight = coding_weight(accept_encoding, form.coding);
        if (weight > best_weight) {
            best = &form;
            best_weight = weight;
        }
    }
    if (best != nullptr) {
        return *best;
    }
    // A client that accepts nothing gets the plain form: more use than a 406.
    return *std::ranges::find(file.forms, "identity", &Form::coding);
}

StaticFiles::Answer StaticFiles::answer(const api::RequestHead& head) const {
    if (head.method != "GET") {
        return {405, wrong_method_.header_lines, wrong_method_.body};
    }
    const auto found = files_.find(head.path);
    if (found == files_.end()) {
        return {404, missing_.header_lines, missing_.body};
    }
    const Form& form = choose(found->second, header_value(head.headers, "accept-encoding"));
    if (names_etag(header_value(head.headers, "if-none-match"), form.etag)) {
        return {304, form.unchanged_header_lines, {}};
    }
    return {200, form.header_lines, form.body};
}

}  // namespace countersign::http
