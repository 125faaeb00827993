// Hostile and odd requests as raw bytes against a real server: each gets the right status, the handler sees only what
// was meant, no answer is a 5xx of ours, and the server lives.

#include <mutex>
#include <random>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "tests/native/http/raw_cases.h"
#include "tests/native/http/support.h"

using namespace countersign;
using namespace countersign::http;
using namespace countersign::http::test;

namespace {

// A server that notes what reaches its handler.
class Observed {
public:
    Observed() {
        handler_.on_plan = [](const api::RequestHead& head) {
            api::Plan plan;
            plan.body_limit_bytes = head.path == "/small" ? 10 : 1 << 20;
            return plan;
        };
        handler_.on_answer = [this](const api::RequestHead& head, const std::string& body, const Reply& reply) {
            {
                const std::lock_guard lock(mutex_);
                seen_ += concat(seen_.empty() ? "" : " | ", head.method, ' ', head.path, ' ', body.size());
                ++handled_;
            }
            reply(text_response("ok"));
        };
        server_ = start_server(handler_, writer_, quick_limits());
    }

    // The statuses of all answers to the bytes, sent in these pieces by a client that then ends its side.
    std::vector<Answer> send(const std::vector<std::string_view>& pieces) {
        {
            const std::lock_guard lock(mutex_);
            seen_.clear();
            handled_ = 0;
        }
        RawClient client(server_->port());
        for (const std::string_view piece : pieces) {
            if (!client.send(piece)) {
                break;  // closed on us in the middle, as it may
            }
        }
        client.end_sending();
        return parse_answers(client.receive_all());
    }

    bool alive() { return ask(server_->port(), get_request("/alive")).status == 200; }

    std::string seen() {
        const std::lock_guard lock(mutex_);
        return seen_;
    }

    size_t handled() {
        const std::lock_guard lock(mutex_);
        return handled_;
    }

private:
    FunctionHandler handler_;
    WriterThread writer_;
    std::mutex mutex_;
    std::string seen_;
    size_t handled_ = 0;
    std::unique_ptr<Server> server_;
};

std::vector<int> statuses(const std::vector<Answer>& answers) {
    std::vector<int> out;
    out.reserve(answers.size());
    for (const Answer& answer : answers) {
        out.push_back(answer.status);
    }
    return out;
}

// What holds for any bytes whatever: only good answers, then at most one refusal that is a problem document, then the
// end.
void check_shape(const std::vector<Answer>& answers) {
    for (size_t i = 0; i < answers.size(); ++i) {
        const Answer& answer = answers[i];
        CAPTURE(i, answer.status, answer.body);
        CHECK((answer.status < 500 || answer.status == 501 || answer.status == 505));
        CHECK(answer.complete);
        if (answer.status >= 400) {
            CHECK(answer.headers.at("content-type") == "application/problem+json");
            const bool last = i + 1 == answers.size();
            CHECK(answer.headers.contains("connection") == last);
        }
    }
}

// An extra Host, so that the case's own point is reached where its author did not care for one.
std::string with_host(const std::string& bytes) {
    const size_t line_end = bytes.find("\r\n");
    return line_end == std::string::npos ? bytes
                                         : bytes.substr(0, line_end + 2) + "Host: x\r\n" + bytes.substr(line_end + 2);
}

}  // namespace

TEST_CASE("each raw request gets its status, and the handler sees only what was meant") {
    Observed server;
    const auto cases =
        read_cases(std::filesystem::path(COUNTERSIGN_REPOSITORY) / "tests/native/http/cases/requests.txt");
    REQUIRE(cases.size() >= 100);
    for (const RawCase& one : cases) {
        INFO(one.name);
        const auto answers = server.send({one.bytes});
        CHECK(statuses(answers) == one.answers);
        if (one.seen) {
            CHECK(server.seen() == *one.seen);
        }
        for (const Answer& answer : answers) {
            if (answer.status >= 400) {
                CHECK(answer.headers.at("content-type") == "application/problem+json");
            }
        }
        REQUIRE(server.alive());
    }
}

