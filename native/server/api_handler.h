#pragma once
// The API behind HTTP: brings each request to the lane that its plan names, with that lane's workspace, unless whoever
// asks has come too often.

#include <memory>
#include <string>

#include "core/api/server.h"
#include "native/http/handler.h"
#include "native/http/metrics.h"
#include "native/server/reader_pool.h"
#include "native/server/slow_lane.h"
#include "native/server/throttle.h"
#include "native/server/writer.h"

namespace countersign::native {

class ApiHandler : public http::Handler {
public:
    ApiHandler(const DataFolder& folder, const api::ServerSettings& settings, Writer& writer,
               const Throttle::Options& throttle)
        : readers_(folder, settings), writer_(writer), throttle_(throttle) {}

    // For /metrics; set once the server stands, before that the page is shorter.
    void watch(const http::Metrics* metrics) { http_metrics_.store(metrics); }

    api::Plan plan(const api::RequestHead& head) override;
    void answer(const api::RequestHead& head, std::string body, http::Reply reply) override;
    Result<std::unique_ptr<http::BodySink>> open(const api::RequestHead& head) override;

private:
    void sign_in(const api::RequestHead& head, std::string body, const http::Reply& reply);
    void answer_slowly(api::RequestHead head, std::string body, const http::Reply& reply);
    // A response, or what a response still has to write: that goes to the writer and is answered from there.
    void finish(api::Response response, const http::Reply& reply);
    api::Response metrics_page(const api::RequestHead& head) const;

    ReaderPool readers_;
    Writer& writer_;
    Throttle throttle_;
    SlowLane slow_;
    std::atomic<const http::Metrics*> http_metrics_{nullptr};
};

}  // namespace countersign::native
