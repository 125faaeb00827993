// Ingest of predictions and push of decisions by the whole server, without the network, against a bare loop of SQLite
// inserts of the same bytes in the same batches, on the same disk, WAL and synchronous FULL. Usage:
//   store_bench FOLDER [predictions] [decisions]      (FOLDER is made, and left for desk_bench; not part of the tests)
// "x" is speed relative to the bare loop: 0.50 means twice its time.

#include <cstdlib>
#include <deque>
#include <filesystem>

#include "bench/measure.h"
#include "core/api/server.h"
#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/store/schema.h"
#include "core/sync/client.h"
#include "core/sync/device.h"
#include "native/server/local_api.h"

namespace {

using namespace countersign;
using bench::Stopwatch;

constexpr size_t kLinesPerBatch = 1'000;
constexpr const char* kPolicy = R"json({
  "format": "countersign-policy-1", "name": "Benchmark", "task": {"type": "single_label", "question": "Which?"},
  "labels": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}, {"id": "c", "name": "C"}],
  "tiers": [{"id": "auto", "kind": "auto"}, {"id": "quick", "kind": "quick", "due": "8h"},
            {"id": "full", "kind": "full", "due": "2h"}],
  "routes": [{"id": "words", "when": "item.text.contains('urgent')", "tier": "full"},
             {"id": "unsure", "when": "prediction.confidence < 0.2", "tier": "full"},
             {"id": "rest", "when": "true", "tier": "quick"}]})json";

[[noreturn]] void stop(const std::string& why) {
    std::fprintf(stderr, "store_bench: %s\n", why.c_str());
    std::exit(1);
}

template <class T>
T need(Result<T> result) {
    return result.ok() ? std::move(result).value() : (stop(result.error().text()), std::move(result).value());
}

void need(const Status& status) {
    if (!status.ok()) {
        stop(status.error().text());
    }
}

