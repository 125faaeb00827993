#pragma once
// A server without a network: the real API over a real SQLite store, asked by function call.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/api/server.h"
#include "core/api/setup.h"
#include "core/crypto/ed25519.h"
#include "core/keys/subject_key_file.h"
#include "core/store/schema.h"
#include "tests/support/fakes.h"

namespace countersign::testing {

// A small policy with three tiers, a checklist and reason codes; routes by confidence, "gas" always to full.
std::string sample_policy();
// An ingest line with this id, text, label and confidence.
std::string sample_line(std::string_view id, std::string_view text, std::string_view label,
                        std::string_view confidence);

// What it holds now, under the same keys.
std::unique_ptr<store::Database> copy_of(store::Database& from);

class TestServer {
public:
    // `keys_path`: the file of its subjects' keys.
    explicit TestServer(uint64_t seed = 1, std::string path = ":memory:", std::string keys_path = ":memory:");
    // Over a store that may refuse, with its texts in plain: the caller sees to its identity (store::ensure_identity).
    TestServer(uint64_t seed, std::unique_ptr<store::Database> opened);

    // One request as an account of this role ("" for nobody), body and answer whole. Streams are drained.
    struct Answer {
        int status = 0;
        std::string body;
        std::optional<Error> cut_off = {};  // why a streamed answer ended early
    };

    // What a browser keeps: by name.
    using Cookies = std::map<std::string, std::string>;

    // Every request carries these, and its answer's are put among them.
    Cookies cookies;

    Answer ask(std::string_view method, std::string_view target, std::string_view body = {},
               std::string_view content_type = "application/json");

    // Signs the account in (made if need be); later requests are its.
    void sign_in(std::string_view account, std::string_view role);
    // The same where the store may refuse.
    Status try_sign_in(std::string_view account, std::string_view role);

    void sign_out() { cookies.clear(); }

    // Judges what was recorded after each request, as a server does that has nothing else to do.
    bool judges = true;
    // Until nothing waits.
    void judge();
    Status try_judge();
    // A signed checkpoint over all of each project's log.
    void seal();
    Status try_seal();

    // As by `countersign restore`, a minute later: a new life begins with this store.
    void put_back(std::unique_ptr<store::Database> backup);

    // Later requests carry this bearer token; empty for none.
    void use_token(std::string token) { token_ = std::move(token); }

    void create_project(std::string_view id, const std::string& policy);
    void ingest(std::string_view project, const std::string& lines);

    ManualClock clock;
    SeededEntropy entropy;
    PlainPasswords passwords;
    api::ServerSettings settings;
    store::PolicyCache policies;
    SeededEntropy key_entropy;  // of its own: what the log's commitments are made with does not depend on keys
    std::unique_ptr<SubjectKeys> keys;
    std::unique_ptr<store::Database> database;
    api::Workspace workspace();

private:
    Answer run(const api::RequestHead& head, std::string_view body);

    std::string token_;
    crypto::SigningKey log_key_;
};

}  // namespace countersign::testing
