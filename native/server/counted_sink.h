#pragma once
// Counts the items of an import while they pass: lines of JSON Lines as they come, so that a request that is broken off
// has counted, too; those of a JSON document, of which a broken one stores nothing, from the answer.

#include <functional>
#include <memory>
#include <string_view>

#include "native/http/handler.h"

namespace countersign::native {

std::unique_ptr<http::BodySink> make_counted_sink(std::unique_ptr<http::BodySink> sink, std::string_view content_type,
                                                  std::function<void(int64_t items)> count);

}  // namespace countersign::native
