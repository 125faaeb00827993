#include "native/http/client_message.h"

#include <algorithm>

#include "core/base/concat.h"
#include "native/http/accept_encoding.h"
#include "native/http/status.h"

namespace countersign::http {
namespace {

bool is_line(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != 0x7F; });
}

std::string hex(size_t number) {
    std::string digits;
    do {
        digits.insert(digits.begin(), "0123456789abcdef"[number & 15]);
        number >>= 4;
    } while (number != 0);
    return digits;
}

// The server's bytes are not what it said; nothing that whoever asked could change.
Error damaged(const Error& error) {
    return fail(ErrorCode::unavailable, concat("the server's answer is damaged: ", error.message));
}

}  // namespace

Status check_request(const ClientRequest& request) {
    const auto is_header = [](const api::Header& header) {
        return !header.first.empty() && is_line(header.first) &&
               header.first.find_first_of(": ") == std::string::npos && is_line(header.second);
    };
    if (!std::ranges::all_of(request.headers, is_header)) {
        return fail(ErrorCode::invalid_argument, "a header of the request holds a character that no header may hold");
    }
    if (!request.target.starts_with('/') || !is_line(request.target) || request.target.find(' ') != std::string::npos) {
        return fail(ErrorCode::invalid_argument, "the request's path must start with '/' and be escaped",
                    request.target);
    }
    return success();
}

bool is_packed(const ClientRequest& request) {
    const auto says_coding = [](const api::Header& header) { return header.first == "content-encoding"; };
    if (std::ranges::any_of(request.headers, says_coding)) {
        return false;
    }
    const uint64_t size = request.source != nullptr ? request.source->size().value_or(UINT64_MAX) : request.body.size();
    return size >= kWorthPacking_bytes;
}

std::string head_of(const ClientRequest& request, const Endpoint& endpoint, std::optional<uint64_t> size) {
    std::string head = concat(request.method, ' ', request.target, " HTTP/1.1\r\nhost: ", endpoint.text(),
                              "\r\nuser-agent: countersign\r\naccept-encoding: gzip\r\n");
    for (const auto& [name, value] : request.headers) {
        head += concat(name, ": ", value, "\r\n");
    }
    if (is_packed(request)) {
        head += "content-encoding: gzip\r\n";
    }
    if (!size) {
        head += "transfer-encoding: chunked\r\n";
    } else if (*size > 0 || request.method != "GET") {
        head += concat("content-length: ", *size, "\r\n");
    }
    return head + "\r\n";
}

std::string chunk_of(std::string_view piece) {
    return concat(hex(piece.size()), "\r\n", piece, "\r\n");
}

BodyTaker::BodyTaker(ClientResponse& response, size_t limit_bytes, const Client::OnPiece* on_piece)
    : response_(response), limit_bytes_(limit_bytes), on_piece_(on_piece) {
    if (is_coding(response.header("content-encoding"), "gzip")) {
        std::erase_if(response.headers, [](const api::Header& header) {
            return header.first == "content-encoding" || header.first == "content-length";
        });
        gzip_ = std::make_unique<GzipReader>(GzipRatio{.ratio = 0});
    }
}

Status BodyTaker::take(std::string_view piece) {
    came_ = came_ || !piece.empty();
    if (gzip_ == nullptr) {
        return hand_on(piece);
    }
    std::string unpacked;
    do {
        unpacked.clear();
        if (const Status read = gzip_->read(piece, unpacked, kClientPiece_bytes); !read.ok()) {
            return damaged(read.error());
        }
        CS_TRY_STATUS(hand_on(unpacked));
    } while (unpacked.size() == kClientPiece_bytes);
    return success();
}

Status BodyTaker::finish() const {
    if (gzip_ == nullptr || !came_) {
        return success();
    }
    const Status whole = gzip_->finish();
    return whole.ok() ? success() : Status(damaged(whole.error()));
}

Status BodyTaker::hand_on(std::string_view piece) {
    if (on_piece_ != nullptr) {
        return piece.empty() ? success() : (*on_piece_)(piece);
    }
    if (response_.body.size() + piece.size() > limit_bytes_) {
        return fail(ErrorCode::exhausted, concat("the answer is larger than ", limit_bytes_, " bytes"));
    }
    response_.body += piece;
    return success();
}

}  // namespace countersign::http
