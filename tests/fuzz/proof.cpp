// Proofs about the tree. Of a file: whatever is read is written the same again, and it proves nothing about a leaf that
// it was not made for. Of a real tree: a proof that is changed in any bit does not hold.
//
// The first byte says which: below 128 the rest is a proof's file, else sizes and changes for a real tree.

#include "core/log/checkpoint.h"
#include "core/log/log_proof.h"
#include "core/log/note.h"
#include "core/verify/log_proof_check.h"
#include "tests/fuzz/input.h"

using namespace countersign;
using namespace countersign::fuzz;

namespace {

constexpr uint64_t kLeaves = 130;

// The tree over "leaf 0", "leaf 1" and so on, all of whose subtrees are computed when they are asked for.
class Wood final : public SubtreeHashes {
public:
    Result<std::vector<Digest>> read(const std::vector<Subtree>& wanted) override {
        std::vector<Digest> out;
        for (const Subtree& one : wanted) {
            out.push_back(hash(one));
        }
        return out;
    }

    static Digest leaf(uint64_t index) { return leaf_hash("leaf " + std::to_string(index)); }

private:
    static Digest hash(const Subtree& one) {
        return one.level == 0
                   ? leaf(one.index)
                   : node_hash(hash({one.level - 1, 2 * one.index}), hash({one.level - 1, 2 * one.index + 1}));
    }
};

class Bytes {
public:
    explicit Bytes(std::string_view rest) : rest_(rest) {}

    uint64_t next() {
        const unsigned char first = rest_.empty() ? 0 : static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(rest_.empty() ? 0 : 1);
        return first;
    }

private:
    std::string_view rest_;
};

// Flips bits, cuts or lengthens; whether anything is another now.
bool change(TreeProof& proof, Bytes& bytes) {
    const TreeProof before = proof;
    const uint64_t how = bytes.next() % 4;
    if (how == 1 && !proof.empty()) {
        Digest& hash = proof[bytes.next() % proof.size()];
        hash.bytes[bytes.next() % hash.bytes.size()] ^= static_cast<uint8_t>(bytes.next());
    } else if (how == 2 && !proof.empty()) {
        proof.erase(proof.begin() + static_cast<std::ptrdiff_t>(bytes.next() % proof.size()));
    } else if (how == 3) {
        proof.insert(proof.begin() + static_cast<std::ptrdiff_t>(bytes.next() % (proof.size() + 1)),
                     Wood::leaf(bytes.next()));
    }
    return proof != before;
}

void holds_or_is_refused(const Status& checked, bool changed) {
    CS_CHECK(checked.ok() != changed);
    if (!checked.ok()) {
        must_be_told(checked.error());
    }
}

void real_tree(Bytes bytes) {
    Wood wood;
    const uint64_t size = 1 + bytes.next() % kLeaves;
    const TreeHead head{size, root_of(size, wood).value()};
    const uint64_t index = bytes.next() % size;
    TreeProof inclusion = prove_inclusion(index, size, wood).value();
    const bool other = change(inclusion, bytes);
    holds_or_is_refused(check_inclusion(head, index, Wood::leaf(index), inclusion), other);
    // Of another leaf, or in another place, it holds for nothing.
    const uint64_t elsewhere = bytes.next();
    if (elsewhere != index) {
        holds_or_is_refused(check_inclusion(head, elsewhere, Wood::leaf(index), inclusion), true);
        holds_or_is_refused(check_inclusion(head, index, Wood::leaf(elsewhere), inclusion), true);
    }
    const uint64_t old_size = 1 + bytes.next() % size;
    const TreeHead old_head{old_size, root_of(old_size, wood).value()};
    TreeProof consistency = prove_consistency(old_size, size, wood).value();
    const bool changed = change(consistency, bytes);
    holds_or_is_refused(check_consistency(old_head, head, consistency), changed);
}

void any_heads(const LogProof& proof, const TreeHead& head) {
    static_cast<void>(check_inclusion(head, proof.index, Wood::leaf(0), proof.path));
    const TreeHead old_head{proof.index, Wood::leaf(1)};
    const Status checked = check_consistency(old_head, head, proof.path);
    if (!checked.ok()) {
        must_be_told(checked.error());
    }
}

void file(std::string_view bytes) {
    const auto proof = parse_log_proof(bytes);
    if (!proof.ok()) {
        must_be_told(proof.error());
    } else {
        CS_CHECK(log_proof_text(proof.value()) == bytes);
        const auto note = parse_note(proof.value().checkpoint);
        const auto checkpoint = note.ok() ? parse_checkpoint(note.value().text) : Result<Checkpoint>(note.error());
        if (checkpoint.ok()) {
            any_heads(proof.value(), checkpoint.value().head);
        }
    }
    static const crypto::SigningKey ours = crypto::SigningKey::from_seed(std::string(crypto::kSeed_bytes, 's')).value();
    const verify::ProofReport report =
        verify::check_log_proof(bytes, "a leaf", {{.key = ours.public_key(), .name = {}}});
    CS_CHECK(!report.good());
    CS_CHECK(utf8::first_invalid(verify::proof_report_text(report, "file")) == utf8::kValid);
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view bytes = text_of(data, size);
    if (size > 0 && data[0] >= 128) {
        real_tree(Bytes(bytes.substr(1)));
    } else {
        file(bytes.empty() ? bytes : bytes.substr(1));
    }
    return 0;
}
