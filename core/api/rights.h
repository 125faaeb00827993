#pragma once
// Who may do what. Denied by default: a route names the right it needs, a role has a list of rights, and there is no
// other way in. The matrix of all routes and roles is a test (tests/core/api/rights_test.cpp).

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/ids.h"

namespace countersign::api {

enum class Right : uint8_t {
    nobody_needed,      // open to everybody: sign-in, health
    signed_in,          // any account or token
    read_project,       // the project's policy, counts and feed
    review,             // decide items
    read_items,         // read all items with their reviews
    write_predictions,  // ingest
    export_data,
    settle,           // say what becomes of operations that wait, take leases away, close items, hand in for others
    manage_projects,  // create projects, activate policies
    manage_accounts,  // create accounts and service tokens, see who has one
};

std::string_view right_name(Right right);

struct Principal {
    ActorId actor;
    std::string role;     // an account's role; "token" for a service token
    std::string scopes;   // of a token: names of rights separated by spaces
    std::string project;  // a token's only project; empty for accounts: all
};

bool may(const Principal& principal, Right right, std::string_view project);

// "reviewer", "lead", "model_owner", "auditor", "admin"
bool is_role(std::string_view role);

// The rights that a service token gets from a role, by name and separated by spaces: the role's but for reviewing
// (people decide) and, for a token of one project, without what reaches beyond it.
std::string token_rights(std::string_view role, bool one_project);

}  // namespace countersign::api
