#include "bench/month/month.h"

#include <algorithm>
#include <map>
#include <vector>

#include "core/base/concat.h"
#include "core/people/plan.h"
#include "core/policy/load.h"
#include "core/routing/route.h"
#include "core/stats/random.h"
#include "core/tiers/certify.h"
#include "core/tiers/keys.h"
#include "core/tiers/monitor.h"
#include "core/tiers/place.h"

namespace countersign::bench {

namespace {

constexpr int kPeople = 40;
constexpr int kItemsADay = 1'400;
constexpr int kFirstHour = 9;
constexpr int kHours = 8;
constexpr double kSeconds = 75;        // of a usual review
constexpr double kShareOfTime = 0.16;  // of their day that people spend on this project
constexpr Instant kStart{1'790'000'000'000'000};

constexpr const char* kPolicy = R"json({
  "format": "countersign-policy-1", "name": "Month", "task": {"type": "single_label", "question": "Which?"},
  "labels": [{"id": "a"}, {"id": "b"}],
  "tiers": [{"id": "auto", "kind": "auto", "promise": {"max_error": 0.05, "confidence": 0.9, "first_look": 1000,
                                                       "audit": 0.05, "alarm": 0.05, "evidence_while_open": 0.01}},
            {"id": "quick", "kind": "quick", "due": "1d"}],
  "routes": [{"id": "all", "when": "true", "tier": "auto"}]})json";

struct Thing {
    ItemId id;
    Ppm confidence;
    bool right = false;
    RouteTaken route;
    Instant arrived;
    std::optional<Instant> decided;
    bool found_right = false;
    bool given = false;  // somebody has it
};

struct Person {
    people::Reviewer reviewer;
    double correctness = 1;
    bool away = false;
    bool offline = false;
};

class Play {
public:
    explicit Play(const MonthSetting& setting)
        : setting_(setting), random_(setting.seed), policy_(load_policy(kPolicy).value()), secret_(32, 's') {
        secret_ = concat("month", setting.seed, std::string(32, 's')).substr(0, 32);
        for (int i = 0; i < kPeople; ++i) {
            Person person;
            person.reviewer.id = ActorId(concat("p", i));
            person.correctness = 0.985 + 0.014 * random_.uniform();
            const double answers = 400;
            person.reviewer.experience = {
                {"item", answers, answers * person.correctness, 0.7 + 0.6 * random_.uniform()}};
            people_.push_back(std::move(person));
        }
    }

    Month play() {
        for (day_ = 1; day_ <= kDays; ++day_) {
            begin_day();
            for (int hour = 0; hour < kHours; ++hour) {
                arrive(kItemsADay / kHours, hour);
                review_hour(hour);
            }
            end_day();
        }
        sum_up();
        return out_;
    }

private:
    Instant at(int hour) const { return kStart + Duration{((day_ - 1) * 24 + kFirstHour + hour) * kHour_us}; }

    tiers::Placing placing(Instant now) const { return {policy_, board_, secret_, now}; }

    bool is_open() const { return board_.holds("auto", model_, policy_.tier("auto")->promise->basis) != nullptr; }

    void begin_day() {
        for (Person& person : people_) {
            person.away = random_.uniform() < 0.08;
            person.offline = !person.away && random_.uniform() < 0.1;
            person.reviewer.today = {};
            person.reviewer.per_day.seconds = kHours * 3600 * kShareOfTime;
        }
        // Who leaves the network takes a day's work along, of what waits this morning.
        give(at(0), [](const Person& person) { return person.offline; }, at(kHours));
    }

