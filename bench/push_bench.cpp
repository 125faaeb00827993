// What a server's writer does with one push, part by part, beside the hashes alone that it cannot do without: decisions
// with a reason of 160 characters, in batches.
//   push_bench [BATCH [ROUNDS]]

#include <cstdlib>
#include <string>
#include <vector>

#include "bench/measure.h"
#include "core/base/concat.h"
#include "core/crypto/aead.h"
#include "core/log/envelope.h"
#include "core/log/push_reader.h"
#include "native/platform/secrets.h"

using namespace countersign;

namespace {

const std::string kReason(160, 'r');

PushBody make_push(size_t batch) {
    PushBody out;
    out.stream = StreamId("0123456789abcdef0123456789abcdef.0123456789abcdef");
    out.signature = std::string(64, 's');
    out.announced = batch;
    Digest prev;
    for (size_t i = 0; i < batch; ++i) {
        CommittedText text = commit_text(kRationaleDomain, std::string(kTextKey_bytes, 'k'), kReason);
        std::string bytes = concat(
            R"({"actor":"cleo","at":1764345600000000,"body":{"active_ms":4200,"policy":")", to_hex(Digest()),
            R"(","prediction":"00000000-0000-4000-8000-000000000000","text":")", to_hex(text.commitment),
            R"(","verdict":"accept"},"item":"i)", i, R"(","mono_ms":123456,"offset_ms":0,)",
            R"("op":"00000000-0000-4000-8000-000000000001","prev":")", to_hex(prev), R"(","project":"bench","seq":)",
            i + 1, R"(,"stream":")", out.stream.text, R"(","type":"submit_review","v":2})");
        prev = operation_hash(bytes);
        out.operations.push_back({std::move(bytes), prev, {std::move(text)}});
    }
    return out;
}

template <class Work>
void measure(const char* what, int rounds, size_t batch, double& baseline_s, Work work) {
    const double began = bench::cpu_seconds();
    for (int i = 0; i < rounds; ++i) {
        work();
    }
    const double seconds = bench::cpu_seconds() - began;
    baseline_s = baseline_s == 0 ? seconds : baseline_s;
    bench::row(what, seconds, rounds * static_cast<int64_t>(batch), baseline_s);
}

}  // namespace

int main(int argc, char** argv) {  // NOLINT(bugprone-exception-escape)
    const size_t batch = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1000;
    const int rounds = argc > 2 ? static_cast<int>(std::strtol(argv[2], nullptr, 10)) : 200;
    const PushBody push = make_push(batch);
    const std::string body = write_push_body(push, Elide::yes);
    const crypto::Secret key(std::string(crypto::kBoxKey_bytes, 'k'));
    const std::string nonce = native::SystemEntropy().bytes(crypto::kBoxNonce_bytes);
    std::printf("%zu decisions, %zu bytes as sent\n", batch, body.size());
    double baseline_s = 0;
    measure("hashes alone", rounds, batch, baseline_s, [&] {
        for (const PushedOperation& one : push.operations) {
            operation_hash(one.bytes);
            opens(one.texts.front(), kRationaleDomain);
        }
    });
    measure("read and checked", rounds, batch, baseline_s,
            [&] { CS_CHECK(read_push_body(body, PushLimits{batch}).ok()); });
    measure("sealed", rounds, batch, baseline_s, [&] { crypto::seal(key, nonce, body, "stream"); });
    return 0;
}
