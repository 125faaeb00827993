// SyncClient looks after the server's log: the key once, then tiles for each checkpoint that is worth it.

#include "core/base/concat.h"
#include "core/json/json.h"
#include "core/sync/client.h"

namespace countersign::sync {

void SyncClient::told(const std::string& checkpoint) {
    if (!checkpoint.empty() && checkpoint != checkpoint_ && !watch_.in_flight) {
        checkpoint_ = checkpoint;
        watch_.wanted = true;
    }
}

void SyncClient::start_watch() {
    watch_.wanted = false;
    const auto key = log_watch_->key();
    if (key.ok() && !key.value()) {
        request({"GET", "/api/v1/server", "", ""}, &SyncClient::take_server, watch_);
        return;
    }
    const auto wanted = log_watch_->wants(checkpoint_);
    if (wanted.ok() && !wanted.value()) {
        return;
    }
    const auto missing = wanted.ok() ? log_watch_->check(checkpoint_) : Result<std::vector<Tile>>(wanted.error());
    changed_ = true;
    if (!missing.ok()) {
        doubt(missing.error());
        return;
    }
    if (missing.value().empty()) {
        status_.log_problem.reset();
        count();
        return;
    }
    wanted_tile_ = missing.value().front();
    request({"GET", path(concat("/log/", tile_path(*wanted_tile_))), "", ""}, &SyncClient::take_tile, watch_);
}

// Tiles may be those of a server that was put back meanwhile: it is asked, and answers, before it is accused.
void SyncClient::doubt(const Error& why) {
    if (why.code == ErrorCode::corrupt && stood_by_ != checkpoint_) {
        request({"GET", "/api/v1/server", "", ""}, &SyncClient::take_life, watch_);
        return;
    }
    if (why.code == ErrorCode::corrupt) {
        static_cast<void>(log_watch_->dispute(checkpoint_).ok());  // the problem is shown all the same
    }
    status_.log_problem = why;
    count();
}

// What the server said of itself; nothing when that was cut off on the way.
std::optional<Json> SyncClient::read_server(const TransportResponse& response) {
    auto json = parse_json(response.body, {.total_bytes = 1 << 20});
    if (!json.ok()) {
        failed(fail(ErrorCode::unavailable, "the server's answer was cut off"), watch_);
        return std::nullopt;
    }
    return std::move(json).value();
}

void SyncClient::take_server(const TransportResponse& response) {
    const auto server = read_server(response);
    const std::string key = server ? server->text_of("log_key") : std::string();
    // A server without a key signs nothing.
    if (!key.empty() && log_watch_->keep_key(key).ok()) {
        watch_.wanted = true;
    }
}

// In which life the server is whose log is in doubt.
void SyncClient::take_life(const TransportResponse& response) {
    const auto server = read_server(response);
    if (!server) {
        return;
    }
    if (LogWatch::is_of(checkpoint_, server->text_of("incarnation"))) {
        stood_by_ = checkpoint_;
        watch_.wanted = true;
        return;
    }
    checkpoint_.clear();
    poke();  // the pull hears what became of it
}

void SyncClient::take_tile(const TransportResponse& response) {
    // One that was cut off on the way says nothing about the log.
    if (response.body.size() != size_t{wanted_tile_->width} * sizeof(Digest)) {
        failed(fail(ErrorCode::unavailable, "the server's answer was cut off"), watch_);
        return;
    }
    log_watch_->take(*wanted_tile_, response.body);
    watch_.wanted = true;
}

}  // namespace countersign::sync
