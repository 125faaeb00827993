#include "core/crypto/secret.h"

#include <algorithm>
#include <utility>

#include <sodium.h>

namespace countersign::crypto {

void wipe(std::string& bytes) {
    // All that the string owns: what stood behind its end before it became shorter, too.
    bytes.resize(bytes.capacity());
    sodium_memzero(bytes.data(), bytes.size());
    bytes.clear();
}

Secret::Secret(std::string&& bytes) : bytes_(std::make_unique<char[]>(bytes.size())), size_(bytes.size()) {
    std::copy(bytes.begin(), bytes.end(), bytes_.get());
    wipe(bytes);
}

Secret::~Secret() {
    clear();
}

Secret::Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        clear();
        bytes_ = std::move(other.bytes_);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

void Secret::clear() {
    if (bytes_ != nullptr) {
        sodium_memzero(bytes_.get(), size_);
    }
}

bool equal_secrets(std::string_view left, std::string_view right) {
    return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace countersign::crypto
