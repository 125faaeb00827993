#include "tests/support/verify_case.h"

#include "core/base/concat.h"
#include "core/crypto/base64.h"
#include "tests/support/sample_logs.h"
#include "tests/support/tamper.h"

namespace countersign::testing {

namespace {

std::string checkpoint_of(const Json& which) {
    const Json* wanted = which.find("checkpoint");
    CS_CHECK(wanted != nullptr && wanted->integer() != nullptr);
    int64_t number = *wanted->integer();
    for (const BundlePart& part : sample_log(which.text_of("log"))) {
        if (part.kind == BundlePart::Kind::checkpoint && --number == 0) {
            return part.bytes;
        }
    }
    return {};
}

std::string place_text(verify::Place place) {
    return place.leaf > 0 ? concat("entry ", place.leaf) : place.line > 0 ? concat("line ", place.line) : std::string();
}

// Empty when there is none.
JsonArray list_in(const Json& json, std::string_view name) {
    const Json* list = json.find(name);
    return list != nullptr && list->array() != nullptr ? *list->array() : JsonArray();
}

VerifyCase read_case(const Json& json) {
    VerifyCase out;
    out.name = json.text_of("name");
    out.bundle = tampered(sample_log(json.text_of("log")), list_in(json, "changes"));
    if (const std::string key = json.text_of("key"); !key.empty()) {
        const crypto::SigningKey signer = key_from(key == "server" ? "the server" : key);
        out.keys.push_back(crypto::to_base64(signer.public_key().view()));
    }
    for (const Json& which : list_in(json, "checkpoints")) {
        out.checkpoints.push_back(checkpoint_of(which));
    }
    const Json* finds = json.find("finds");
    CS_CHECK(finds != nullptr && finds->object() != nullptr);
    for (const JsonMember& find : *finds->object()) {
        out.finds[find.first] = *find.second.string();
    }
    return out;
}

}  // namespace

std::vector<VerifyCase> read_verify_cases(std::string_view table) {
    const auto json = parse_json(table);
    CS_CHECK(json.ok() && json.value().array() != nullptr);
    std::vector<VerifyCase> out;
    for (const Json& one : *json.value().array()) {
        out.push_back(read_case(one));
    }
    return out;
}

verify::Report verify_case(const VerifyCase& one, size_t piece_bytes) {
    verify::BundleVerifier verifier;
    for (const std::string& key : one.keys) {
        verifier.trust(verify::parse_trusted_key(key).value());
    }
    for (size_t i = 0; i < one.checkpoints.size(); ++i) {
        verifier.expect(verify::parse_own_checkpoint(concat("checkpoint-", i + 1, ".txt"), one.checkpoints[i]).value());
    }
    const std::string_view bytes = one.bundle;
    for (size_t at = 0; at < bytes.size(); at += piece_bytes) {
        verifier.feed(bytes.substr(at, piece_bytes));
    }
    return verifier.finish();
}

std::map<std::string, std::string> found_in(const verify::Report& report) {
    std::map<std::string, std::string> out;
    for (const verify::Failure& failure : report.failures) {
        out.try_emplace(std::string(verify::check_info(failure.check).name), place_text(failure.place));
    }
    return out;
}

}  // namespace countersign::testing
