#include "native/http/packing.h"

#include <algorithm>
#include <array>

#include "native/http/accept_encoding.h"
#include "native/http/gzip.h"
#include "native/http/status.h"

namespace countersign::http {
namespace {

constexpr std::array<std::string_view, 4> kPacked{"application/json", "application/problem+json", "application/jsonl",
                                                  "application/x-ndjson"};

class GzipSource final : public api::BodySource {
public:
    explicit GzipSource(std::unique_ptr<api::BodySource> source) : source_(std::move(source)) {}

    void pack(std::string_view piece, std::string& out) { gzip_.write(piece, out); }

    Result<bool> next(std::string& out) override {
        if (ended_) {
            return false;
        }
        std::string piece;
        ended_ = !CS_TRY(source_->next(piece));
        gzip_.write(piece, out);
        if (ended_) {
            gzip_.finish(out);
        }
        return true;
    }

private:
    std::unique_ptr<api::BodySource> source_;
    GzipWriter gzip_;
    bool ended_ = false;
};

}  // namespace

bool is_worth_packing(const api::Response& response, size_t size_bytes) {
    const std::string_view type = header_value(response.headers, "content-type");
    const std::string_view name = type.substr(0, type.find(';'));
    return size_bytes >= kWorthPacking_bytes && std::ranges::find(kPacked, name) != kPacked.end() &&
           header_value(response.headers, "content-encoding").empty();
}

void pack_whole(api::Response& response) {
    response.body = gzip(response.body);
    response.headers.emplace_back("content-encoding", "gzip");
}

void pack_source(api::Response& response, std::string& piece) {
    auto packed = std::make_unique<GzipSource>(std::move(response.source));
    std::string first;
    packed->pack(piece, first);
    piece = std::move(first);
    response.source = std::move(packed);
    response.headers.emplace_back("content-encoding", "gzip");
}

}  // namespace countersign::http
