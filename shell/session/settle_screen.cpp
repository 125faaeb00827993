#include "shell/session/settle_screen.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/sync/problem.h"
#include "shell/session/describe.h"
#include "shell/session/incidents.h"
#include "shell/session/operation_words.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kMostListed = 10'000;
constexpr JsonLimits kAnswer{.total_bytes = size_t{64} << 20};

}  // namespace

void SettleScreen::fetch() {
    ++*generation_;  // an answer to an earlier question is no longer wanted
    in_flight_ = 0;
    const std::string project = concat("/api/v1/projects/", work_.project.id.text);
    ask({"GET", concat(project, "/quarantine"), "", ""}, &SettleScreen::take_waiting);
    ask({"GET", concat(project, "/incidents"), "", ""}, &SettleScreen::take_incidents);
    load_problem_.clear();
}

void SettleScreen::ask(TransportRequest request, Answered answered) {
    ++in_flight_;
    work_.transport.send(std::move(request), [this, answered, generation = generation_,
                                              mine = *generation_](Result<TransportResponse> result) {
        if (*generation != mine) {
            return;
        }
        --in_flight_;
        if (!result.ok()) {
            fail_with(result.error().message);
        } else if (result.value().status < 200 || result.value().status >= 300) {
            fail_with(sync::error_of(result.value()).message);
        } else {
            (this->*answered)(result.value());
        }
        work_.changed();
    });
}

void SettleScreen::fail_with(std::string why) {
    if (!settling_.empty()) {
        problem_ = work_.texts(Text::settle_failed, why);
        status_ = problem_;
        settling_.clear();
    } else {
        load_problem_ = std::move(why);
    }
}

Status SettleScreen::read_waiting(std::string_view body) {
    const Json json = CS_TRY(parse_json(body, kAnswer));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const JsonArray* operations = CS_TRY(fields.list("operations", kMostListed));
    const TextRule any{.min_bytes = 0, .max_bytes = 1 << 20};
    waiting_.clear();
    for (size_t i = 0; i < operations->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*operations)[i], element_path("operations", i)));
        Waiting row;
        row.stream = CS_TRY(one.text("stream"));
        row.seq = CS_TRY(one.integer("seq", {.min = 1}));
        row.hash = CS_TRY(one.text("hash"));
        row.item = CS_TRY(one.text_or("item", "", any));
        row.account = CS_TRY(one.text_or("account", "", any));
        row.reason = CS_TRY(one.text_or("reason", "", any));
        row.at = CS_TRY(one.text_or("at", "", any));
        row.bytes = CS_TRY(one.text_or("bytes", "", any));
        waiting_.push_back(std::move(row));
    }
    return success();
}

void SettleScreen::take_waiting(const TransportResponse& response) {
    described_.clear();
    if (const Status read = read_waiting(response.body); !read.ok()) {
        load_problem_ = read.error().text();
        return;
    }
    fetched_ = work_.clock.now();
    select(selected_);
}

Status SettleScreen::read_incidents(std::string_view body) {
    incidents_ = CS_TRY(incident_models(work_, body));
    return success();
}

void SettleScreen::take_incidents(const TransportResponse& response) {
    if (const Status read = read_incidents(response.body); !read.ok()) {
        load_problem_ = read.error().text();
    }
    select(selected_);
}

void SettleScreen::take_settled(const TransportResponse&) {
    status_ = std::exchange(settling_, {});
    reason_.clear();
    reason_missing_ = false;
    problem_.clear();
    work_.sync.poke();
    fetch();
}

int64_t SettleScreen::rows_of_tab() const {
    return tab_ == SettleTab::waiting ? count() : static_cast<int64_t>(incidents_.size());
}

// What is being written is about the row that it was begun for.
void SettleScreen::select(int64_t row) {
    const int64_t now = std::max<int64_t>(0, std::min(row, rows_of_tab() - 1));
    if (now != selected_) {
        reason_.clear();
        reason_missing_ = false;
        problem_.clear();
    }
    selected_ = now;
}

std::string SettleScreen::settle(const intent::Settle& wish) {
    const auto one =
        std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& row) { return row.id() == wish.id; });
    if (one == waiting_.end() || !settling_.empty()) {
        return {};
    }
    reason_missing_ = reason_.empty();
    if (reason_missing_) {
        return work_.texts(Text::settle_failed, work_.texts(Text::settle_reason_missing));
    }
    JsonWriter body;
    body.begin_object().member("stream", one->stream).member("seq", one->seq).member("hash", one->hash);
    body.member_bool("admit", wish.admit).member("reason", reason_).end_object();
    const std::string name = one->item.empty() ? std::string(work_.texts(Text::settle_no_item)) : one->item;
    settling_ = work_.texts(wish.admit ? Text::settle_admitted : Text::settle_rejected, name);
    ask({"POST", concat("/api/v1/projects/", work_.project.id.text, "/quarantine"), "application/json",
         std::move(body).take()},
        &SettleScreen::take_settled);
    return {};
}

std::optional<std::string> SettleScreen::handle(const Intent& intent) {
    if (std::get_if<intent::TryAgain>(&intent) != nullptr) {
        fetch();
    } else if (const auto* tab = std::get_if<intent::ChooseSettleTab>(&intent)) {
        tab_ = tab->tab;
        select(0);
    } else if (const auto* row = std::get_if<intent::SelectRow>(&intent)) {
        select(row->row);
    } else if (const auto* typed = std::get_if<intent::SettleReasonTyped>(&intent)) {
        reason_ = typed->reason;
        reason_missing_ = false;
    } else if (const auto* wish = std::get_if<intent::Settle>(&intent)) {
        return settle(*wish);
    } else {
        return std::nullopt;
    }
    return std::string();
}

WaitingOperation SettleScreen::describe(const Waiting& one) const {
    WaitingOperation out;
    out.id = one.id();
    out.who = one.account.empty() ? std::string(work_.texts(Text::settle_nobody)) : one.account;
    const auto at = parse_rfc3339(one.at);
    out.when = at.ok() ? ago_words(work_.texts, at.value(), work_.clock.now()) : one.at;
    out.item = one.item;
    const auto item = load_item(work_, ItemId(one.item));
    OperationWords words = operation_words(work_, one.bytes, item.ok() ? &item.value().state : nullptr);
    out.what = std::move(words.what);
    out.says = std::move(words.says);
    out.why = one.reason;
    out.can_admit = !one.item.empty();
    out.hindrance = one.account == work_.person.text ? std::string(work_.texts(Text::settle_own)) : std::string();
    return out;
}

const WaitingOperation* SettleScreen::row(int64_t index) {
    if (index < 0 || index >= count()) {
        return nullptr;
    }
    const auto known = described_.find(index);
    return known != described_.end()
               ? &known->second
               : &described_.emplace(index, describe(waiting_[static_cast<size_t>(index)])).first->second;
}

void SettleScreen::fill(SettleModel& model) {
    model.project = work_.project.name;
    if (!fetched_) {
        model.load = load_problem_.empty() ? LoadModel{LoadModel::State::loading, {}}
                                           : LoadModel{LoadModel::State::failed, load_problem_};
    }
    model.working = in_flight_ > 0;
    model.refresh_problem = fetched_ ? load_problem_ : std::string();
    model.when = fetched_ ? ago_words(work_.texts, *fetched_, work_.clock.now()) : std::string();
    model.tab = tab_;
    model.waiting = this;
    model.incidents = incidents_;
    model.selected = rows_of_tab() == 0 ? -1 : selected_;
    model.reason = reason_;
    model.reason_missing = reason_missing_;
    model.problem = problem_;
}

}  // namespace countersign::shell
