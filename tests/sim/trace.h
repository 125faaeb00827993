#pragma once
// What happened, line by line: its digest shows that a seed was replayed bit for bit; the lines are printed when
// wanted.

#include <cstdio>
#include <string>

#include "core/base/concat.h"
#include "core/hash/sha256.h"

namespace countersign::sim {

class Trace {
public:
    explicit Trace(bool prints) : prints_(prints) {}

    template <class... Parts>
    void line(int64_t now_us, const Parts&... parts) {
        const std::string text = concat(now_us / 1'000, " ms  ", parts..., '\n');
        if (prints_) {
            std::fputs(text.c_str(), stdout);
        }
        waiting_ += text;
        if (waiting_.size() > kChunk_bytes) {
            fold();
        }
    }

    // Of all lines so far, and of whatever is added.
    Digest digest(const std::string& more) {
        waiting_ += more;
        fold();
        return digest_;
    }

private:
    static constexpr size_t kChunk_bytes = 1 << 16;

    void fold() {
        digest_ = sha256(concat(digest_.view(), waiting_));
        waiting_.clear();
    }

    bool prints_;
    std::string waiting_;
    Digest digest_;
};

}  // namespace countersign::sim
