#include "native/cli/folder_carrier.h"

#include "core/base/concat.h"
#include "native/server/local_api.h"

namespace countersign::native {

namespace {

class FolderCarrier : public Carrier {
public:
    explicit FolderCarrier(std::unique_ptr<LocalApi> api) : api_(std::move(api)) {}

    Result<Answered> ask(const Asked& asked, std::string body) override {
        const api::RequestHead head = CS_TRY(head_of(asked));
        return whole(CS_TRY(api_->answer_whole(head, body)));
    }

    Result<Answered> send(const Asked& asked, const NextPiece& next) override {
        const api::RequestHead head = CS_TRY(head_of(asked));
        const api::Plan plan = api::plan(head, api_->workspace());
        if (plan.refusal) {
            return Answered{plan.refusal->status, plan.refusal->body};
        }
        std::unique_ptr<api::BodySink> sink = CS_TRY(api::open_sink(head, api_->workspace()));
        for (std::string piece; CS_TRY(next(piece)); piece.clear()) {
            const api::BodySink::Work work = CS_TRY(sink->feed(piece));
            if (work) {
                CS_TRY_STATUS(work(api_->workspace()));
            }
        }
        return whole(sink->finish(api_->workspace()));
    }

    Result<Answered> receive(const Asked& asked, const TakePiece& take) override {
        const api::RequestHead head = CS_TRY(head_of(asked));
        api::Response response = api_->answer(head, {});
        if (response.status >= 400 || response.source == nullptr) {
            return whole(std::move(response));
        }
        for (std::string piece; CS_TRY(response.source->next(piece)); piece.clear()) {
            CS_TRY_STATUS(take(piece));
        }
        return Answered{response.status, {}};
    }

    void use_cookie(std::string cookie) override { cookie_ = std::move(cookie); }

private:
    Result<api::RequestHead> head_of(const Asked& asked) const {
        api::RequestHead head = CS_TRY(local_head(asked.method, asked.target));
        head.headers = {cookie_.empty() ? api::Header{"authorization", concat("Bearer ", api_->token())}
                                        : api::Header{"cookie", cookie_},
                        {"content-type", asked.content_type}};
        return head;
    }

    static Answered whole(api::Response response) {
        Answered out{response.status, std::move(response.body)};
        for (const auto& [name, value] : response.headers) {
            if (name == "set-cookie") {
                out.cookie = cookie_of(value);
            }
        }
        return out;
    }

    std::unique_ptr<LocalApi> api_;
    std::string cookie_;
};

}  // namespace

Result<std::unique_ptr<Carrier>> make_folder_carrier(const DataFolder& folder) {
    return std::unique_ptr<Carrier>(
        std::make_unique<FolderCarrier>(CS_TRY(LocalApi::open(folder, "a countersign command"))));
}

}  // namespace countersign::native
