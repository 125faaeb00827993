#pragma once
// A streamed body whose pieces are each taken on the writing thread, one job a piece: constant memory, and the client
// sends on only after the piece before is durable.

#include <memory>
#include <string_view>

#include "native/http/handler.h"

namespace countersign::http {

// What the body is for; both calls run on the writer lane.
class PieceTaker {
public:
    virtual ~PieceTaker() = default;
    virtual Status take(std::string_view piece) = 0;
    virtual api::Response finish() = 0;
};

std::unique_ptr<BodySink> on_writer_lane(WriterLane& lane, std::shared_ptr<PieceTaker> taker);

}  // namespace countersign::http
