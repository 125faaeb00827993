#include "core/log/tree.h"

#include <bit>

#include <catch_amalgamated.hpp>

#include "tests/core/log/trees.h"
#include "tests/support/cases.h"

using namespace countersign;
using countersign::testing::MemoryTree;

namespace {

// MTH(D[begin:end]) as RFC 9162, 2.1.1 writes it.
Digest root_by_definition(const std::vector<std::string>& leaves, size_t begin, size_t end) {
    if (begin == end) {
        return sha256("");
    }
    if (end - begin == 1) {
        return sha256(std::string_view("\0", 1), leaves[begin]);
    }
    size_t k = 1;
    while (k * 2 < end - begin) {
        k *= 2;
    }
    const Digest left = root_by_definition(leaves, begin, begin + k);
    const Digest right = root_by_definition(leaves, begin + k, end);
    return sha256("\x01" + std::string(left.view()) + std::string(right.view()));
}

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> out(1);
    for (const char c : line) {
        if (c == '\t') {
            out.emplace_back();
        } else {
            out.back().push_back(c);
        }
    }
    return out;
}

}  // namespace

TEST_CASE("the roots of the eight leaves of the CT reference tests are the published ones") {
    const auto text = testing::read_shared("data/corpora/tlog/rfc6962_roots.tsv");
    if (!text) {
        SKIP("no shared data");
    }
    TreeFrontier frontier;
    size_t rows = 0;
    for (size_t at = 0; at < text->size();) {
        const size_t end = text->find('\n', at);
        const std::string line = text->substr(at, end - at);
        at = end + 1;
        if (line.starts_with('#')) {
            continue;
        }
        const std::vector<std::string> columns = split(line);
        REQUIRE(columns.size() == 3);
        if (columns[1] != "-") {
            frontier.append(leaf_hash(from_hex(columns[1]).value()));
        }
        INFO(line);
        CHECK(std::to_string(frontier.size()) == columns[0]);
        CHECK(to_hex(frontier.root()) == columns[2]);
        ++rows;
    }
    CHECK(rows == 9);
}

TEST_CASE("at every size to 300, frontier, stored subtrees and definition give one root") {
    MemoryTree tree;
    std::vector<std::string> leaves;
    for (uint64_t size = 0; size <= 300; ++size) {
        INFO("size " << size);
        const Digest expected = root_by_definition(leaves, 0, leaves.size());
        REQUIRE(tree.frontier.root() == expected);
        REQUIRE(root_of(size, tree).value() == expected);
        REQUIRE(tree.frontier.hashes().size() == static_cast<size_t>(std::popcount(size)));
        // Taken up again from what is stored.
        TreeFrontier again = TreeFrontier::from(size, tree.frontier.hashes()).value();
        again.append(leaf_hash("other"));
        leaves.emplace_back("other");
        REQUIRE(again.root() == root_by_definition(leaves, 0, leaves.size()));
        leaves.back() = concat("leaf ", size);
        tree.append(leaves.back());
    }
}

TEST_CASE("every older tree can still be read from what is stored, and no larger one") {
    MemoryTree tree;
    tree.grow_to(300);
    for (uint64_t size = 0; size <= 300; ++size) {
        REQUIRE(root_of(size, tree).value() == tree.roots[static_cast<size_t>(size)]);
    }
    CHECK(root_of(301, tree).error().code == ErrorCode::not_found);
    CHECK(root_of(kTreeSize_max + 1, tree).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("a frontier is not made from the wrong number of hashes") {
    CHECK_FALSE(TreeFrontier::from(3, {Digest()}).ok());
    CHECK_FALSE(TreeFrontier::from(kTreeSize_max * 2, {Digest()}).ok());
    CHECK(TreeFrontier::from(4, {Digest()}).ok());
}

TEST_CASE("what an append completes is every subtree once") {
    MemoryTree tree;
    tree.grow_to(256);
    size_t expected = 0;
    for (uint32_t level = 0; level <= 8; ++level) {
        expected += size_t{256} >> level;
    }
    CHECK(tree.hashes.size() == expected);
    CHECK(tree.hashes.at({8, 0}) == tree.frontier.root());
}
