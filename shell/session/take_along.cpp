#include "shell/session/take_along.h"

#include <algorithm>
#include <charconv>

#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kMostTaken = 500;  // as the server allows at once
constexpr size_t kMostLeases = 10'000;

// Tiers that people work on.
std::vector<const TierDef*> tiers_of(const Policy& policy) {
    std::vector<const TierDef*> out;
    for (const TierDef& tier : policy.tiers) {
        if (tier.kind != TierKind::automatic) {
            out.push_back(&tier);
        }
    }
    return out;
}

Duration time_of(TakeTime time) {
    return time == TakeTime::eight_hours ? Duration{8 * kHour_us} : Duration{3 * kDay_us};
}

}  // namespace

void TakeAlong::load() {
    stale_ = false;
    auto running = store::running_leases(work_.database(), work_.project, work_.clock.now(), kMostLeases);
    taken_ = running.ok() ? std::move(running).value() : std::vector<store::LeaseRow>();
    std::erase_if(taken_, [&](const store::LeaseRow& row) { return !row.offline || row.holder != work_.person; });
    std::stable_sort(taken_.begin(), taken_.end(),
                     [](const store::LeaseRow& a, const store::LeaseRow& b) { return a.expires < b.expires; });
}

int64_t TakeAlong::taken() {
    if (stale_) {
        load();
    }
    return static_cast<int64_t>(taken_.size());
}

std::optional<size_t> TakeAlong::count() const {
    size_t number = 0;
    const char* end = typed_.data() + typed_.size();
    const auto read = std::from_chars(typed_.data(), end, number);
    const bool good = read.ec == std::errc{} && read.ptr == end && number >= 1 && number <= kMostTaken;
    return good ? std::optional(number) : std::nullopt;
}

std::string TakeAlong::take() {
    const auto number = count();
    if (!number) {
        return std::string(work_.texts(Text::take_bad_count));
    }
    const std::vector<const TierDef*> tiers = tiers_of(*work_.policy);
    const bool some = tier_ > 0 && static_cast<size_t>(tier_) <= tiers.size();
    work_.leasing.take_along(
        {*number, some ? tiers[static_cast<size_t>(tier_) - 1]->id : std::string(), time_of(time_)});
    return std::string(work_.texts(Text::take_busy));
}

std::string TakeAlong::give_back(const std::string& item) {
    std::vector<store::LeaseRow> leases = taken_;
    std::erase_if(leases, [&](const store::LeaseRow& row) { return !item.empty() && row.item.text != item; });
    work_.leasing.give_back(leases);
    return std::string(work_.texts(Text::take_busy));
}

std::optional<std::string> TakeAlong::handle(const Intent& intent) {
    if (const auto* show = std::get_if<intent::ShowTakeAlong>(&intent)) {
        open_ = show->show;
    } else if (const auto* typed = std::get_if<intent::TakeCountTyped>(&intent)) {
        typed_ = typed->count;
    } else if (const auto* time = std::get_if<intent::ChooseTakeTime>(&intent)) {
        time_ = time->time;
    } else if (const auto* tier = std::get_if<intent::ChooseTakeTier>(&intent)) {
        tier_ = tier->tier;
    } else if (std::get_if<intent::TakeAlong>(&intent) != nullptr) {
        return take();
    } else if (const auto* back = std::get_if<intent::GiveBack>(&intent)) {
        return give_back(back->item);
    } else {
        return std::nullopt;
    }
    return std::string();
}

std::string TakeAlong::outcome_words() const {
    const Texts& texts = work_.texts;
    if (!count()) {
        return std::string(texts(Text::take_bad_count));
    }
    const auto& outcome = work_.leasing.outcome();
    if (!outcome) {
        return {};
    }
    if (outcome->problem) {
        return texts(Text::take_failed, outcome->problem->message);
    }
    const auto taken = static_cast<int64_t>(outcome->taken);
    if (taken == 0) {
        return std::string(texts(Text::take_done_none));
    }
    return outcome->taken == outcome->asked
               ? counted(texts, taken, Text::take_done_all_one, Text::take_done_all)
               : texts(Text::take_done_some, grouped(taken), grouped(static_cast<int64_t>(outcome->asked)));
}

std::optional<TakeAlongModel> TakeAlong::model() {
    if (!open_) {
        return std::nullopt;
    }
    TakeAlongModel out;
    out.count = typed_;
    out.time = time_;
    out.tiers.emplace_back(work_.texts(Text::take_any_tier));
    for (const TierDef* tier : tiers_of(*work_.policy)) {
        out.tiers.push_back(tier->name.empty() ? tier->id : tier->name);
    }
    out.tier = tier_;
    out.online = work_.sync.status().online;
    out.busy = work_.leasing.busy();
    out.can_take = count().has_value();
    out.outcome = out.busy ? std::string(work_.texts(Text::take_busy)) : outcome_words();
    if (stale_) {
        load();
    }
    const Instant now = work_.clock.now();
    for (const store::LeaseRow& row : taken_) {
        out.taken.push_back({row.item.text, work_.texts(Text::take_until, near_moment_words(row.expires)),
                             (row.expires - now).us < kHour_us});
    }
    return out;
}

}  // namespace countersign::shell
