#pragma once
// Reads cases of raw requests: our own (cases/requests.txt) and those of published corpora outside the repository.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::http::test {

struct RawCase {
    std::string name;
    std::string bytes;
    std::vector<int> answers;         // statuses in order
    std::optional<std::string> seen;  // "GET /a 0 | POST /b 5"
};

// Throws std::runtime_error with the line of a mistake.
std::vector<RawCase> read_cases(const std::filesystem::path& file);

// A request of llhttp's test documents, with the number of messages that llhttp finds in it before any error.
struct DocumentedRequest {
    std::string name;
    std::string bytes;
    size_t complete_messages = 0;
    bool lenient = false;  // llhttp was told to overlook mistakes
    // llhttp found a mistake: it was not merely told to pause, and not given more after the last request, which we
    // never look at.
    bool refused = false;
};

std::vector<DocumentedRequest> read_llhttp_document(const std::filesystem::path& file);

// Every `...\r\n...` of a document, unescaped: how the HTTP Garden's findings are written down.
std::vector<std::string> read_quoted_payloads(const std::filesystem::path& file);

// The folder of shared test data: COUNTERSIGN_SHARED, or "shared" beside the repository; empty when there is none.
std::filesystem::path shared_data();

std::string unescape(std::string_view text);

// "{TEXT*N}" becomes N times TEXT.
std::string expand(std::string_view text);

}  // namespace countersign::http::test
