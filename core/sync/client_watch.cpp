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
        status_.log_problem = missing.error();
        count();
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

void SyncClient::take_server(const TransportResponse& response) {
    const auto json = parse_json(response.body, {.total_bytes = 1 << 20});
    if (!json.ok()) {
        failed(fail(ErrorCode::unavailable, "the server's answer was cut off"), watch_);
        return;
    }
    const std::string key = json.value().text_of("log_key");
    // A server without a key signs nothing.
    if (!key.empty() && log_watch_->keep_key(key).ok()) {
        watch_.wanted = true;
    }
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
