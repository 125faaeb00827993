#include "native/http/gzip.h"

#include <algorithm>

#include <zlib.h>

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/base/out_of_memory.h"

namespace countersign::http {
namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;
constexpr size_t kOutputStep_bytes = size_t{16} * 1024;
// Our JSON packs to a fifth at any level; the lowest takes a third of the default's time or less.
constexpr int kLevel = 1;
// A writer's own bound: half of what readers allow.
constexpr uint64_t kWrittenRatio = GzipRatio{}.ratio / 2;
constexpr uint64_t kWrittenGrace_bytes = GzipRatio{}.grace_bytes / 2;

// zlib counts in 32 bits.
uInt at_once(size_t bytes) {
    return static_cast<uInt>(std::min<size_t>(bytes, size_t{1} << 30));
}

Bytef* input_of(std::string_view bytes) {
    // zlib does not write there; its interface is older than const.
    return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));  // NOLINT
}

Bytef* output_of(std::string& bytes, size_t from) {
    return reinterpret_cast<Bytef*>(bytes.data() + from);
}

}  // namespace

struct GzipReader::Stream {
    z_stream z{};
};

GzipReader::GzipReader(GzipRatio bound) : stream_(std::make_unique<Stream>()), bound_(bound) {
    if (inflateInit2(&stream_->z, kGzipOnly) != Z_OK) {
        out_of_memory();
    }
}

GzipReader::~GzipReader() {
    inflateEnd(&stream_->z);
}

Status GzipReader::read(std::string_view& in, std::string& out, size_t at_most) {
    z_stream& z = stream_->z;
    while (out.size() < at_most) {
        const size_t before = out.size();
        const size_t room = std::min(at_most - before, kOutputStep_bytes);
        out.resize(before + room);
        z.next_in = input_of(in);
        z.avail_in = at_once(in.size());
        const uInt offered = z.avail_in;
        z.next_out = output_of(out, before);
        z.avail_out = static_cast<uInt>(room);
        const int result = inflate(&z, Z_NO_FLUSH);
        const uInt used = offered - z.avail_in;
        const size_t made = room - z.avail_out;
        out.resize(before + made);
        in.remove_prefix(used);
        taken_ += used;
        given_ += made;
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
            return fail(ErrorCode::invalid_argument, between_members_ && members_ > 0
                                                         ? "bytes that are no gzip stand behind the gzip stream"
                                                         : "the body is not valid gzip, or damaged");
        }
        if (bound_.ratio != 0 && given_ > bound_.grace_bytes + bound_.ratio * taken_) {
            return fail(ErrorCode::exhausted,
                        concat("the body unpacks to more than ", bound_.ratio, " times its size"));
        }
        between_members_ = between_members_ && used == 0;
        if (result == Z_STREAM_END) {
            between_members_ = true;
            ++members_;
            inflateReset(&z);
        }
        if (in.empty() && made < room) {
            return success();
        }
    }
    return success();
}

Status GzipReader::finish() const {
    if (between_members_ && members_ > 0) {
        return success();
    }
    return fail(ErrorCode::invalid_argument, "the gzip body ends before its end");
}

struct GzipWriter::Stream {
    z_stream z{};
};

GzipWriter::GzipWriter() : stream_(std::make_unique<Stream>()) {
    constexpr int kUsualMemory = 8;
    if (deflateInit2(&stream_->z, kLevel, Z_DEFLATED, kGzipOnly, kUsualMemory, Z_DEFAULT_STRATEGY) != Z_OK) {
        out_of_memory();
    }
}

GzipWriter::~GzipWriter() {
    deflateEnd(&stream_->z);
}

void GzipWriter::run(std::string_view piece, int flush, std::string& out) {
    z_stream& z = stream_->z;
    do {
        z.next_in = input_of(piece);
        z.avail_in = at_once(piece.size());
        const uInt offered = z.avail_in;
        const size_t before = out.size();
        out.resize(before + kOutputStep_bytes);
        z.next_out = output_of(out, before);
        z.avail_out = kOutputStep_bytes;
        // Z_BUF_ERROR says that there was nothing left to do.
        const int result = deflate(&z, flush);
        CS_CHECK(result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR);
        const size_t made = kOutputStep_bytes - z.avail_out;
        out.resize(before + made);
        given_ += made;
        taken_ += offered - z.avail_in;
        piece.remove_prefix(offered - z.avail_in);
    } while (!piece.empty() || z.avail_out == 0);
}

// What packs too well would be refused by the other side's bound: then a piece now and then goes as it is.
void GzipWriter::stay_readable(std::string& out) {
    const auto dense = [&] { return taken_ > kWrittenGrace_bytes + kWrittenRatio * given_; };
    if (dense() == storing_) {
        return;
    }
    run({}, Z_SYNC_FLUSH, out);  // for the true count: zlib keeps much back
    if (dense() == storing_) {
        return;
    }
    storing_ = !storing_;
    z_stream& z = stream_->z;
    std::string header(kOutputStep_bytes, '\0');
    z.next_in = nullptr;
    z.avail_in = 0;
    z.next_out = output_of(header, 0);
    z.avail_out = kOutputStep_bytes;
    CS_CHECK(deflateParams(&z, storing_ ? 0 : kLevel, Z_DEFAULT_STRATEGY) == Z_OK);
    header.resize(kOutputStep_bytes - z.avail_out);
    given_ += header.size();
    out += header;
}

void GzipWriter::write(std::string_view piece, std::string& out) {
    constexpr size_t kLooksOften_bytes = kWrittenGrace_bytes;
    while (!piece.empty()) {
        const std::string_view part = piece.substr(0, kLooksOften_bytes);
        piece.remove_prefix(part.size());
        run(part, Z_NO_FLUSH, out);
        stay_readable(out);
    }
}

void GzipWriter::finish(std::string& out) {
    run({}, Z_FINISH, out);
}

std::string gzip(std::string_view text) {
    std::string out;
    GzipWriter writer;
    writer.write(text, out);
    writer.finish(out);
    return out;
}

}  // namespace countersign::http
