#include "native/server/local_api.h"

#include <algorithm>
#include <cstdio>

#include <unistd.h>

#include "core/base/concat.h"
#include "core/hash/sha256.h"
#include "native/http/target.h"
#include "native/server/serve.h"
#include "native/server/subject_keys.h"

namespace countersign::native {

LocalApi::LocalApi(FileLock lock, std::shared_ptr<SubjectKeys> keys, std::unique_ptr<store::Database> database,
                   Chores chores, bool demo)
    : lock_(std::move(lock)),
      keys_(std::move(keys)),
      database_(std::move(database)),
      token_(to_hex(entropy_.bytes(32))),
      chores_(std::move(chores)),
      workspace_{*database_, clock_, entropy_, passwords_, policies_, settings_} {
    settings_.demo = demo;
    settings_.version = version_text();
    settings_.local_token = sha256(token_);
    settings_.log_key = chores_.log_key();
}

LocalApi::~LocalApi() {
    if (database_->broken()) {
        return;
    }
    if (const Status done = chores_.finish(workspace_); !done.ok()) {
        std::fprintf(stderr, "countersign: judging or sealing stopped: %s\n", done.error().text().c_str());
    }
}

Result<std::unique_ptr<LocalApi>> LocalApi::open(const DataFolder& folder, std::string_view holder, bool demo) {
    FileLock lock = CS_TRY(folder.lock(concat(holder, " (process ", static_cast<int64_t>(::getpid()), ")")));
    DataFolder with_keys = folder;
    std::unique_ptr<store::Database> database = CS_TRY(with_keys.open_writer());
    SystemEntropy entropy;
    LogKeeper keeper = CS_TRY(LogKeeper::open(folder.path(), *database, entropy));
    CS_TRY_STATUS(put_texts_in_order(*database, SystemClock().now()));
    return std::unique_ptr<LocalApi>(
        new LocalApi(std::move(lock), with_keys.keys(), std::move(database), Chores(std::move(keeper)), demo));
}

api::Response LocalApi::answer(const api::RequestHead& head, const std::string& body) {
    api::Response response = answer_once(head, body);
    // As a server ends when its disk fails it: nothing more is read or written by what may not be there.
    return database_->broken() ? api::problem(*database_->broken()) : std::move(response);
}

api::Response LocalApi::answer_once(const api::RequestHead& head, const std::string& body) {
    if (database_->broken()) {
        return {};
    }
    api::Plan plan = api::plan(head, workspace_);
    if (plan.refusal) {
        return std::move(*plan.refusal);
    }
    api::Response response = api::answer(head, body, workspace_);
    const bool writes = plan.lane == api::Lane::writer || response.then_write;
    if (response.then_write) {
        response = response.then_write(workspace_);
    }
    const Status caught_up = writes ? chores_.catch_up(workspace_) : success();
    return caught_up.ok() ? std::move(response) : api::problem(caught_up.error());
}

Result<api::Response> LocalApi::answer_whole(const api::RequestHead& head, const std::string& body) {
    api::Response response = answer(head, body);
    while (response.source != nullptr && CS_TRY(response.source->next(response.body))) {
    }
    return response;
}

Result<api::RequestHead> local_head(std::string_view method, std::string_view target) {
    api::RequestHead head;
    head.method = method;
    const std::string_view path = target.substr(0, target.find('?'));
    const std::string_view query = target.substr(std::min(path.size() + 1, target.size()));
    auto refusal = http::read_path(path, head.path);
    if (!refusal) {
        refusal = http::read_query(query, http::Limits{}, head.query);
    }
    if (refusal) {
        return fail(ErrorCode::invalid_argument, refusal->detail, std::string(target));
    }
    head.remote = "127.0.0.1";
    return head;
}

}  // namespace countersign::native
