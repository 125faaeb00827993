#pragma once
// Accounts, sessions and service tokens as rows. Secrets are stored as hashes only: passwords as Argon2id strings made
// by the platform, tokens as SHA-256 (they are 256 random bits, so a plain hash is enough).

#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/hash/sha256.h"
#include "core/store/sqlite.h"

namespace countersign::store {

struct AccountRow {
    ActorId name;
    std::string role;      // "reviewer", "lead", "model_owner", "auditor", "admin"
    std::string password;  // Argon2id string; empty: cannot sign in with a password
    Instant created;
    bool disabled = false;
    int64_t scope = 1;  // counts what changed in what the account may see
};

struct SessionRow {
    ActorId account;
    std::string role;
    Instant expires;
    bool disabled = false;  // of the account
};

struct TokenRow {
    std::string name;
    std::string project;  // the only project it is for; empty: all
    std::string scopes;   // separated by spaces
    Instant created;
    Instant expires;
};

Status add_account(Database& database, const AccountRow& account);
Result<std::optional<AccountRow>> find_account(Database& database, const ActorId& name);
Result<std::vector<AccountRow>> list_accounts(Database& database);
// Role, disabled and scope.
Status save_account(Database& database, const AccountRow& account);
Status set_password(Database& database, const ActorId& name, std::string_view password);

Status add_session(Database& database, const Digest& token_hash, const ActorId& account, Instant now, Instant expires);
// A session that has not expired.
Result<std::optional<SessionRow>> find_session(Database& database, const Digest& token_hash, Instant now);
Status end_session(Database& database, const Digest& token_hash);
Status drop_expired_sessions(Database& database, Instant now);

Status add_token(Database& database, const Digest& token_hash, const TokenRow& token);
Result<std::vector<TokenRow>> list_tokens(Database& database);
// not_found when there is none of this name.
Status remove_token(Database& database, std::string_view name);
Result<bool> has_token(Database& database, std::string_view name);
Result<std::optional<TokenRow>> find_token(Database& database, const Digest& token_hash, Instant now);

}  // namespace countersign::store
