#pragma once
// How the client writes a request and reads an answer's body: the forms, without the socket. Internal to native/http.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "native/http/client.h"
#include "native/http/gzip.h"

namespace countersign::http {

inline constexpr size_t kClientPiece_bytes = size_t{64} * 1024;

// Errors: invalid_argument, when the request cannot be put into HTTP.
Status check_request(const ClientRequest& request);

// Whether the body goes as gzip: it is worth it, and whoever asked has not coded it already.
bool is_packed(const ClientRequest& request);

// `size` of the body as it goes; nothing when it goes in chunks.
std::string head_of(const ClientRequest& request, const Endpoint& endpoint, std::optional<uint64_t> size);

std::string chunk_of(std::string_view piece);

// Hands on what an answer's body is, whole or by pieces, without the gzip that it may have come in; the answer's
// headers then say nothing of it.
class BodyTaker {
public:
    BodyTaker(ClientResponse& response, size_t limit_bytes, const Client::OnPiece* on_piece);

    Status take(std::string_view piece);
    // After the last piece.
    Status finish() const;

private:
    Status hand_on(std::string_view piece);

    ClientResponse& response_;
    size_t limit_bytes_;
    const Client::OnPiece* on_piece_;
    std::unique_ptr<GzipReader> gzip_;
    bool came_ = false;
};

}  // namespace countersign::http
