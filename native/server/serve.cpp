#include "native/server/serve.h"

#include <optional>

#include <unistd.h>

#include "core/base/concat.h"
#include "native/http/server.h"
#include "native/platform/allocator.h"
#include "native/server/api_handler.h"
#include "native/server/data_folder.h"
#include "native/server/site.h"
#include "native/server/subject_keys.h"

namespace countersign::native {

namespace {

bool is_loopback(const std::string& address) {
    return address.starts_with("127.") || address == "::1";
}

api::ServerSettings settings_of(const ServeOptions& options, std::string_view token) {
    api::ServerSettings settings;
    settings.demo = options.demo;
    settings.secure = options.behind_tls;
    settings.version = version_text();
    settings.local_token = sha256(token);
    settings.limits = options.limits.api;
    return settings;
}

}  // namespace

// In the order in which they depend on each other; destroyed in reverse.
struct RunningService::Parts {
    Parts(DataFolder f, FileLock l, const ServeOptions& options, std::string t)
        : folder(std::move(f)), lock(std::move(l)), token(std::move(t)), settings(settings_of(options, token)) {}

    DataFolder folder;
    FileLock lock;
    std::string token;
    api::ServerSettings settings;
    std::optional<http::StaticFiles> files;
    std::unique_ptr<Writer> writer;
    std::unique_ptr<ApiHandler> handler;
    std::unique_ptr<http::Server> server;
};

namespace {

Result<std::unique_ptr<http::Server>> listen(const ServeOptions& options, const http::StaticFiles* files,
                                             ApiHandler& handler, Writer& writer) {
    http::ServerOptions out;
    out.address = options.address;
    out.port = options.port;
    out.files = files;
    out.allowed_hosts = options.hosts;
    out.trusted_proxies = options.trusted_proxies;
    out.limits = options.limits.http;
    if (out.allowed_hosts.empty() && is_loopback(options.address)) {
        out.allowed_hosts = {"localhost", "127.0.0.1", "[::1]"};
    }
    return http::Server::start(std::move(out), handler, writer);
}

}  // namespace

RunningService::RunningService(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Result<std::unique_ptr<RunningService>> RunningService::start(const ServeOptions& options) {
    keep_memory_between_requests();
    DataFolder folder = CS_TRY(DataFolder::open(options.data));
    FileLock lock =
        CS_TRY(folder.lock(concat("a Countersign server (process ", static_cast<int64_t>(::getpid()), ")")));
    SystemEntropy entropy;
    auto parts = std::make_unique<Parts>(std::move(folder), std::move(lock), options, to_hex(entropy.bytes(32)));
    if (!options.site.empty()) {
        parts->files = CS_TRY(load_site(options.site));
    }
    std::unique_ptr<store::Database> database = CS_TRY(parts->folder.open_writer());
    LogKeeper keeper = CS_TRY(LogKeeper::open(parts->folder.path(), *database, entropy));
    CS_TRY_STATUS(put_texts_in_order(*database, SystemClock().now()));
    parts->settings.log_key = keeper.public_key();
    parts->writer =
        std::make_unique<Writer>(std::move(database), Chores(std::move(keeper)), parts->settings, Writer::Options{});
    parts->handler = std::make_unique<ApiHandler>(
        parts->folder, parts->settings, *parts->writer,
        Throttle::Options{options.limits.rates, options.limits.http.count_loopback, parts->settings.local_token});
    parts->server = CS_TRY(listen(options, parts->files ? &*parts->files : nullptr, *parts->handler, *parts->writer));
    parts->handler->watch(&parts->server->metrics());
    parts->writer->on_news(
        [server = parts->server.get()](const ProjectId& project, EventSeq seq) { server->poke(project.text, seq); });
    parts->writer->start();
    CS_TRY_STATUS(parts->folder.announce({parts->server->address(), parts->token}));
    return std::unique_ptr<RunningService>(new RunningService(std::move(parts)));
}

RunningService::~RunningService() {
    request_stop();
    wait();
    parts_->folder.withdraw_announcement();
}

std::string RunningService::address() const {
    return parts_->server->address();
}

void RunningService::request_stop() noexcept {
    parts_->server->request_stop();
}

void RunningService::wait() {
    parts_->server->wait();
    parts_->writer->stop();
}

std::string version_text() {
    return COUNTERSIGN_VERSION;
}

}  // namespace countersign::native
