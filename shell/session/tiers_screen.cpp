#include "shell/session/tiers_screen.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/sync/problem.h"
#include "shell/session/tier_words.h"
#include "shell/session/words.h"

namespace countersign::shell {

void TiersScreen::fetch() {
    ++*generation_;  // an answer to an earlier question is no longer wanted
    in_flight_ = 0;
    ask({"GET", concat("/api/v1/projects/", work_.project.id.text, "/tiers"), "", ""}, &TiersScreen::take_board);
    load_problem_.clear();
}

void TiersScreen::ask(TransportRequest request, Answered answered) {
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

void TiersScreen::fail_with(std::string why) {
    if (!changing_.empty()) {
        problem_ = work_.texts(Text::settle_failed, why);
        status_ = problem_;
        changing_.clear();
    } else {
        load_problem_ = std::move(why);
    }
}

void TiersScreen::take_board(const TransportResponse& response) {
    auto read = tier_models(work_.texts, response.body);
    if (!read.ok()) {
        load_problem_ = read.error().text();
        return;
    }
    tiers_ = std::move(read).value();
    fetched_ = work_.clock.now();
    select(selected_);
}

void TiersScreen::take_changed(const TransportResponse&) {
    status_ = std::exchange(changing_, {});
    reason_.clear();
    reason_missing_ = false;
    problem_.clear();
    work_.sync.poke();
    fetch();
}

// What is being written is about the tier that it was begun for.
void TiersScreen::select(int row) {
    const int now = std::clamp(row, 0, std::max(0, static_cast<int>(tiers_.size()) - 1));
    if (now != selected_) {
        reason_.clear();
        reason_missing_ = false;
        problem_.clear();
    }
    selected_ = now;
}

void TiersScreen::change(bool open) {
    if (tiers_.empty() || !changing_.empty()) {
        return;
    }
    const TierModel& tier = tiers_[static_cast<size_t>(selected_)];
    reason_missing_ = !open && reason_.empty();
    if (reason_missing_ || (open ? !tier.can_open : !tier.open)) {
        return;
    }
    JsonWriter body;
    body.begin_object().member("model", tier.model).member("tier", tier.tier);
    if (!open) {
        body.member("why", reason_);
    }
    body.end_object();
    changing_ = work_.texts(open ? Text::tiers_opened : Text::tiers_closed, tier.title);
    ask({"POST", concat("/api/v1/projects/", work_.project.id.text, open ? "/tiers/certify" : "/tiers/close"),
         "application/json", std::move(body).take()},
        &TiersScreen::take_changed);
}

std::optional<std::string> TiersScreen::handle(const Intent& intent) {
    if (std::get_if<intent::TryAgain>(&intent) != nullptr) {
        fetch();
    } else if (const auto* row = std::get_if<intent::SelectRow>(&intent)) {
        select(static_cast<int>(row->row));
    } else if (const auto* typed = std::get_if<intent::SettleReasonTyped>(&intent)) {
        reason_ = typed->reason;
        reason_missing_ = false;
    } else if (const auto* wish = std::get_if<intent::ChangeTier>(&intent)) {
        change(wish->open);
    } else {
        return std::nullopt;
    }
    return std::string();
}

void TiersScreen::fill(TiersModel& model) const {
    if (!fetched_) {
        model.load = load_problem_.empty() ? LoadModel{LoadModel::State::loading, {}}
                                           : LoadModel{LoadModel::State::failed, load_problem_};
    }
    model.working = in_flight_ > 0;
    model.refresh_problem = fetched_ ? load_problem_ : std::string();
    model.when = fetched_ ? ago_words(work_.texts, *fetched_, work_.clock.now()) : std::string();
    model.tiers = tiers_;
    model.selected = selected_;
    model.reason = reason_;
    model.reason_missing = reason_missing_;
    model.problem = problem_;
}

}  // namespace countersign::shell
