#pragma once
// Bytes that nobody may find in memory afterwards: keys and seeds.
//
// Contract: a Secret is never copied, is moved without leaving bytes behind, and is overwritten when it ends. The
// memory is ordinary memory: it may be swapped out.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign::crypto {

// Overwrites the bytes in a way that no compiler leaves out; the string is then empty.
void wipe(std::string& bytes);

class Secret {
public:
    Secret() = default;
    // Takes the bytes over and wipes where they were.
    explicit Secret(std::string&& bytes);
    ~Secret();
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    std::string_view view() const { return {bytes_.get(), size_}; }

    size_t size() const { return size_; }

    bool empty() const { return size_ == 0; }

private:
    void clear();

    std::unique_ptr<char[]> bytes_;
    size_t size_ = 0;
};

// Whether two secrets are the same, in a time that does not tell where they differ.
bool equal_secrets(std::string_view left, std::string_view right);

}  // namespace countersign::crypto
