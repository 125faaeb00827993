// The pulling half of SyncClient: project, the policies its items need, new items, changes.

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/sync/client.h"

namespace countersign::sync {

namespace {

constexpr size_t kLinesPerRun = 40;  // some milliseconds in a browser

// The project as the server knows it, made or brought up to date here. Cursors are this device's own.
Status keep_project(Device& device, const ProjectId& id, std::string_view body, Instant now) {
    const Json json = CS_TRY(parse_json(body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const std::string name = CS_TRY(fields.text_or("name", id.text));
    const auto head = static_cast<EventSeq>(CS_TRY(fields.integer("head_seq", {.min = 0})));
    store::Database& database = device.database();
    auto project = store::find_project(database, id);
    if (!project.ok() && project.error().code == ErrorCode::not_found) {
        project = store::create_project(database, id, name, now);
        // Items come with all their events up to now, so changes are needed only from here on.
        if (project.ok()) {
            project.value().cursor = head;
        }
    }
    if (!project.ok()) {
        return project.error();
    }
    store::ProjectRow row = project.value();
    row.name = name;
    if (fields.has("policy")) {
        const std::string policy = CS_TRY(fields.text("policy"));
        row.policy = CS_TRY(digest_from_hex(policy));
        row.policy_version = CS_TRY(fields.integer_or("policy_version", 0));
    }
    return store::save_project(database, row);
}

}  // namespace

Status SyncClient::find_missing_policy() {
    wanted_policy_.reset();
    const store::ProjectRow project = CS_TRY(store::find_project(device_.database(), project_));
    if (project.policy && !store::policy_bytes(device_.database(), project, *project.policy).ok()) {
        wanted_policy_ = project.policy;
        return success();
    }
    wanted_policy_ = CS_TRY(store::missing_policy(device_.database(), project));
    return success();
}

void SyncClient::start_pull() {
    TransportRequest out{"GET", "", "", ""};
    if (step_ != Step::project) {
        if (auto found = find_missing_policy(); !found.ok()) {
            failed(found.error(), pull_);
            return;
        }
        if (wanted_policy_) {
            request({"GET", path(concat("/policy?digest=", to_hex(*wanted_policy_))), "", ""}, &SyncClient::take_policy,
                    pull_);
            return;
        }
        step_ = step_ == Step::policy ? Step::workset : step_;
    }
    const auto project = store::find_project(device_.database(), project_);
    if (step_ != Step::project && !project.ok()) {
        failed(project.error(), pull_);
        return;
    }
    switch (step_) {
        case Step::project: request({"GET", path(""), "", ""}, &SyncClient::take_project, pull_); return;
        case Step::workset:
            request({"GET", path(concat("/workset?after=", project.value().workset_cursor)), "", ""},
                    &SyncClient::take_page, pull_);
            return;
        case Step::changes:
            request({"GET", path(concat("/changes?after=", project.value().cursor)), "", ""}, &SyncClient::take_page,
                    pull_);
            return;
        case Step::policy:
        case Step::rest: pull_.wanted = false; return;
    }
}

void SyncClient::take_project(const TransportResponse& response) {
    changed_ = true;
    if (auto kept = keep_project(device_, project_, response.body, clock_.now()); !kept.ok()) {
        failed(kept.error(), pull_);
        return;
    }
    step_ = Step::policy;
}

void SyncClient::take_policy(const TransportResponse& response) {
    const auto project = store::find_project(device_.database(), project_);
    Status kept = project.ok() ? success() : Status(project.error());
    if (project.ok() && sha256(response.body) != *wanted_policy_) {
        kept = fail(ErrorCode::corrupt, "the server sent a policy that is not the one it was asked for");
    } else if (project.ok()) {
        kept = store::add_policy(device_.database(), project.value(), *wanted_policy_, response.body);
    }
    if (!kept.ok()) {
        failed(kept.error(), pull_);
    }
    changed_ = true;
}

void SyncClient::take_page(const TransportResponse& response) {
    intake_ = std::make_unique<Intake>(device_, project_, step_ == Step::workset ? Feed::workset : Feed::changes,
                                       response.body);
}

// Works off a part of the page that is here. Every page may bring items under a policy that is not here yet, so the
// next request looks for that first.
bool SyncClient::take_lines() {
    const uint64_t before = intake_->items();
    const auto ended = intake_->take(kLinesPerRun);
    changed_ = true;
    if (!ended.ok()) {
        intake_.reset();
        failed(ended.error(), pull_);
        return false;
    }
    status_.items_taken += intake_->items() - before;
    if (!ended.value()) {
        return false;
    }
    const bool more = intake_->more();
    intake_.reset();
    if (!more) {
        step_ = step_ == Step::workset ? Step::changes : Step::rest;
        if (step_ == Step::rest && news_) {
            news_ = false;
            step_ = Step::workset;
        }
    }
    return true;
}

}  // namespace countersign::sync
