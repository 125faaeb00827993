#pragma once
// A streamed body on its way to the writer: pieces are parsed on the network thread while the piece before is written.

#include <memory>

#include "core/api/exchange.h"
#include "native/http/handler.h"
#include "native/server/writer.h"

namespace countersign::native {

std::unique_ptr<http::BodySink> make_stream_sink(Writer& writer, std::unique_ptr<api::BodySink> sink);

}  // namespace countersign::native