    void arrive(int count, int hour) {
        for (int i = 0; i < count; ++i) {
            Thing thing;
            thing.id = ItemId(concat("i", things_.size()));
            thing.arrived = at(hour) + Duration{kHour_us / count * i};
            const bool easy = random_.uniform() < 0.6;
            const double confidence = easy ? 0.8 + 0.19 * random_.uniform() : 0.5 + 0.3 * random_.uniform();
            thing.confidence.value = static_cast<int32_t>(confidence * 1e6);
            const double drift = setting_.drifts && day_ >= kDriftDay ? 0.12 : 0;
            thing.right = random_.uniform() < (easy ? 0.99 : 0.6) - drift;
            const Prediction prediction{model_, LabelId("a"), thing.confidence, {}};
            RouteTaken routed = route_into(policy_, policy_.routes.front(), *policy_.tier("auto"), thing.arrived);
            routed.calibrated = board_.calibrated(prediction);
            thing.route = tiers::place(placing(thing.arrived), routed, thing.id, prediction);
            board_.count(thing.route);
            things_.push_back(std::move(thing));
            if (things_.back().route.kind != TierKind::automatic) {
                waiting_.push_back(things_.size() - 1);
            }
        }
    }

    // A plan for whoever `may`; what it gives is done one after the other, offline work is known at `known_at`.
    template <class May>
    void give(Instant now, May may, std::optional<Instant> known_at) {
        std::vector<people::Reviewer> there;
        std::vector<size_t> who;
        for (size_t i = 0; i < people_.size(); ++i) {
            if (!people_[i].away && may(people_[i])) {
                there.push_back(people_[i].reviewer);
                if (!known_at) {
                    there.back().per_day.seconds = 3600 * kShareOfTime;
                }
                who.push_back(i);
            }
        }
        const size_t most = there.size() * (known_at ? 70 : 9) + 20;
        std::vector<people::Task> tasks;
        std::vector<size_t> which;
        for (const size_t index : waiting_) {
            if (tasks.size() == most) {
                break;
            }
            if (!things_[index].given) {
                people::Task task;
                task.item = things_[index].id;
                task.kind = "item";
                task.due = things_[index].route.due;
                task.expected_seconds = kSeconds;
                tasks.push_back(std::move(task));
                which.push_back(index);
            }
        }
        if (tasks.empty() || there.empty()) {
            return;
        }
        const people::Plan plan = people::plan_reviews({.tasks = tasks, .reviewers = there, .now = now});
        for (const people::Assignment& one : plan.assignments) {
            Thing& thing = things_[which[one.task]];
            thing.given = true;
            // Their share of the hour is spread over it.
            const Instant done = now + Duration{static_cast<int64_t>(one.done_seconds / kShareOfTime * 1e6)};
            decide(which[one.task], people_[who[one.reviewer]], known_at.value_or(done));
        }
        std::erase_if(waiting_, [&](size_t index) { return things_[index].given; });
    }

    void decide(size_t index, const Person& person, Instant known_at) {
        Thing& thing = things_[index];
        thing.decided = known_at;
        thing.found_right = thing.right == (random_.uniform() < person.correctness);
        ++out_.reviews;
    }

    void review_hour(int hour) {
        give(at(hour + 1), [](const Person& person) { return !person.offline; }, std::nullopt);
    }

    std::vector<tiers::DrawnItem> drawn(Instant now) const {
        std::vector<tiers::DrawnItem> out;
        for (const Thing& thing : things_) {
            if (!thing.route.promise || !is_drawn(thing.route.promise->outcome)) {
                continue;
            }
            tiers::DrawnItem one;
            one.id = thing.id;
            one.promise = *thing.route.promise;
            one.policy = policy_.digest;
            one.model = model_;
            one.confidence = thing.confidence;
            one.error_probability.value = kCertain.value - thing.route.calibrated.value_or(thing.confidence).value;
            one.arrived = thing.arrived;
            if (thing.decided && *thing.decided <= now) {
                one.finding = thing.found_right ? tiers::Finding::right : tiers::Finding::wrong;
                one.decided = *thing.decided;
            }
            out.push_back(std::move(one));
        }
        return out;
    }

    void end_day() {
        const Instant now = at(kHours + 4);
        const TierDef& tier = *policy_.tier("auto");
        const std::vector<tiers::DrawnItem> all = drawn(now);
        if (is_open()) {
            const tiers::Certification certification = *board_.newest("auto", model_);
            const tiers::AuditState audit = tiers::watch(certification, all, tier.promise->alarm);
            if (audit.alarmed) {
                close(certification, audit, now);
            }
        } else if (!out_.alarmed) {
            open({policy_, tier, model_, board_, secret_}, all, now);
        }
    }

