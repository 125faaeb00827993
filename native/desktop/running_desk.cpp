#include "native/desktop/running_desk.h"

#include <utility>

#include "core/base/concat.h"
#include "native/desktop/link/folder_exchange.h"
#include "native/desktop/link/http_exchange.h"
#include "native/desktop/say.h"

namespace countersign::desktop {

namespace {

constexpr HttpLiveFeed::Pauses kPauses{std::chrono::milliseconds(1'000), std::chrono::milliseconds(60'000)};

// "127.0.0.1:8080" as a name of a folder.
std::string folder_name(std::string_view server) {
    std::string out;
    for (const char c : server) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
        out.push_back(plain ? c : '_');
    }
    return out;
}

// The first request of all: the desk's own question who is signed in comes after it and finds the session.
void sign_in_to_demo(Transport& transport) {
    transport.send({"POST", "/api/v1/session/demo", "application/json", "{}"}, [](Result<TransportResponse> answer) {
        if (!answer.ok()) {
            say(answer.error().text());
        } else if (answer.value().status != 200) {
            say("the server is no demo; sign in with name and password");
        }
    });
}

}  // namespace

Result<Target> find_target(const Options& options, const Places& places) {
    Target target;
    if (!options.server.empty()) {
        target.server = CS_TRY(http::parse_endpoint(options.server));
        target.name = target.server->text();
        target.store = places.data() / "countersign" / folder_name(target.name) / "desk.db";
    } else {
        target.folder = CS_TRY(native::DataFolder::open(options.data));
        std::error_code ignored;
        target.name = concat("the folder ", std::filesystem::absolute(target.folder->path(), ignored).string());
        // Beside the data, so that both move, and go, together.
        target.store = target.folder->path() / "desk.db";
        if (const auto running = target.folder->running()) {
            target.server = CS_TRY(http::parse_endpoint(running->address));
            target.name = target.server->text();
        }
    }
    if (!options.store.empty()) {
        target.store = options.store;
    }
    return target;
}

Result<std::unique_ptr<RunningDesk>> RunningDesk::open(const Options& options, const Places& places,
                                                       const Target& target, Inbox& inbox) {
    auto out = std::unique_ptr<RunningDesk>(new RunningDesk());
    out->server_name_ = target.name;
    out->store_ = CS_TRY(DeviceStore::open(target.store));
    out->location_ = out->store_->location();
    std::unique_ptr<Exchange> exchange;
    if (target.server) {
        auto cookies = std::make_shared<CookieJar>(out->clock_, target.store.string() + ".session");
        exchange = std::make_unique<HttpExchange>(*target.server, cookies);
        out->live_ = std::make_unique<HttpLiveFeed>(
            *target.server, cookies, inbox, out->entropy_, [desk = out.get()] { desk->desk_->poke(); }, kPauses);
    } else {
        auto local = CS_TRY(native::LocalApi::open(*target.folder, "a Countersign desk", options.demo));
        auto folder = std::make_unique<FolderExchange>(std::move(local), std::make_shared<CookieJar>(out->clock_, ""));
        if (!options.demo) {
            CS_TRY_STATUS(folder->sign_in(ActorId(options.account.empty() ? places.person() : options.account)));
        }
        exchange = std::move(folder);
        out->live_ = std::make_unique<NoNews>();
    }
    out->transport_ = std::make_unique<WorkerTransport>(std::move(exchange), inbox);
    if (options.demo) {
        sign_in_to_demo(*out->transport_);
    }
    return out;
}

void RunningDesk::start(shell::Host& host) {
    desk_ = shell::make_desk({.host = host,
                              .clock = clock_,
                              .entropy = entropy_,
                              .transport = *transport_,
                              .live = *live_,
                              .database = store_->database(),
                              .storage = {shell::StorageKind::file, true},
                              .server_name = server_name_});
}

RunningDesk::~RunningDesk() = default;

void RunningDesk::keep_location(const std::string& location) {
    if (location == location_) {
        return;
    }
    location_ = location;
    // Worth no more than a word: the desk works on, and opens where it was before.
    if (const Status kept = store_->keep_location(location); !kept.ok()) {
        say(kept.error().text());
    }
}

Status RunningDesk::close() {
    const Status closed = desk_ == nullptr ? success() : desk_->close();
    desk_.reset();
    live_.reset();
    transport_.reset();
    store_.reset();
    return closed;
}

}  // namespace countersign::desktop
