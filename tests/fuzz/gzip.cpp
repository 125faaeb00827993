// gzip from outside, in pieces: bounded whatever it claims, the same in any pieces; and what we pack comes out again.

#include "native/http/gzip.h"

#include "tests/fuzz/input.h"

using namespace countersign;
using namespace countersign::fuzz;

namespace {

struct Outcome {
    std::string text;
    bool good = false;
    bool operator==(const Outcome&) const = default;
};

Outcome unpack(std::string_view packed, size_t step, size_t room) {
    Outcome out;
    http::GzipReader reader;
    for (size_t at = 0; at < packed.size(); at += step) {
        std::string_view piece = packed.substr(at, step);
        for (bool more = true; more;) {
            std::string some;
            const Status read = reader.read(piece, some, room);
            CS_CHECK(some.size() <= room);
            out.text += some;
            if (!read.ok()) {
                must_be_told(read.error());
                return out;
            }
            more = some.size() == room || !piece.empty();
        }
    }
    out.good = reader.finish().ok();
    return out;
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view bytes = text_of(data, size);
    const Outcome whole = unpack(bytes, size + 1, 65'536);
    CS_CHECK(whole.text.size() <= http::GzipRatio{}.grace_bytes + http::GzipRatio{}.ratio * size + 65'536);
    const Outcome in_pieces = unpack(bytes, 1 + size % 7, 1 + size % 1'000);
    CS_CHECK(in_pieces.good == whole.good);
    CS_CHECK(!whole.good || in_pieces.text == whole.text);
    const Outcome ours = unpack(http::gzip(bytes), 1 + size % 11, 1'000);
    CS_CHECK(ours.good && ours.text == bytes);
    return 0;
}