    void fact(EventBody body, Instant now) {
        Event event;
        event.seq = ++seq_;
        event.at = now;
        event.body = std::move(body);
        board_.apply(event);
    }

    void open(const tiers::CertifyRequest& request, const std::vector<tiers::DrawnItem>& all, Instant now) {
        const auto readiness = tiers::examine(request, all);
        if (!readiness.ok() || !readiness.value().looks.best) {
            return;
        }
        if (auto chosen = tiers::calibration_fact(request, readiness.value())) {
            fact(std::move(*chosen), now);
        }
        fact(tiers::certificate_fact(request, readiness.value(), board_, seq_).value(), now);
        out_.opened = day_;
        place_anew(now);
    }

    ItemState state_of(const Thing& thing) const {
        ItemState state;
        state.id = thing.id;
        state.predictions = {{model_, LabelId("a"), thing.confidence, {}}};
        state.routes = {thing.route};
        state.ingested_at = thing.arrived;
        return state;
    }

    void place_anew(Instant now) {
        std::erase_if(waiting_, [&](size_t index) {
            Thing& thing = things_[index];
            const auto anew = tiers::place_again(placing(now), state_of(thing));
            if (!anew) {
                return false;
            }
            thing.route = *anew;
            board_.count(thing.route);
            return thing.route.kind == TierKind::automatic;
        });
    }

    void close(const tiers::Certification& certification, const tiers::AuditState& audit, Instant now) {
        const TierClosed closed = tiers::closing(certification, audit, TierClosedBy::alarm,
                                                 tiers::audit_key(secret_, certification.certified.serial), "alarm");
        fact(closed, now);
        out_.alarmed = day_;
        for (size_t i = 0; i < things_.size(); ++i) {
            const auto back = tiers::take_back(placing(now), state_of(things_[i]), closed);
            if (back) {
                ++out_.offered_again;
                out_.wrong_offered += things_[i].right ? 0 : 1;
                was_approved_.push_back(i);
                things_[i].route = *back;
                waiting_.push_back(i);
            }
        }
    }

    void sum_up() {
        const Instant end = at(kHours + 4) - Duration{24 * kHour_us};
        out_.items = static_cast<int64_t>(things_.size());
        for (const size_t i : was_approved_) {
            count_approved(things_[i]);
        }
        for (const Thing& thing : things_) {
            if (thing.route.kind == TierKind::automatic) {
                count_approved(thing);
            } else if (thing.route.due && *thing.route.due <= end) {
                const bool in_time = thing.decided && *thing.decided <= *thing.route.due;
                const int day = day_of(thing);
                const bool open = out_.opened && day > *out_.opened && (!out_.alarmed || day <= *out_.alarmed);
                ++out_.due;
                out_.in_time += in_time ? 1 : 0;
                out_.due_open += open ? 1 : 0;
                out_.in_time_open += open && in_time ? 1 : 0;
            }
        }
    }

    static int day_of(const Thing& thing) {
        return static_cast<int>((thing.arrived.us - kStart.us) / (24 * kHour_us)) + 1;
    }

    void count_approved(const Thing& thing) {
        const bool after = day_of(thing) >= kDriftDay;
        (after ? out_.approved_after : out_.approved_before) += 1;
        (after ? out_.wrong_after : out_.wrong_before) += thing.right ? 0 : 1;
    }

    MonthSetting setting_;
    stats::Random random_;
    Policy policy_;
    std::string secret_;
    ModelId model_{"m-1"};
    tiers::TierBoard board_;
    std::vector<Person> people_;
    std::vector<Thing> things_;
    std::vector<size_t> waiting_;       // for people, in order of arrival
    std::vector<size_t> was_approved_;  // and went back
    EventSeq seq_ = 0;
    int day_ = 0;
    Month out_;
};

}  // namespace

Month play_month(const MonthSetting& setting) {
    return Play(setting).play();
}

}  // namespace countersign::bench
