#include "tests/native/http/raw_cases.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace countersign::http::test {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

int hex(char c) {
    return c >= 'a' ? c - 'a' + 10 : c >= 'A' ? c - 'A' + 10 : c - '0';
}

// llhttp's documents: lines are joined with CR LF unless a backslash ends them; \r \n \t \f \xHH are escapes.
std::string unescape_document(const std::string& block) {
    std::string text;
    std::istringstream lines(block);
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\\')) {
            text += line.substr(0, line.size() - 1);
        } else {
            text += line + "\\r\\n";
        }
    }
    if (text.ends_with("\\r\\n")) {
        text.resize(text.size() - 4);
    }
    return unescape(text);
}

// What stands between the fence that opens so and the next "```".
std::string fenced(const std::string& section, std::string_view opening) {
    const size_t at = section.find(opening);
    if (at == std::string::npos) {
        return {};
    }
    const size_t begin = at + opening.size();
    return section.substr(begin, section.find("\n```", begin) - begin);
}

}  // namespace

std::string expand(std::string_view text) {
    std::string out;
    for (size_t at = 0; at < text.size();) {
        const size_t close = text[at] == '{' ? text.find('}', at) : text.npos;
        const size_t star = close == text.npos ? text.npos : text.rfind('*', close);
        if (star == text.npos || star < at) {
            out += text[at++];
            continue;
        }
        const int times = std::stoi(std::string(text.substr(star + 1, close - star - 1)));
        for (int i = 0; i < times; ++i) {
            out += text.substr(at + 1, star - at - 1);
        }
        at = close + 1;
    }
    return out;
}

std::string unescape(std::string_view text) {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        const char c = text[++i];
        if (c == 'x' && i + 2 < text.size()) {
            out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else {
            static constexpr std::string_view kNames = "rntf0";
            static constexpr std::string_view kBytes("\r\n\t\f\0", 5);
            const size_t known = kNames.find(c);
            out += known == kNames.npos ? c : kBytes[known];
        }
    }
    return out;
}

std::vector<RawCase> read_cases(const fs::path& file) {
    std::vector<RawCase> cases;
    std::istringstream lines(read_text(file));
    size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const auto value = [&](std::string_view key) { return line.substr(std::min(line.size(), key.size() + 1)); };
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        if (line.starts_with("case:")) {
            cases.push_back({value("case:"), {}, {}, {}});
        } else if (!cases.empty() && line.starts_with("send:")) {
            cases.back().bytes += unescape(expand(value("send:")));
        } else if (!cases.empty() && line.starts_with("answers:")) {
            std::istringstream statuses(value("answers:"));
            for (int status = 0; statuses >> status;) {
                cases.back().answers.push_back(status);
            }
        } else if (!cases.empty() && line.starts_with("seen:")) {
            cases.back().seen = line == "seen: nothing" ? "" : unescape(value("seen:"));
        } else {
            throw std::runtime_error(file.string() + " line " + std::to_string(number) +
                                     ": no case, send, answers or seen");
        }
    }
    return cases;
}

std::vector<DocumentedRequest> read_llhttp_document(const fs::path& file) {
    static constexpr std::string_view kMeta = "<!-- meta=";
    static constexpr std::string_view kComplete = "message complete";
    const std::string text = read_text(file);
    std::vector<DocumentedRequest> requests;
    for (size_t at = text.find(kMeta); at != std::string::npos;) {
        const size_t next = text.find(kMeta, at + 1);
        const std::string section = text.substr(at, next == std::string::npos ? next : next - at);
        at = next;
        const std::string meta = section.substr(0, section.find('\n'));
        const std::string block = fenced(section, "```http\n");
        const std::string log = fenced(section, "```log\n");
        if (meta.find("\"request") == std::string::npos || block.empty()) {
            continue;
        }
        DocumentedRequest request;
        request.name = file.filename().string() + ", case " + std::to_string(requests.size() + 1);
        request.bytes = unescape_document(block);
        request.lenient = meta.find("lenient") != std::string::npos;
        request.refused = log.find("error code=") != std::string::npos && log.find("pause") == std::string::npos &&
                          log.find("after `Connection: close`") == std::string::npos;
        for (size_t i = log.find(kComplete); i != std::string::npos; i = log.find(kComplete, i + 1)) {
            ++request.complete_messages;
        }
        requests.push_back(std::move(request));
    }
    return requests;
}

std::vector<std::string> read_quoted_payloads(const fs::path& file) {
    static const std::regex payload(R"(`([^`\n]*\\r\\n[^`\n]*)`)");
    const std::string text = read_text(file);
    std::vector<std::string> payloads;
    for (std::sregex_iterator at(text.begin(), text.end(), payload), end; at != end; ++at) {
        payloads.push_back(unescape((*at)[1].str()));
    }
    return payloads;
}

fs::path shared_data() {
    if (const char* const named = std::getenv("COUNTERSIGN_SHARED")) {
        return named;
    }
    const fs::path beside = fs::path(COUNTERSIGN_REPOSITORY).parent_path() / "shared";
    return fs::exists(beside) ? beside : fs::path();
}

}  // namespace countersign::http::test
