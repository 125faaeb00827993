// Writes bundles for those who test from outside: every case of a table (tests/cases/verify/tampers.json) with what the
// C++ verifier finds in it, or one large log.
//   make_bundles cases TABLE FOLDER             index.json, and a file a case
//   make_bundles example FOLDER                 city.jsonl, decision.json and decision.tlog-proof of docs/verify.md
//   make_bundles large FILE LEAVES [PUSH]       LEAVES entries, PUSH (1) decisions to a signature

#include <cstdio>
#include <fstream>

#include "core/base/concat.h"
#include "core/base/decimal.h"
#include "core/json/writer.h"
#include "core/log/log_proof.h"
#include "tests/core/log/trees.h"
#include "tests/support/sample_logs.h"
#include "tests/support/tamper.h"
#include "tests/support/verify_case.h"
#include "tests/support/write_file.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

bool write_case(JsonWriter& index, const VerifyCase& one, const std::string& folder, size_t number) {
    const std::string file = concat("case-", number, ".jsonl");
    bool good = tests::write_file(concat(folder, "/", file), one.bundle);
    index.begin_object().member("name", one.name).member("file", file).name("keys").begin_array();
    for (const std::string& key : one.keys) {
        index.text(key);
    }
    index.end_array().name("checkpoints").begin_array();
    for (size_t i = 0; i < one.checkpoints.size(); ++i) {
        const std::string name = concat("case-", number, "-checkpoint-", i + 1, ".txt");
        good = good && tests::write_file(concat(folder, "/", name), one.checkpoints[i]);
        index.text(name);
    }
    index.end_array().name("finds").begin_object();
    for (const auto& [check, place] : one.finds) {
        index.member(check, place);
    }
    index.end_object().name("report").raw(verify::report_json(verify_case(one))).end_object();
    return good;
}

int write_cases(const std::string& table_file, const std::string& folder) {
    std::ifstream in(table_file, std::ios::binary);
    const std::string table(std::istreambuf_iterator<char>(in), {});
    JsonWriter index;
    index.begin_array();
    size_t number = 0;
    bool good = true;
    for (const VerifyCase& one : read_verify_cases(table)) {
        good = write_case(index, one, folder, ++number) && good;
    }
    // Logs of random shape are good ones.
    for (uint64_t seed = 1; seed <= 20; ++seed) {
        const VerifyCase one{concat("a log of random shape, seed ", seed), render(random_log(seed)), {}, {}, {}};
        good = write_case(index, one, folder, ++number) && good;
    }
    // And logs with changes that nobody thought of: what is in them is what the C++ verifier says.
    for (uint64_t seed = 1; seed <= 200; ++seed) {
        VerifyCase one{concat("a change that nobody thought of, seed ", seed), mutated(seed), {}, {}, {}};
        one.finds = found_in(verify_case(one));
        good = write_case(index, one, folder, ++number) && good;
    }
    return good && tests::write_file(folder + "/index.json", std::move(index.end_array()).take()) ? 0 : 1;
}

int write_large(const std::string& file, uint64_t leaves, uint64_t push) {
    std::ofstream out(file, std::ios::binary);
    Sha256Stream hash;
    uint64_t written = 0;
    large_log(leaves, push, [&](const BundlePart& part) {
        const std::string line = line_of(part) + "\n";
        hash.update(line);
        out << line;
        written += part.kind == BundlePart::Kind::leaf ? 1 : 0;
    });
    out << end_line(written, hash.finish());
    out.flush();
    return out.good() ? 0 : 1;
}

int write_example(const std::string& folder) {
    const std::vector<BundlePart> parts = sample_log("example");
    MemoryTree tree;
    std::string leaf;
    std::string checkpoint;
    for (const BundlePart& part : parts) {
        if (part.kind == BundlePart::Kind::leaf) {
            tree.append(part.bytes);
            leaf = part.bytes;
        } else if (part.kind == BundlePart::Kind::checkpoint) {
            checkpoint = part.bytes;
        }
    }
    const uint64_t size = tree.frontier.size();
    LogProof proof;
    proof.index = size - 1;
    proof.path = prove_inclusion(size - 1, size, tree).value();
    proof.checkpoint = checkpoint;
    const bool good = tests::write_file(folder + "/city.jsonl", render(parts)) &&
                      tests::write_file(folder + "/decision.json", leaf + "\n") &&
                      tests::write_file(folder + "/decision.tlog-proof", log_proof_text(proof));
    return good ? 0 : 1;
}

int run(int argc, char** argv) {
    const std::string what = argc > 2 ? argv[1] : "";
    if (what == "example") {
        return write_example(argv[2]);
    }
    if (what == "cases" && argc > 3) {
        return write_cases(argv[2], argv[3]);
    }
    const auto leaves = read_decimal(what == "large" && argc > 3 ? argv[3] : "");
    const auto push = read_decimal(argc > 4 ? argv[4] : "1");
    if (!leaves || !push || *push == 0) {
        std::fputs("usage: make_bundles cases TABLE FOLDER | example FOLDER | large FILE LEAVES [PUSH]\n", stderr);
        return 2;
    }
    return write_large(argv[2], *leaves, *push);
}

}  // namespace

int main(int argc, char** argv) {
    return run(argc, argv);
}
