#pragma once
// What a test leaves for a person to open.

#include <fstream>
#include <string>

namespace countersign::tests {

inline bool write_file(const std::string& path, const std::string& bytes) {
    std::ofstream out(path, std::ios::binary);
    out << bytes;
    return out.good();
}

}  // namespace countersign::tests
