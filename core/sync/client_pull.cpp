// The pulling half of SyncClient: project, hello, the policies that its items need, a snapshot when there is no place
// in the feed to go on from, the feed.

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/sync/client.h"
#include "core/sync/erasing.h"
#include "core/sync/greeting.h"

namespace countersign::sync {

namespace {

constexpr Duration kStableKept{90 * kDay_us};
constexpr size_t kAskedItems = 10;   // of which each has up to 200 bytes: an address of some KB
constexpr size_t kLinesPerRun = 40;  // some milliseconds in a browser

// The project as the server knows it, made or brought up to date here.
Status keep_project(Device& device, const ProjectId& id, std::string_view body, Instant now) {
    const Json json = CS_TRY(parse_json(body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const std::string name = CS_TRY(fields.text_or("name", id.text));
    store::Database& database = device.database();
    auto project = store::find_project(database, id);
    if (!project.ok() && project.error().code == ErrorCode::not_found) {
        project = store::create_project(database, id, name, now);
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

std::string place_of(const store::ProjectRow& project) {
    return concat(project.feed, ' ', project.snapshot_no, ' ', project.snapshot_at, ' ', project.snapshot_after);
}

// Items that the snapshot may leave out and that stay here, some in each request.
Result<std::string> kept_items(store::Database& database, const store::ProjectRow& project) {
    const int64_t snapshot_no = project.snapshot_no + (project.snapshot_at == 0 ? 1 : 0);
    std::string out;
    for (const ItemId& item :
         CS_TRY(store::unseen(database, project, snapshot_no, store::Unseen::stays, kAskedItems))) {
        out += concat(out.empty() ? "&items=" : ",", to_hex(item.text));
    }
    return out;
}

}  // namespace

Status SyncClient::find_missing_policy() {
    const store::ProjectRow project = CS_TRY(store::find_project(device_.database(), project_));
    if (project.policy && !store::policy_bytes(device_.database(), project, *project.policy).ok()) {
        wanted_policy_ = project.policy;
        return success();
    }
    wanted_policy_ = CS_TRY(store::missing_policy(device_.database(), project));
    return success();
}

void SyncClient::start_pull() {
    wanted_policy_.reset();
    if (step_ == Step::project) {
        request({"GET", path(""), "", ""}, &SyncClient::take_project, pull_);
        return;
    }
    Status ready = step_ == Step::hello ? ask_hello() : find_missing_policy();
    const auto project = store::find_project(device_.database(), project_);
    if (ready.ok() && !project.ok()) {
        ready = project.error();
    }
    if (!ready.ok()) {
        failed(ready.error(), pull_);
    } else if (step_ == Step::hello) {
        return;
    } else if (wanted_policy_) {
        request({"GET", path(concat("/policy?digest=", to_hex(*wanted_policy_))), "", ""}, &SyncClient::take_policy,
                pull_);
    } else if (step_ == Step::rest) {
        pull_.wanted = false;
    } else if (auto asked = ask_page(project.value()); !asked.ok()) {
        failed(asked.error(), pull_);
    }
}

// The stream that the next decision will stand in: its hello says in which life the server is, and what was lost.
Status SyncClient::ask_hello() {
    const store::ProjectRow project = CS_TRY(store::find_project(device_.database(), project_));
    const store::StreamRow stream = CS_TRY(ensure_stream(device_, project, actor_));
    pulled_stream_ = stream.stream;
    return send_hello(stream, &SyncClient::take_pulled_hello, pull_);
}

Status SyncClient::ask_page(const store::ProjectRow& project) {
    step_ = project.feed.empty() ? Step::snapshot : Step::feed;
    const std::optional<EventSeq> told = CS_TRY(erasures_told(device_.database(), project));
    std::string query = concat("/feed?cursor=", project.feed);
    if (step_ == Step::snapshot) {
        query = concat("/snapshot?device=", device_.id().text);
        if (project.snapshot_at != 0) {
            query += concat("&at=", project.snapshot_at, "&after=", project.snapshot_after);
        } else if (told) {
            query += concat("&erased=", *told);
        }
        const std::string kept = CS_TRY(kept_items(device_.database(), project));
        asked_for_items_ = !kept.empty();
        query += kept;
    }
    asked_place_ = place_of(project);
    request({"GET", path(query), "", ""}, &SyncClient::take_page, pull_);
    return success();
}

void SyncClient::take_project(const TransportResponse& response) {
    changed_ = true;
    if (auto kept = keep_project(device_, project_, response.body, clock_.now()); !kept.ok()) {
        failed(kept.error(), pull_);
        return;
    }
    step_ = Step::hello;
}

void SyncClient::take_pulled_hello(const TransportResponse& response) {
    changed_ = true;
    const auto greeted = take_greeting(device_, pulled_stream_, pull_.asked, response.body);
    if (!greeted.ok()) {
        failed(greeted.error(), pull_);
        return;
    }
    // Once a session is often enough; only behind a hello, which may have found that less is stable than was thought.
    if (const auto forgotten = store::forget_stable(device_.database(), clock_.now() - kStableKept); !forgotten.ok()) {
        failed(forgotten.error(), pull_);
        return;
    }
    sending_[pulled_stream_.text].greeted = true;
    told(greeted.value().checkpoint);
    step_ = Step::feed;  // or a snapshot: the project's row knows
    push_.wanted = true;
    count();
}

void SyncClient::take_policy(const TransportResponse& response) {
    const auto project = store::find_project(device_.database(), project_);
    Status kept = project.ok() ? success() : Status(project.error());
    if (project.ok() && sha256(response.body) != *wanted_policy_) {
        kept = fail(ErrorCode::corrupt, "the server sent a policy that is not the one it was asked for");
    } else if (project.ok()) {
        kept = store::add_policy(device_.database(), project.value(), *wanted_policy_, response.body);
        kept = kept.ok() ? device_.refresh_pending(project.value()) : kept;
    }
    if (!kept.ok()) {
        failed(kept.error(), pull_);
    }
    changed_ = true;
}

void SyncClient::take_page(const TransportResponse& response) {
    // A hello may have moved the place meanwhile: what was asked for before does not go on from there.
    const auto project = store::find_project(device_.database(), project_);
    if (!project.ok() || place_of(project.value()) != asked_place_) {
        return;
    }
    intake_ = std::make_unique<Intake>(device_, project_, step_ == Step::snapshot ? PageKind::snapshot : PageKind::feed,
                                       response.body, asked_for_items_);
}

// The place does not hold any more: the server is greeted again, which may be a new life of it, and a snapshot follows.
bool SyncClient::pull_refused(const Error& error) {
    if (error.code == ErrorCode::not_found && wanted_policy_) {
        return policy_refused();
    }
    if (error.code != ErrorCode::gone || ++places_gone_ > 2) {
        return false;
    }
    store::Transaction transaction(device_.database());
    auto project = store::find_project(device_.database(), project_);
    if (!project.ok() || !transaction.begin().ok()) {
        return false;
    }
    project.value().feed.clear();
    project.value().snapshot_at = 0;
    if (!store::save_project(device_.database(), project.value()).ok() || !transaction.commit().ok()) {
        return false;
    }
    reached_server(pull_);
    step_ = Step::hello;
    changed_ = true;
    return true;
}

// The server was put back to before it had this policy, or never had it: what it has now is asked for from the start.
bool SyncClient::policy_refused() {
    const auto project = store::find_project(device_.database(), project_);
    if (!project.ok() || !store::forget_policy_note(device_.database(), project.value(), *wanted_policy_).ok()) {
        return false;
    }
    step_ = Step::project;
    if (++places_gone_ > 2) {
        return false;
    }
    reached_server(pull_);
    changed_ = true;
    return true;
}

// Works off a part of the page that is here. Every page may bring items under a policy that is not here yet, so the
// next request looks for that first.
void SyncClient::take_lines() {
    const uint64_t before = intake_->items();
    const auto ended = intake_->take(kLinesPerRun);
    changed_ = true;
    if (!ended.ok()) {
        intake_.reset();
        if (!pull_refused(ended.error())) {
            failed(ended.error(), pull_);
        }
        return;
    }
    status_.items_taken += intake_->items() - before;
    if (ended.value()) {
        const bool more = intake_->end().more;
        told(intake_->end().checkpoint);
        intake_.reset();
        page_ended(more);
    }
}

void SyncClient::page_ended(bool more) {
    places_gone_ = 0;
    count();
    if (more) {
        return;
    }
    step_ = step_ == Step::snapshot ? Step::feed : Step::rest;
    if (step_ == Step::rest && news_) {
        news_ = false;
        step_ = Step::feed;
    }
}

}  // namespace countersign::sync
