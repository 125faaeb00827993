#include "core/api/rights.h"

#include <algorithm>
#include <array>

namespace countersign::api {

namespace {

constexpr std::array<std::string_view, 10> kRightNames = {
    "nobody_needed",     "signed_in",   "read_project", "review",          "read_items",
    "write_predictions", "export_data", "settle",       "manage_projects", "manage_accounts"};

struct RoleRights {
    std::string_view role;
    std::array<bool, 10> has;  // in the order of Right
};

constexpr std::array<RoleRights, 7> kRoles = {{
    // open, signed in, project, review, items, ingest, export, settle, projects, accounts
    {"reviewer", {true, true, true, true, false, false, false, false, false, false}},
    {"lead", {true, true, true, true, true, false, true, true, false, false}},
    {"model_owner", {true, true, true, false, true, true, true, false, false, false}},
    {"auditor", {true, true, true, false, true, false, true, false, false, false}},
    {"admin", {true, true, true, false, false, true, false, false, true, true}},
    // A disabled account, whatever it was before: its devices may hand in what they have.
    {"disabled", {true, true, false, false, false, false, false, false, false, false}},
    // Whoever may read the data folder (the command line on the same machine); no account has this role.
    {"local", {true, true, true, false, true, true, true, true, true, true}},
}};

bool has_scope(std::string_view scopes, std::string_view wanted) {
    while (!scopes.empty()) {
        const size_t space = scopes.find(' ');
        if (scopes.substr(0, space) == wanted) {
            return true;
        }
        scopes = space == std::string_view::npos ? std::string_view() : scopes.substr(space + 1);
    }
    return false;
}

}  // namespace

std::string_view right_name(Right right) {
    return kRightNames[static_cast<size_t>(right)];
}

bool is_role(std::string_view role) {
    return role != "local" && role != "disabled" &&
           std::any_of(kRoles.begin(), kRoles.end(), [&](const RoleRights& r) { return r.role == role; });
}

std::string token_rights(std::string_view role, bool one_project) {
    std::string out;
    for (size_t i = static_cast<size_t>(Right::read_project); i < kRightNames.size(); ++i) {
        const auto right = static_cast<Right>(i);
        const bool of_token =
            right != Right::review && right != Right::settle && !(one_project && right == Right::manage_accounts);
        if (of_token && may({{}, std::string(role), {}, {}}, right, {})) {
            out += (out.empty() ? "" : " ") + std::string(right_name(right));
        }
    }
    return out;
}

bool may(const Principal& principal, Right right, std::string_view project) {
    if (right == Right::nobody_needed) {
        return true;
    }
    // Whoever is for one project may do nothing that concerns another, or none.
    if (!principal.project.empty() && principal.project != project && right != Right::signed_in) {
        return false;
    }
    if (principal.role == "token") {
        return right == Right::signed_in || has_scope(principal.scopes, right_name(right));
    }
    const auto role =
        std::find_if(kRoles.begin(), kRoles.end(), [&](const RoleRights& r) { return r.role == principal.role; });
    return role != kRoles.end() && role->has[static_cast<size_t>(right)];
}

}  // namespace countersign::api