TEST_CASE("how the bytes are cut into packets changes nothing") {
    Observed server;
    const auto cases =
        read_cases(std::filesystem::path(COUNTERSIGN_REPOSITORY) / "tests/native/http/cases/requests.txt");
    for (const RawCase& one : cases) {
        if (one.bytes.size() > 400) {
            continue;
        }
        INFO(one.name);
        std::vector<std::string_view> pieces;
        pieces.reserve(one.bytes.size());
        for (size_t i = 0; i < one.bytes.size(); ++i) {
            pieces.push_back(std::string_view(one.bytes).substr(i, 1));
        }
        CHECK(statuses(server.send(pieces)) == one.answers);
    }
    CHECK(server.alive());
}

TEST_CASE("damaged requests never bring the server down or get an answer out of form") {
    static constexpr std::string_view kMeaningful[] = {"\r\n",
                                                       "\r",
                                                       "\n",
                                                       ":",
                                                       " ",
                                                       "\t",
                                                       ",",
                                                       ";",
                                                       "0",
                                                       "chunked",
                                                       "%",
                                                       "/..",
                                                       "Content-Length: 3\r\n",
                                                       "Transfer-Encoding: chunked\r\n",
                                                       "\xff"};
    Observed server;
    const uint32_t seed = Catch::rngSeed();
    std::mt19937 random(seed);
    const auto below = [&](size_t n) { return std::uniform_int_distribution<size_t>(0, n - 1)(random); };
    const std::string whole = post_request("/a", "hello") +
                              "POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" +
                              get_request("/c?d=e%20f");
    for (int round = 0; round < 400; ++round) {
        std::string bytes = whole;
        for (size_t changes = 1 + below(3); changes > 0; --changes) {
            const size_t at = below(bytes.size());
            switch (below(4)) {
                case 0: bytes.erase(at, 1 + below(4)); break;
                case 1: bytes[at] = static_cast<char>(below(256)); break;
                case 2: bytes.insert(at, kMeaningful[below(std::size(kMeaningful))]); break;
                default: bytes.insert(at, bytes.substr(below(bytes.size()), below(40))); break;
            }
        }
        CAPTURE(seed, round, bytes);
        check_shape(server.send({bytes}));
        // Duplicated text may make more requests; a plain damage never does.
        CHECK(server.handled() <= 3 + 6);
    }
    CHECK(server.alive());
}

TEST_CASE("llhttp's documented requests: never more messages than llhttp finds, its refusals are ours") {
    const auto folder = shared_data() / "data/corpora/http/llhttp_request";
    if (!std::filesystem::exists(folder)) {
        SKIP("no " << folder.string() << ": set COUNTERSIGN_SHARED to the folder of shared test data");
    }
    Observed server;
    size_t count = 0;
    size_t refused = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        for (const DocumentedRequest& request : read_llhttp_document(file.path())) {
            for (const std::string& bytes : {request.bytes, with_host(request.bytes)}) {
                CAPTURE(request.name, bytes);
                const auto answers = server.send({bytes});
                check_shape(answers);
                if (request.refused && !request.lenient) {
                    CHECK((answers.empty() || answers.back().status >= 400));
                }
                // Where llhttp overlooked a mistake on purpose, we must still see less, not more.
                CHECK(server.handled() <= std::max<size_t>(request.complete_messages, request.lenient ? 1 : 0));
            }
            ++count;
            refused += request.refused && !request.lenient ? 1 : 0;
        }
    }
    CHECK(count == 166);
    CHECK(refused >= 40);
    CHECK(server.alive());
    WARN("llhttp: " << count << " documented requests, " << refused << " of them mistakes, each also with a Host");
}

TEST_CASE("the HTTP Garden's findings: no second request hides in any of them") {
    const char* const named = std::getenv("COUNTERSIGN_HTTP_GARDEN");
    const auto file = named != nullptr ? std::filesystem::path(named) : shared_data() / "data/corpora/http/garden.md";
    if (!std::filesystem::exists(file)) {
        SKIP("no " << file.string() << ": set COUNTERSIGN_HTTP_GARDEN to a document with its payloads");
    }
    Observed server;
    const auto payloads = read_quoted_payloads(file);
    CHECK(payloads.size() >= 30);
    for (const std::string& payload : payloads) {
        for (const std::string& bytes : {payload, with_host(payload)}) {
            CAPTURE(bytes);
            check_shape(server.send({bytes}));
            const std::string seen = server.seen();
            CHECK(seen.find("evil") == std::string::npos);
            CHECK(seen.find("pwned") == std::string::npos);
        }
    }
    CHECK(server.alive());
    WARN("HTTP Garden: " << payloads.size() << " payloads, each also with a Host");
}
