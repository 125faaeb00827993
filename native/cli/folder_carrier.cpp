#include "native/cli/folder_carrier.h"

#include <unistd.h>

#include "core/api/server.h"
#include "core/base/concat.h"
#include "core/hash/sha256.h"
#include "native/http/target.h"
#include "native/platform/clock_posix.h"
#include "native/platform/secrets.h"

namespace countersign::native {

namespace {

class FolderCarrier : public Carrier {
public:
    FolderCarrier(FileLock lock, std::unique_ptr<store::Database> database)
        : lock_(std::move(lock)),
          database_(std::move(database)),
          token_(to_hex(entropy_.bytes(32))),
          workspace_{*database_, clock_, entropy_, passwords_, policies_, settings_} {
        settings_.local_token = sha256(token_);
    }

    Result<Answered> ask(const Asked& asked, std::string body) override {
        const api::RequestHead head = CS_TRY(head_of(asked));
        const api::Plan plan = api::plan(head, workspace_);
        if (plan.refusal) {
            return Answered{plan.refusal->status, plan.refusal->body};
        }
        return whole(api::answer(head, body, workspace_));
    }

    Result<Answered> send(const Asked& asked, const NextPiece& next) override {
        const api::RequestHead head = CS_TRY(head_of(asked));
        const api::Plan plan = api::plan(head, workspace_);
        if (plan.refusal) {
            return Answered{plan.refusal->status, plan.refusal->body};
        }
        std::unique_ptr<api::BodySink> sink = CS_TRY(api::open_sink(head, workspace_));
        for (std::string piece; CS_TRY(next(piece)); piece.clear()) {
            const api::BodySink::Work work = CS_TRY(sink->feed(piece));
            if (work) {
                CS_TRY_STATUS(work(workspace_));
            }
        }
        return whole(sink->finish(workspace_));
    }

    Result<Answered> receive(const Asked& asked, const TakePiece& take) override {
        const api::RequestHead head = CS_TRY(head_of(asked));
        api::Plan plan = api::plan(head, workspace_);
        api::Response response = plan.refusal ? std::move(*plan.refusal) : api::answer(head, {}, workspace_);
        if (response.status >= 400 || response.source == nullptr) {
            return whole(std::move(response));
        }
        for (std::string piece; CS_TRY(response.source->next(piece)); piece.clear()) {
            CS_TRY_STATUS(take(piece));
        }
        return Answered{response.status, {}};
    }

private:
    // Read as the HTTP layer reads it, so that a command means the same with and without a server.
    Result<api::RequestHead> head_of(const Asked& asked) const {
        api::RequestHead head;
        head.method = asked.method;
        const std::string_view target = asked.target;
        const size_t question = target.find('?');
        auto refusal = http::read_path(target.substr(0, question), head.path);
        if (!refusal && question != std::string_view::npos) {
            refusal = http::read_query(target.substr(question + 1), http::Limits{}, head.query);
        }
        if (refusal) {
            return fail(ErrorCode::invalid_argument, refusal->detail);
        }
        head.headers = {{"authorization", concat("Bearer ", token_)}, {"content-type", asked.content_type}};
        head.remote = "127.0.0.1";
        return head;
    }

    Result<Answered> whole(api::Response response) {
        if (response.then_write) {
            response = response.then_write(workspace_);
        }
        Answered out{response.status, std::move(response.body)};
        while (response.source != nullptr && CS_TRY(response.source->next(out.body))) {
        }
        return out;
    }

    FileLock lock_;
    std::unique_ptr<store::Database> database_;
    SystemClock clock_;
    SystemEntropy entropy_;
    Argon2Passwords passwords_;
    store::PolicyCache policies_;
    api::ServerSettings settings_;
    std::string token_;
    api::Workspace workspace_;
};

}  // namespace

Result<std::unique_ptr<Carrier>> make_folder_carrier(const DataFolder& folder) {
    FileLock lock =
        CS_TRY(folder.lock(concat("a countersign command (process ", static_cast<int64_t>(::getpid()), ")")));
    std::unique_ptr<store::Database> database = CS_TRY(folder.open_writer());
    return std::unique_ptr<Carrier>(std::make_unique<FolderCarrier>(std::move(lock), std::move(database)));
}

}  // namespace countersign::native
