#include "core/store/accounts.h"

#include "core/base/concat.h"

namespace countersign::store {

namespace {

constexpr std::string_view kAccountColumns = "SELECT name, role, password, created_us, disabled, scope FROM account";

AccountRow account_of(const Statement& row) {
    AccountRow out;
    out.name = ActorId(std::string(row.text(0)));
    out.role = std::string(row.text(1));
    out.password = std::string(row.text(2));
    out.created.us = row.integer(3);
    out.disabled = row.integer(4) != 0;
    out.scope = row.integer(5);
    return out;
}

constexpr std::string_view kTokenColumns = "SELECT name, project, scopes, created_us, expires_us FROM service_token";

TokenRow token_of(const Statement& row) {
    return {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), Instant{row.integer(3)},
            Instant{row.integer(4)}};
}

}  // namespace

Status add_account(Database& database, const AccountRow& account) {
    Statement insert = CS_TRY(
        database.prepare("INSERT INTO account(name, role, password, created_us, disabled) VALUES (?, ?, ?, ?, ?)"));
    insert.bind(account.name.text).bind(account.role).bind(account.password).bind(account.created.us);
    auto done = insert.bind(int64_t{account.disabled ? 1 : 0}).run();
    if (!done.ok() && done.error().code == ErrorCode::already_exists) {
        return fail(ErrorCode::already_exists, concat("there is already an account '", account.name.text, "'"),
                    "account");
    }
    return done;
}

Result<std::optional<AccountRow>> find_account(Database& database, const ActorId& name) {
    Statement select = CS_TRY(database.prepare(concat(kAccountColumns, " WHERE name = ?")));
    select.bind(name.text);
    return CS_TRY(select.step()) ? std::optional<AccountRow>(account_of(select)) : std::nullopt;
}

Result<std::vector<AccountRow>> list_accounts(Database& database) {
    std::vector<AccountRow> out;
    Statement select = CS_TRY(database.prepare(concat(kAccountColumns, " ORDER BY name")));
    while (CS_TRY(select.step())) {
        out.push_back(account_of(select));
    }
    return out;
}

Status save_account(Database& database, const AccountRow& account) {
    Statement update = CS_TRY(database.prepare("UPDATE account SET role = ?, disabled = ?, scope = ? WHERE name = ?"));
    return update.bind(account.role)
        .bind(int64_t{account.disabled ? 1 : 0})
        .bind(account.scope)
        .bind(account.name.text)
        .run();
}

Status set_password(Database& database, const ActorId& name, std::string_view password) {
    Statement update = CS_TRY(database.prepare("UPDATE account SET password = ? WHERE name = ?"));
    CS_TRY_STATUS(update.bind(password).bind(name.text).run());
    return database.changes() == 1
               ? success()
               : Status(fail(ErrorCode::not_found, concat("there is no account '", name.text, "'"), "account"));
}

Status add_session(Database& database, const Digest& token_hash, const ActorId& account, Instant now, Instant expires) {
    Statement insert = CS_TRY(
        database.prepare("INSERT INTO session(token_hash, account, created_us, expires_us) VALUES (?, ?, ?, ?)"));
    return insert.bind_blob(token_hash.view()).bind(account.text).bind(now.us).bind(expires.us).run();
}

Result<std::optional<SessionRow>> find_session(Database& database, const Digest& token_hash, Instant now) {
    Statement select = CS_TRY(database.prepare(
        "SELECT session.account, account.role, session.expires_us, account.disabled FROM session JOIN account ON "
        "account.name = session.account "
        "WHERE session.token_hash = ? AND session.expires_us > ?"));
    select.bind_blob(token_hash.view()).bind(now.us);
    if (!CS_TRY(select.step())) {
        return std::optional<SessionRow>();
    }
    return std::optional<SessionRow>(SessionRow{ActorId(std::string(select.text(0))), std::string(select.text(1)),
                                                Instant{select.integer(2)}, select.integer(3) != 0});
}

Status end_session(Database& database, const Digest& token_hash) {
    Statement remove = CS_TRY(database.prepare("DELETE FROM session WHERE token_hash = ?"));
    return remove.bind_blob(token_hash.view()).run();
}

Status drop_expired_sessions(Database& database, Instant now) {
    Statement remove = CS_TRY(database.prepare("DELETE FROM session WHERE expires_us <= ?"));
    return remove.bind(now.us).run();
}

Status add_token(Database& database, const Digest& token_hash, const TokenRow& token) {
    Statement insert =
        CS_TRY(database.prepare("INSERT INTO service_token(token_hash, name, project, scopes, created_us, expires_us) "
                                "VALUES (?, ?, ?, ?, ?, ?)"));
    insert.bind_blob(token_hash.view()).bind(token.name).bind(token.project).bind(token.scopes);
    auto done = insert.bind(token.created.us).bind(token.expires.us).run();
    if (!done.ok() && done.error().code == ErrorCode::already_exists) {
        return fail(ErrorCode::already_exists, concat("there is already a token '", token.name, "'"), "token");
    }
    return done;
}

Result<std::optional<TokenRow>> find_token(Database& database, const Digest& token_hash, Instant now) {
    Statement select = CS_TRY(database.prepare(concat(kTokenColumns, " WHERE token_hash = ? AND expires_us > ?")));
    select.bind_blob(token_hash.view()).bind(now.us);
    return CS_TRY(select.step()) ? std::optional<TokenRow>(token_of(select)) : std::nullopt;
}

Result<std::vector<TokenRow>> list_tokens(Database& database) {
    std::vector<TokenRow> out;
    Statement select = CS_TRY(database.prepare(concat(kTokenColumns, " ORDER BY name")));
    while (CS_TRY(select.step())) {
        out.push_back(token_of(select));
    }
    return out;
}

Status remove_token(Database& database, std::string_view name) {
    Statement remove = CS_TRY(database.prepare("DELETE FROM service_token WHERE name = ?"));
    CS_TRY_STATUS(remove.bind(name).run());
    return database.changes() == 1
               ? success()
               : Status(fail(ErrorCode::not_found, concat("there is no token '", name.substr(0, 80), "'"), "token"));
}

Result<bool> has_token(Database& database, std::string_view name) {
    Statement select = CS_TRY(database.prepare("SELECT 1 FROM service_token WHERE name = ?"));
    select.bind(name);
    return select.step();
}

}  // namespace countersign::store
