// Runs a target on the inputs of its corpus, without libFuzzer: a test like any other.
//
//   TARGET CORPUS             runs every input; status 1 when there is none
//   TARGET --unpack CORPUS FOLDER   writes each input as a file of its own, as libFuzzer wants them
//   TARGET --pack CORPUS FOLDER     the reverse; inputs that are too long to be kept are left out
// A corpus is a text file, one input a line, so that what changes can be reviewed: printable ASCII as it is, other
// bytes and the backslash as \xHH.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "core/base/concat.h"
#include "tests/fuzz/input.h"

namespace {

namespace fs = std::filesystem;
using namespace countersign;

constexpr size_t kLongest_bytes = 2'000;
constexpr std::string_view kHex = "0123456789abcdef";

std::string escaped(std::string_view bytes) {
    std::string line;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7F && c != '\\') {
            line += c;
        } else {
            line += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
        }
    }
    return line;
}

std::string unescaped(std::string_view line) {
    std::string bytes;
    for (size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 3 < line.size()) {
            bytes += static_cast<char>(kHex.find(line[i + 2]) * 16 + kHex.find(line[i + 3]));
            i += 3;
        } else {
            bytes += line[i];
        }
    }
    return bytes;
}

std::vector<std::string> read_corpus(const fs::path& file) {
    std::vector<std::string> inputs;
    std::ifstream in(file, std::ios::binary);
    for (std::string line; std::getline(in, line);) {
        inputs.push_back(unescaped(line));
    }
    return inputs;
}

int unpack(const fs::path& corpus, const fs::path& folder) {
    fs::create_directories(folder);
    size_t number = 0;
    for (const std::string& input : read_corpus(corpus)) {
        std::ofstream(folder / concat("kept-", ++number), std::ios::binary) << input;
    }
    return 0;
}

int pack(const fs::path& corpus, const fs::path& folder) {
    std::vector<std::string> lines;
    for (const auto& entry : fs::directory_iterator(folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (bytes.size() <= kLongest_bytes) {
            lines.push_back(escaped(bytes));
        }
    }
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    std::ofstream out(corpus, std::ios::binary);
    for (const std::string& line : lines) {
        out << line << '\n';
    }
    return out.good() ? 0 : 1;
}

int run(const fs::path& corpus) {
    const std::vector<std::string> inputs = read_corpus(corpus);
    for (const std::string& input : inputs) {
        // So that an input that crashes can be found; shown only when the test fails.
        std::printf("%s\n", escaped(input).c_str());
        std::fflush(stdout);
        LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
    }
    std::printf("%zu inputs\n", inputs.size());
    return inputs.empty() ? 1 : 0;
}

}  // namespace

// What throws here ends the test, which has failed then.
int main(int argc, char** argv) {  // NOLINT(bugprone-exception-escape)
    const std::vector<std::string_view> arguments(argv + 1, argv + argc);
    if (arguments.size() == 3 && arguments[0] == "--unpack") {
        return unpack(arguments[1], arguments[2]);
    }
    if (arguments.size() == 3 && arguments[0] == "--pack") {
        return pack(arguments[1], arguments[2]);
    }
    if (arguments.size() == 1) {
        return run(arguments[0]);
    }
    std::fprintf(stderr, "usage: CORPUS | --unpack CORPUS FOLDER | --pack CORPUS FOLDER\n");
    return 2;
}
