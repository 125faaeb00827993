// The web app as files: forms, caching, types, security headers, and nothing that was not listed.

#include <filesystem>
#include <fstream>

#include <catch_amalgamated.hpp>
#include <unistd.h>

#include "core/base/concat.h"
#include "native/http/accept_encoding.h"
#include "native/http/static_files.h"
#include "tests/native/http/support.h"
#include "tests/native/metrics/strict_parser.h"

using namespace countersign;
using namespace countersign::http;
using namespace countersign::http::test;

namespace fs = std::filesystem;

namespace {

// A folder that goes with the test.
class Folder {
public:
    Folder() : path_(fs::temp_directory_path() / concat("countersign-files-", ::getpid())) {
        fs::remove_all(path_);
        fs::create_directories(path_);
    }

    ~Folder() { fs::remove_all(path_); }

    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const std::string& name, const std::string& bytes) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << bytes;
    }

    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

// As the web build lays it out.
void write_app(const Folder& folder) {
    folder.write("index.html", "<!doctype html><title>Countersign</title>");
    folder.write("service-worker.js", "self.x = 1;");
    folder.write("assets/app.3f9c01ab.wasm", std::string(1'000, 'w'));
    folder.write("assets/app.3f9c01ab.wasm.br", std::string(100, 'b'));
    folder.write("assets/app.3f9c01ab.wasm.gz", std::string(200, 'g'));
    folder.write("assets/empty.css", "");
    folder.write("help/index.html", "<p>help</p>");
    folder.write(".secret", "x");
}

StaticFiles load(const Folder& folder) {
    const auto headers = default_file_headers("default-src 'self'; object-src 'none'");
    return StaticFiles::load(folder.path(), assets_in(folder.path()).value(), headers).value();
}

class FileServer {
public:
    explicit FileServer(const Folder& folder) : files_(load(folder)) {
        handler_.on_plan = [](const api::RequestHead&) {
            api::Plan plan;
            plan.body_limit_bytes = 100;
            return plan;
        };
        ServerOptions options;
        options.port = 0;
        options.threads = 1;
        options.files = &files_;
        server_ = Server::start(std::move(options), handler_, writer_).value();
    }

    Answer get(std::string_view target, std::string_view headers = "") const {
        return ask(server_->port(), get_request(target, headers));
    }

    const Server& server() const { return *server_; }

private:
    StaticFiles files_;
    FunctionHandler handler_;
    WriterThread writer_;
    std::unique_ptr<Server> server_;
};

}  // namespace

TEST_CASE("weights of codings are read as RFC 9110 says") {
    struct Case {
        std::string_view header;
        std::string_view coding;
        uint32_t weight;
    };

    const Case one = GENERATE(values<Case>({{"", "identity", 1},
                                            {"", "br", 0},
                                            {"br", "br", 1'000},
                                            {"gzip, deflate, br", "br", 1'000},
                                            {"gzip;q=0.5, br;q=0.125", "br", 125},
                                            {"BR ; Q=1.000", "br", 1'000},
                                            {"br;q=0", "br", 0},
                                            {"*", "br", 1'000},
                                            {"*;q=0.3, br;q=0.7", "br", 700},
                                            {"*;q=0", "identity", 0},
                                            {"identity;q=0, *", "identity", 0},
                                            {"gzip", "identity", 1},
                                            {"identity", "identity", 1'000},
                                            {"br;q=2", "br", 0},
                                            {"br;q=1.5", "br", 1'000},
                                            {"br;q=0.1234", "br", 0},
                                            {"br;q=x", "br", 0},
                                            {"brotli", "br", 0},
                                            {",,br,,", "br", 1'000}}));
    CAPTURE(one.header, one.coding);
    CHECK(coding_weight(one.header, one.coding) == one.weight);
}

TEST_CASE("entity tags are compared weakly and in lists") {
    CHECK(names_etag("\"a\"", "\"a\""));
    CHECK(names_etag("W/\"a\"", "\"a\""));
    CHECK(names_etag("\"b\", \"a\"", "\"a\""));
    CHECK(names_etag("*", "\"a\""));
    CHECK_FALSE(names_etag("", "\"a\""));
    CHECK_FALSE(names_etag("a", "\"a\""));
    CHECK_FALSE(names_etag("\"ab\"", "\"a\""));
}

TEST_CASE("a hash in a name is told from words and dates") {
    CHECK(has_hash("app.3f9c01ab.js"));
    CHECK(has_hash("assets/app-3f9c01ab22ef.wasm"));
    CHECK(has_hash("a_0123456789abcdef.svg"));
    CHECK_FALSE(has_hash("index.html"));
    CHECK_FALSE(has_hash("report-20261123.js"));
    CHECK_FALSE(has_hash("app.3f9c01.js"));
    CHECK_FALSE(has_hash("3f9c01ab.js"));
    CHECK_FALSE(has_hash("service-worker.js"));
    CHECK_FALSE(has_hash("a.3f9c01ab/index.html"));
}

TEST_CASE("the smallest acceptable form is sent, with what caches must know") {
    const Folder folder;
    write_app(folder);
    const FileServer server(folder);

    struct Case {
        std::string_view accept;
        std::string_view coding;
        size_t size;
    };

    for (const Case& one :
         {Case{"Accept-Encoding: gzip, deflate, br\r\n", "br", 100}, Case{"Accept-Encoding: gzip\r\n", "gzip", 200},
          Case{"Accept-Encoding: br;q=0.5, gzip;q=0.8\r\n", "gzip", 200}, Case{"", "", 1'000},
          Case{"Accept-Encoding: identity\r\n", "", 1'000},
          Case{"Accept-Encoding: identity;q=0, *;q=0\r\n", "", 1'000}}) {
        CAPTURE(one.accept);
        const auto answer = server.get("/assets/app.3f9c01ab.wasm", one.accept);
        CHECK(answer.status == 200);
        CHECK(answer.body.size() == one.size);
        CHECK((answer.headers.contains("content-encoding") ? answer.headers.at("content-encoding") : "") == one.coding);
        CHECK(answer.headers.at("content-type") == "application/wasm");
        CHECK(answer.headers.at("vary") == "accept-encoding");
        CHECK(answer.headers.at("cache-control") == "public, max-age=31536000, immutable");
    }
}

TEST_CASE("what is known already is answered with 304, per form") {
    const Folder folder;
    write_app(folder);
    const FileServer server(folder);
    const auto plain = server.get("/assets/app.3f9c01ab.wasm");
    const auto brotli = server.get("/assets/app.3f9c01ab.wasm", "Accept-Encoding: br\r\n");
    const std::string plain_tag = plain.headers.at("etag");
    const std::string brotli_tag = brotli.headers.at("etag");
    CHECK(plain_tag != brotli_tag);
    const auto known = server.get("/assets/app.3f9c01ab.wasm", concat("If-None-Match: ", plain_tag, "\r\n"));
    CHECK(known.status == 304);
    CHECK(known.headers.at("etag") == plain_tag);
    CHECK(known.headers.at("vary") == "accept-encoding");
    CHECK(known.headers.contains("cache-control"));
    CHECK_FALSE(known.headers.contains("content-length"));
    CHECK(server.get("/assets/app.3f9c01ab.wasm", concat("Accept-Encoding: br\r\nIf-None-Match: ", plain_tag, "\r\n"))
              .status == 200);
    CHECK(server.get("/assets/app.3f9c01ab.wasm", "If-None-Match: \"other\", *\r\n").status == 304);
}

TEST_CASE("pages and the service worker are asked for again each time, with the security headers") {
    const Folder folder;
    write_app(folder);
    const FileServer server(folder);
    const std::string path = GENERATE("/", "/index.html", "/service-worker.js", "/help/", "/assets/empty.css");
    const auto answer = server.get(path);
    CAPTURE(path);
    CHECK(answer.status == 200);
    CHECK(answer.headers.at("cache-control") == "no-cache");
    CHECK(answer.headers.at("content-security-policy").find("default-src 'self'") == 0);
    CHECK(answer.headers.at("x-content-type-options") == "nosniff");
    CHECK(answer.headers.at("referrer-policy") == "no-referrer");
    CHECK(answer.headers.at("permissions-policy").find("camera=()") == 0);
    CHECK(answer.headers.at("cross-origin-opener-policy") == "same-origin");
    CHECK(answer.headers.at("cross-origin-resource-policy") == "same-origin");
    CHECK_FALSE(answer.headers.contains("vary"));
}

TEST_CASE("what is not there is a page that says so; what is the handler's goes to the handler") {
    const Folder folder;
    write_app(folder);
    const FileServer server(folder);
    for (const std::string_view path : {"/nothing", "/help", "/.secret", "/assets/", "/assets/app.3f9c01ab.wasm.br",
                                        "/apix", "/healthz2", "/index.html/"}) {
        CAPTURE(path);
        const auto answer = server.get(path);
        CHECK(answer.status == 404);
        CHECK(answer.headers.at("content-type") == "text/html; charset=utf-8");
        CHECK(answer.headers.contains("content-security-policy"));
    }
    CHECK(server.get("/api/x").body == "GET /api/x\n");
    CHECK(server.get("/healthz").body == "GET /healthz\n");
    const auto posted = ask(server.server().port(), post_request("/", "x"));
    CHECK(posted.status == 413);
    const auto wrong = ask(server.server().port(), "DELETE /index.html HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(wrong.status == 405);
    CHECK(wrong.headers.at("allow") == "GET, HEAD");
    RawClient client(server.server().port());
    client.send("HEAD /index.html HTTP/1.1\r\nHost: x\r\n\r\n" + get_request("/help/"));
    CHECK(client.receive(true).headers.at("content-length") == "41");
    CHECK(client.receive().body == "<p>help</p>");
}

TEST_CASE("assets may be named one by one, with their own paths and headers; a missing file is an error") {
    const Folder folder;
    write_app(folder);
    folder.write("404.html", "<p>our own page</p>");
    const std::vector<Asset> assets{{"/", "index.html", "text/html", "no-cache"},
                                    {"/404.html", "404.html", "text/html", "no-cache"},
                                    {"/module", "assets/app.3f9c01ab.wasm", "application/wasm", "max-age=5"}};
    const auto files = StaticFiles::load(folder.path(), assets, {{"x-own", "1"}}).value();
    CHECK(files.size() == 3);
    api::RequestHead head;
    head.method = "GET";
    head.path = "/module";
    head.headers = {{"accept-encoding", "br"}};
    const auto module = files.answer(head);
    CHECK(module.body.size() == 100);
    CHECK(module.header_lines.find("cache-control: max-age=5\r\n") != std::string::npos);
    CHECK(module.header_lines.find("x-own: 1\r\n") != std::string::npos);
    head.path = "/service-worker.js";
    CHECK(files.answer(head).status == 404);
    CHECK(files.answer(head).body == "<p>our own page</p>");
    CHECK(StaticFiles::load(folder.path(), {{"/x", "missing.js", "a", "b"}}, {}).error().field.ends_with("missing.js"));
    CHECK(StaticFiles::load(folder.path(), assets, {{"a", "b\r\nc: d"}}).error().field == "a");
    CHECK_FALSE(StaticFiles::load(folder.path(), {{"/", "index.html", "a\r\nb", "c"}}, {}).ok());
    CHECK_FALSE(assets_in(folder.path() / "nowhere").ok());
}

TEST_CASE("the carrier's metrics are well formed and count what happened") {
    const Folder folder;
    write_app(folder);
    const FileServer server(folder);
    server.get("/");
    server.get("/nothing");
    server.get("/api/x");
    ask(server.server().port(), "GET / HTTP/1.1\r\n\r\n");
    REQUIRE(eventually([&] { return server.server().metrics().requests_total() == 4; }));
    metrics::Exposition out;
    expose(server.server().metrics(), out);
    metrics::StrictParser parser;
    const std::string text = std::move(out).take();
    CHECK(parser.parse(text) == "");
    const auto requests = [&](std::string status, std::string route_class) {
        return parser.value("countersign_http_requests_total",
                            {{"class", std::move(route_class)}, {"status", std::move(status)}});
    };
    CHECK(requests("200", "file") == 1);
    CHECK(requests("404", "file") == 1);
    CHECK(requests("200", "read") == 1);
    CHECK(requests("400", "refused") == 1);
    CHECK(parser.value("countersign_http_rejected_total", {{"reason", "malformed"}}) == 1);
    CHECK(parser.value("countersign_http_connections_total", {}) == 4);
    CHECK(parser.value("countersign_http_request_seconds_count", {{"class", "file"}}) == 2);
    CHECK(parser.value("countersign_http_bytes_sent_total", {}) > 1'000);
}