std::string line(size_t number) {
    JsonWriter writer;
    writer.begin_object().member("id", concat("item-", number));
    writer.name("input").begin_object();
    writer.member("text", concat("Message number ", number, " about something on street ", number % 977,
                                 ", told in a sentence or two so that the text has a usual length of letters."));
    writer.end_object().name("prediction").begin_object().member("model", "bench-1").member("label", "a");
    writer.name("confidence").decimal(concat("0.", 100'000 + number * 7'919 % 900'000));
    return std::move(writer.end_object().end_object()).take() + "\n";
}

// What anybody would write first: one table, one prepared insert, the same transactions.
double bare_inserts(const std::filesystem::path& file, size_t count, const std::function<std::string(size_t)>& bytes,
                    size_t per_batch) {
    auto database = need(store::Database::open({.path = file.string(), .cache_kib = 64 * 1024}));
    need(database->execute("CREATE TABLE line(no INTEGER PRIMARY KEY, bytes TEXT NOT NULL) STRICT"));
    const Stopwatch watch;
    for (size_t i = 0; i < count; i += per_batch) {
        need(database->begin());
        for (size_t j = i; j < std::min(count, i + per_batch); ++j) {
            store::Statement insert = need(database->prepare("INSERT INTO line(no, bytes) VALUES (?, ?)"));
            need(insert.bind(static_cast<int64_t>(j)).bind(bytes(j)).run());
        }
        need(database->commit());
    }
    return watch.seconds();
}

api::RequestHead head(native::LocalApi& server, std::string_view method, std::string_view target,
                      std::string_view cookie) {
    api::RequestHead out = need(native::local_head(method, target));
    out.headers = {{"content-type", target.ends_with("predictions") || target.ends_with("operations")
                                        ? "application/jsonl"
                                        : "application/json"}};
    if (cookie.empty()) {
        out.headers.emplace_back("authorization", concat("Bearer ", server.token()));
    } else {
        out.headers.emplace_back("cookie", cookie);
    }
    return out;
}

double ingest(native::LocalApi& server, size_t count) {
    auto sink =
        need(api::open_sink(head(server, "POST", "/api/v1/projects/bench/predictions", ""), server.workspace()));
    const Stopwatch watch;
    std::string piece;
    for (size_t i = 0; i < count; ++i) {
        piece += line(i);
        if (piece.size() > 60'000 || i + 1 == count) {
            const auto work = need(sink->feed(piece));
            if (work) {
                need(work(server.workspace()));
            }
            piece.clear();
        }
    }
    const api::Response response = sink->finish(server.workspace());
    if (response.status >= 300) {
        stop(response.body);
    }
    return watch.seconds();
}

// The device's transport: the server by function call, and how long it worked on pushes.
class Wire final : public Transport {
public:
    explicit Wire(native::LocalApi& server) : server_(server) {
        api::Response response = need(server.answer_whole(head(server, "POST", "/api/v1/session/demo", "none"), "{}"));
        for (const api::Header& header : response.headers) {
            cookie_ = header.first == "set-cookie" ? header.second.substr(0, header.second.find(';')) : cookie_;
        }
    }

    void send(TransportRequest request, Done done) override {
        waiting_.emplace_back(std::move(request), std::move(done));
    }

    bool deliver() {
        const bool any = !waiting_.empty();
        for (auto& [request, done] : std::exchange(waiting_, {})) {
            const Stopwatch watch;
            api::Response response =
                need(server_.answer_whole(head(server_, request.method, request.path, cookie_), request.body));
            if (request.method == "POST") {
                push_s += watch.seconds();
                pushed_bytes += request.body.size();
                ++pushes;
            }
            done(TransportResponse{response.status, "application/json", std::move(response.body)});
        }
        return any;
    }

    double push_s = 0;
    size_t pushed_bytes = 0;
    size_t pushes = 0;

private:
    native::LocalApi& server_;
    std::string cookie_;
    std::deque<std::pair<TransportRequest, Done>> waiting_;
};

void settle(sync::SyncClient& client, Wire& wire) {
    for (bool busy = true; busy;) {
        client.run();
        busy = wire.deliver() || client.next_run() == Duration{0};
    }
}

void push(native::LocalApi& server, const std::filesystem::path& folder, size_t decisions) {
    native::SystemClock clock;
    native::SystemEntropy entropy;
    auto database = need(store::open_store({.path = (folder / "device.db").string()}));
    auto device = need(sync::Device::open(*database, clock, entropy));
    Wire wire(server);
    sync::SyncClient client(device, wire, clock, entropy);
    const ActorId demo("demo");
    const ProjectId project("bench");
    client.start(demo, project);
    settle(client, wire);
    const Stopwatch deciding;
    for (size_t i = 0; i < decisions; ++i) {
        SubmitReview review;
        review.draft.verdict = Verdict::accept;
        need(device.submit({project, ItemId(concat("item-", i)), demo, review}).ok()
                 ? success()
                 : Status(fail(ErrorCode::internal, "decision refused")));
    }
    const double decided_s = deciding.seconds();
    client.operation_added();
    settle(client, wire);
    const size_t bytes_each = wire.pushed_bytes / std::max<size_t>(1, decisions);
    const size_t per_push = decisions / std::max<size_t>(1, wire.pushes);
    const double bare_s = bare_inserts(
        folder / "bare-push.db", decisions, [&](size_t) { return std::string(bytes_each, 'x'); }, per_push);
    std::printf("\n%zu decisions in %zu pushes, %zu bytes each\n", decisions, wire.pushes, bytes_each);
    bench::row("bare inserts of the same bytes", bare_s, static_cast<int64_t>(decisions), bare_s);
    bench::row("server: check, log, commit, answer", wire.push_s, static_cast<int64_t>(decisions), bare_s);
    bench::row("device: decide, log, fsync each", decided_s, static_cast<int64_t>(decisions), bare_s);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        stop("usage: store_bench FOLDER [predictions] [decisions]");
    }
    const std::filesystem::path folder = argv[1];
    const size_t count = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000;
    const size_t decisions = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 10'000;
    if (std::filesystem::exists(folder)) {
        stop("the folder exists; name a new one");
    }
    std::filesystem::create_directories(folder);
    auto server = need(native::LocalApi::open(need(native::DataFolder::open(folder)), "a benchmark", true));
    JsonWriter project;
    project.begin_object().member("id", "bench").member("name", "Benchmark");
    project.name("policy").raw(kPolicy).end_object();
    const api::Response made =
        need(server->answer_whole(head(*server, "POST", "/api/v1/projects", ""), std::move(project).take()));
    if (made.status >= 300) {
        stop(made.body);
    }
    std::printf("%zu predictions of some %zu bytes\n", count, line(1).size());
    const double bare_s = bare_inserts(folder / "bare.db", count, line, kLinesPerBatch);
    bench::row("bare inserts of the same lines", bare_s, static_cast<int64_t>(count), bare_s);
    const double ingest_s = ingest(*server, count);
    bench::row("server: parse, route, log, index, commit", ingest_s, static_cast<int64_t>(count), bare_s);
    std::printf("peak memory of the process: %lld MiB\n", static_cast<long long>(bench::peak_memory_mib()));
    push(*server, folder, decisions);
}
