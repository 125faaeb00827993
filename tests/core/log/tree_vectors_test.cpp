// Proofs published by transparency-dev/merkle (Apache-2.0, shared data): each is accepted or refused as it says.

#include <catch_amalgamated.hpp>

#include "core/crypto/base64.h"
#include "core/log/tree_proof.h"
#include "tests/support/cases.h"

using namespace countersign;

namespace {

// Some of the hashes are no hashes: bytes of another length, that only have to be equal or not. Those stand here for
// the hash of them, so that the case still comes to the code that it is about.
Digest digest_of(const std::string& base64) {
    const std::string bytes = crypto::from_base64(base64).value();
    const auto digest = digest_from_bytes(bytes);
    return digest.ok() ? digest.value() : sha256("no hash: ", bytes);
}

TreeProof proof_of(const Json& json) {
    TreeProof out;
    const JsonArray* list = json.find("proof")->array();
    for (size_t i = 0; list != nullptr && i < list->size(); ++i) {
        out.push_back(digest_of(*(*list)[i].string()));
    }
    return out;
}

uint64_t number_of(const Json& json, std::string_view name) {
    const Json* value = json.find(name);
    return value->integer() != nullptr ? static_cast<uint64_t>(*value->integer()) : std::stoull(value->number()->text);
}

TreeHead head_of(const Json& json, std::string_view size, std::string_view root) {
    return {number_of(json, size), digest_of(json.text_of(root))};
}

template <class Check>
void for_each_case(std::string_view kind, Check check) {
    const auto files = testing::list_shared("data/corpora/tlog/" + std::string(kind), ".json");
    if (files.empty()) {
        SKIP("no shared data");
    }
    for (const std::string& file : files) {
        const Json json = parse_json(*testing::read_shared(file), {.allow_wide_integers = true}).value();
        const Status checked = check(json);
        INFO(file << ": " << json.text_of("desc"));
        CHECK(checked.ok() != *json.find("wantErr")->boolean());
    }
    CHECK(files.size() == 98);
}

}  // namespace

TEST_CASE("all 98 published inclusion proofs are judged as published") {
    for_each_case("inclusion", [](const Json& json) -> Status {
        // A leaf's hash of another length is refused where bytes become a Digest.
        const auto leaf = digest_from_bytes(crypto::from_base64(json.text_of("leafHash")).value());
        return leaf.ok() ? check_inclusion(head_of(json, "treeSize", "root"), number_of(json, "leafIdx"), leaf.value(),
                                           proof_of(json))
                         : Status(leaf.error());
    });
}

TEST_CASE("all 98 published consistency proofs are judged as published") {
    for_each_case("consistency", [](const Json& json) {
        return check_consistency(head_of(json, "size1", "root1"), head_of(json, "size2", "root2"), proof_of(json));
    });
}
