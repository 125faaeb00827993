#include "native/cli/http_carrier.h"

#include <algorithm>
#include <optional>

#include "core/base/concat.h"
#include "native/http/client.h"

namespace countersign::native {

namespace {

// A NextPiece in the client's terms: pieces come as they come, so their sum is not known before.
class Pieces : public http::ByteSource {
public:
    explicit Pieces(const Carrier::NextPiece& next) : next_(next) {}

    std::optional<uint64_t> size() const override { return std::nullopt; }

    Result<size_t> read(std::span<char> into) override {
        if (at_ == piece_.size()) {
            piece_.clear();
            at_ = 0;
            if (!CS_TRY(next_(piece_))) {
                return size_t{0};
            }
        }
        const size_t count = std::min(into.size(), piece_.size() - at_);
        std::copy_n(piece_.data() + at_, count, into.data());
        at_ += count;
        return count;
    }

private:
    const Carrier::NextPiece& next_;
    std::string piece_;
    size_t at_ = 0;
};

class HttpCarrier : public Carrier {
public:
    HttpCarrier(http::Endpoint endpoint, std::string token)
        : client_(std::move(endpoint), limits()), token_(std::move(token)) {}

    Result<Answered> ask(const Asked& asked, std::string body) override {
        http::ClientRequest request = request_of(asked);
        request.body = std::move(body);
        http::ClientResponse response = CS_TRY(client_.send(request));
        return Answered{response.status, std::move(response.body), cookie_of(response.header("set-cookie"))};
    }

    Result<Answered> send(const Asked& asked, const NextPiece& next) override {
        Pieces pieces(next);
        http::ClientRequest request = request_of(asked);
        request.source = &pieces;
        http::ClientResponse response = CS_TRY(client_.send(request));
        return Answered{response.status, std::move(response.body)};
    }

    Result<Answered> receive(const Asked& asked, const TakePiece& take) override {
        http::ClientResponse response = CS_TRY(client_.send(request_of(asked), take));
        return Answered{response.status, std::move(response.body)};
    }

    void use_cookie(std::string cookie) override { cookie_ = std::move(cookie); }

private:
    static http::ClientLimits limits() {
        http::ClientLimits out;
        // The last answer of a long import comes only after its last commit.
        out.silence_time = std::chrono::minutes(10);
        return out;
    }

    http::ClientRequest request_of(const Asked& asked) const {
        http::ClientRequest request;
        request.method = asked.method;
        request.target = asked.target;
        if (!cookie_.empty()) {
            request.headers.emplace_back("cookie", cookie_);
        } else if (!token_.empty()) {
            request.headers.emplace_back("authorization", concat("Bearer ", token_));
        }
        if (!asked.content_type.empty()) {
            request.headers.emplace_back("content-type", asked.content_type);
        }
        return request;
    }

    http::Client client_;
    std::string token_;
    std::string cookie_;
};

}  // namespace

Result<std::unique_ptr<Carrier>> make_http_carrier(const std::string& server, const std::string& token) {
    http::Endpoint endpoint = CS_TRY(http::parse_endpoint(server));
    return std::unique_ptr<Carrier>(std::make_unique<HttpCarrier>(std::move(endpoint), token));
}

}  // namespace countersign::native
