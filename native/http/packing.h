#pragma once
// Answers as gzip: which are worth it, and the packing itself. Internal to native/http.
//
// JSON and JSON Lines from 1 KiB on, for clients that take gzip; such an answer says that it varies, also when it goes
// plain. Nothing that a client chose stands in one answer with a secret that it does not know (a session's secret is in
// a header, a token's is told once in fewer bytes), so the size of a packed answer tells nobody anything.

#include <memory>
#include <string>
#include <string_view>

#include "core/api/exchange.h"

namespace countersign::http {

// Whether answers of this type and size are packed where the client takes it.
bool is_worth_packing(const api::Response& response, size_t size_bytes);

// Packs what the response has as a whole; adds its headers.
void pack_whole(api::Response& response);
// From now on the source gives the packed form of what it would have given; `piece`, which it gave before, too.
void pack_source(api::Response& response, std::string& piece);

}  // namespace countersign::http
