#include "core/api/routes.h"

#include "core/api/answers.h"

namespace countersign::api {

namespace {

constexpr uint64_t ApiLimits::* kNoBody = nullptr;
constexpr uint64_t ApiLimits::* kBody = &ApiLimits::request_bytes;

const Route kRoutes[] = {
    {"GET", "/api/openapi.json", Right::nobody_needed, Lane::reader, kNoBody, get_openapi},
    {"GET", "/api/v1/server", Right::nobody_needed, Lane::reader, kNoBody, get_server},
    {"GET", "/api/v1/session", Right::signed_in, Lane::reader, kNoBody, get_session},
    {"POST", "/api/v1/session", Right::nobody_needed, Lane::reader, kBody, post_session, true, Traffic::sign_ins},
    {"POST", "/api/v1/session/demo", Right::nobody_needed, Lane::writer, kBody, post_demo_session, false,
     Traffic::changes},
    {"DELETE", "/api/v1/session", Right::signed_in, Lane::writer, kNoBody, delete_session, false, Traffic::changes},
    {"GET", "/api/v1/accounts", Right::manage_accounts, Lane::reader, kNoBody, list_accounts},
    {"POST", "/api/v1/accounts", Right::manage_accounts, Lane::reader, kBody, post_account, true, Traffic::changes},
    {"PUT", "/api/v1/accounts/{account}", Right::manage_accounts, Lane::reader, kBody, put_account, true,
     Traffic::changes},
    {"POST", "/api/v1/accounts/{account}/devices/{device}/revoke", Right::manage_accounts, Lane::writer, kBody,
     revoke_device, false, Traffic::changes},
    {"GET", "/api/v1/tokens", Right::manage_accounts, Lane::reader, kNoBody, list_tokens},
    {"POST", "/api/v1/tokens", Right::manage_accounts, Lane::writer, kBody, post_token, false, Traffic::changes},
    {"DELETE", "/api/v1/tokens/{token}", Right::manage_accounts, Lane::writer, kNoBody, delete_token, false,
     Traffic::changes},
    {"GET", "/api/v1/projects", Right::signed_in, Lane::reader, kNoBody, list_projects},
    {"POST", "/api/v1/projects", Right::manage_projects, Lane::writer, kBody, post_project, false, Traffic::changes},
    {"GET", "/api/v1/projects/{project}", Right::read_project, Lane::reader, kNoBody, get_project},
    {"GET", "/api/v1/projects/{project}/policy", Right::read_project, Lane::reader, kNoBody, get_policy},
    {"PUT", "/api/v1/projects/{project}/policy", Right::manage_projects, Lane::writer, kBody, put_policy, false,
     Traffic::changes},
    {"GET", "/api/v1/projects/{project}/policy/proposals", Right::read_project, Lane::reader, kNoBody, list_proposals},
    {"POST", "/api/v1/projects/{project}/policy/proposals", Right::manage_projects, Lane::writer, kBody, post_proposal,
     false, Traffic::changes},
    {"GET", "/api/v1/projects/{project}/policy/proposals/{proposal}", Right::read_project, Lane::reader, kNoBody,
     get_proposal},
    {"POST", "/api/v1/projects/{project}/policy/proposals/{proposal}/approve", Right::manage_projects, Lane::writer,
     kBody, post_proposal_approve, false, Traffic::changes},
    {"POST", "/api/v1/projects/{project}/policy/proposals/{proposal}/withdraw", Right::manage_projects, Lane::writer,
     kBody, post_proposal_withdraw, false, Traffic::changes},
    {"POST", "/api/v1/projects/{project}/predictions", Right::write_predictions, Lane::writer, &ApiLimits::ingest_bytes,
     nullptr, false, Traffic::ingest},
    {"GET", "/api/v1/projects/{project}/items", Right::read_items, Lane::reader, kNoBody, list_items},
    {"GET", "/api/v1/projects/{project}/items/{item}", Right::read_items, Lane::reader, kNoBody, get_item},
    {"POST", "/api/v1/projects/{project}/hello", Right::signed_in, Lane::writer, kBody, post_hello, false,
     Traffic::pushes},
    {"POST", "/api/v1/projects/{project}/operations", Right::signed_in, Lane::writer, &ApiLimits::push_bytes,
     post_operations, false, Traffic::pushes},
    {"POST", "/api/v1/projects/{project}/outbox", Right::signed_in, Lane::writer, &ApiLimits::push_bytes, post_outbox,
     false, Traffic::pushes},
    {"GET", "/api/v1/projects/{project}/feed", Right::review, Lane::reader, kNoBody, get_feed},
    {"GET", "/api/v1/projects/{project}/snapshot", Right::review, Lane::reader, kNoBody, get_snapshot},
    {"GET", "/api/v1/projects/{project}/leases", Right::read_items, Lane::reader, kNoBody, list_leases},
    {"POST", "/api/v1/projects/{project}/leases", Right::review, Lane::writer, kBody, post_leases, false,
     Traffic::changes},
    {"POST", "/api/v1/projects/{project}/leases/end", Right::review, Lane::writer, kBody, post_leases_end, false,
     Traffic::changes},
    {"GET", "/api/v1/projects/{project}/quarantine", Right::read_items, Lane::reader, kNoBody, list_quarantine},
    {"POST", "/api/v1/projects/{project}/quarantine", Right::settle, Lane::writer, kBody, post_quarantine, false,
     Traffic::changes},
    {"GET", "/api/v1/projects/{project}/incidents", Right::read_items, Lane::reader, kNoBody, list_incidents},
    {"POST", "/api/v1/projects/{project}/close", Right::settle, Lane::writer, kBody, post_close, false,
     Traffic::changes},
    {"GET", "/api/v1/projects/{project}/tiers", Right::read_items, Lane::reader, kNoBody, list_tiers},
    {"POST", "/api/v1/projects/{project}/tiers/certify", Right::settle, Lane::writer, kBody, post_tier_certify, false,
     Traffic::changes},
    {"POST", "/api/v1/projects/{project}/tiers/close", Right::settle, Lane::writer, kBody, post_tier_close, false,
     Traffic::changes},
    {"GET", "/api/v1/projects/{project}/staff", Right::settle, Lane::reader, kNoBody, get_staff},
    {"PUT", "/api/v1/projects/{project}/staff", Right::manage_projects, Lane::writer, kBody, put_staff, false,
     Traffic::changes},
    {"GET", "/api/v1/projects/{project}/plan", Right::settle, Lane::reader, kNoBody, get_plan},
    {"POST", "/api/v1/projects/{project}/erase", Right::erase, Lane::writer, kBody, post_erase, false,
     Traffic::changes},
    {"GET", "/api/v1/projects/{project}/log/checkpoint", Right::read_project, Lane::reader, kNoBody,
     get_log_checkpoint},
    {"GET", "/api/v1/projects/{project}/log/proof", Right::read_items, Lane::reader, kNoBody, get_log_proof},
    {"GET", "/api/v1/projects/{project}/log/entry", Right::export_data, Lane::reader, kNoBody, get_log_entry, false,
     Traffic::proofs},
    {"GET", "/api/v1/projects/{project}/log/bundle", Right::export_data, Lane::reader, kNoBody, get_log_bundle, false,
     Traffic::exports},
    {"GET", "/api/v1/projects/{project}/log/consistency", Right::read_project, Lane::reader, kNoBody,
     get_log_consistency},
    {"GET", "/api/v1/projects/{project}/log/tile/{tile}", Right::read_project, Lane::reader, kNoBody, get_log_tile},
    {"POST", "/api/v1/projects/{project}/backups", Right::manage_accounts, Lane::writer, kBody, post_backup, false,
     Traffic::changes},
    {"GET", "/api/v1/projects/{project}/export", Right::export_data, Lane::reader, kNoBody, get_export, false,
     Traffic::exports},
    {"GET", "/api/v1/projects/{project}/live", Right::read_project, Lane::live, kNoBody, nullptr},
};

std::string_view take_segment(std::string_view& path) {
    const size_t slash = path.find('/', 1);
    const std::string_view segment = path.substr(1, slash == std::string_view::npos ? slash : slash - 1);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash);
    return segment;
}

bool fits(std::string_view pattern, std::string_view path, std::vector<std::string>& values) {
    values.clear();
    while (!pattern.empty() && !path.empty()) {
        const std::string_view wanted = take_segment(pattern);
        if ((wanted == "{item}" || wanted == "{tile}") && pattern.empty()) {
            // The pipeline chose an item's id, it may have slashes in it; so does the path of a tile.
            values.emplace_back(path.substr(1));
            return path.size() > 1;
        }
        const std::string_view given = take_segment(path);
        if (wanted.starts_with('{')) {
            if (given.empty()) {
                return false;
            }
            values.emplace_back(given);
        } else if (wanted != given) {
            return false;
        }
    }
    return pattern.empty() && path.empty();
}

}  // namespace

std::span<const Route> routes() {
    return kRoutes;
}

Match match(std::string_view method, std::string_view path) {
    Match out;
    if (!path.starts_with('/')) {
        return out;
    }
    std::vector<std::string> values;
    for (const Route& route : kRoutes) {
        if (!fits(route.pattern, path, values)) {
            continue;
        }
        if (route.method == method) {
            out.route = &route;
            out.path = std::move(values);
            out.allowed_methods.clear();
            return out;
        }
        out.allowed_methods += out.allowed_methods.empty() ? "" : ", ";
        out.allowed_methods += route.method;
    }
    return out;
}

}  // namespace countersign::api
