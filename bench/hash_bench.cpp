// What core's SHA-256 costs, beside libsodium's called directly in the same run: tree nodes (65 bytes), leaves (1 KiB)
// and a file's pieces (64 KiB); and a commitment's HMAC.
//   hash_bench [MILLISECONDS]   how long each is measured

#include <cstdlib>
#include <string>

#include <sodium.h>

#include "bench/measure.h"
#include "core/hash/sha256.h"

using namespace countersign;

namespace {

const unsigned char* octets(const std::string& bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

// CPU nanoseconds of one call; each result goes into the next message, so that none can be left out.
template <class Hash>
double nanoseconds(size_t size, double limit_s, Hash hash) {
    std::string message(size, 'x');
    int64_t count = 0;
    const double began = bench::cpu_seconds();
    while (bench::cpu_seconds() - began < limit_s) {
        for (int i = 0; i < 64; ++i, ++count) {
            message[0] = static_cast<char>(hash(message).bytes[0]);
        }
    }
    return (bench::cpu_seconds() - began) * 1e9 / static_cast<double>(count);
}

Digest sodium_sha256(const std::string& message) {
    Digest out;
    crypto_hash_sha256(out.bytes.data(), octets(message), message.size());
    return out;
}

Digest sodium_hmac(const std::string& message) {
    Digest out;
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, octets(message), 32);
    crypto_auth_hmacsha256_update(&state, octets(message), message.size());
    crypto_auth_hmacsha256_final(&state, out.bytes.data());
    return out;
}

void row(const char* what, size_t size, double ours_ns, double sodium_ns) {
    std::printf("%-14s %6zu bytes %10.0f ns %8.0f MB/s   libsodium %10.0f ns   %5.2f x\n", what, size, ours_ns,
                static_cast<double>(size) * 1e3 / ours_ns, sodium_ns, sodium_ns / ours_ns);
}

}  // namespace

int main(int argc, char** argv) {
    const double limit_s = (argc > 1 ? std::strtod(argv[1], nullptr) : 500) / 1e3;
    for (const size_t size : {size_t{65}, size_t{1024}, size_t{64} * 1024}) {
        const double ours = nanoseconds(size, limit_s, [](const std::string& m) { return sha256(m); });
        row("SHA-256", size, ours, nanoseconds(size, limit_s, sodium_sha256));
    }
    const auto hmac = [](const std::string& m) { return hmac_sha256(std::string_view(m).substr(0, 32), m); };
    row("HMAC-SHA-256", 200, nanoseconds(200, limit_s, hmac), nanoseconds(200, limit_s, sodium_hmac));
}
