#include "web/platform/web_transport.h"

#include <utility>

#include "web/platform/imports.h"
#include "web/wire/records.h"

namespace countersign::web {

void WebTransport::send(TransportRequest request, Done done) {
    // A path that is not the API's would be served by the service worker, or leave the origin.
    CS_CHECK(request.path.starts_with("/api/"));
    const uint32_t id = ++last_id_;
    waiting_.emplace(id, std::move(done));
    RecordWriter record;
    record.text(request.method).text(request.path).text(request.content_type).text(request.body);
    cs_js_send(id, record.bytes().data(), record.bytes().size());
}

void WebTransport::answered(uint32_t id, TransportResponse response) {
    finish(id, std::move(response));
}

void WebTransport::failed(uint32_t id, std::string_view sentence) {
    finish(id, fail(ErrorCode::unavailable, std::string(sentence)));
}

void WebTransport::finish(uint32_t id, Result<TransportResponse> result) {
    const auto found = waiting_.find(id);
    if (found == waiting_.end()) {
        return;
    }
    // Out of the map first: `done` may send the next request.
    const Done done = std::move(found->second);
    waiting_.erase(found);
    done(std::move(result));
}

std::string server_name() {
    char name[256];
    return std::string(name, cs_js_server_name(name, sizeof name));
}

void LiveChannel::follow(std::string_view path) {
    CS_CHECK(path.empty() || path.starts_with("/api/"));
    cs_js_follow(path.data(), path.size());
}

}  // namespace countersign::web
