#include "core/sync/leasing.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/log/review_json.h"
#include "core/store/streams.h"
#include "core/sync/problem.h"

namespace countersign::sync {

namespace {

constexpr Duration kRest{kMinute_us};            // after a failure
constexpr Duration kStillGood{10 * kMinute_us};  // a lease that runs longer need not be asked for again
constexpr size_t kMostEnds = 500;

struct GrantedLease {
    ItemId item;
    LeaseRef lease;
    Duration time;
};

struct LeaseAnswer {
    std::vector<GrantedLease> granted;

    struct Refused {
        ItemId item;
        std::string hindrance;  // why, where the staff document says so
    };

    std::vector<Refused> refused;
};

// {"leases":[{"item","slot","fence","expires","ttl_ms"}],"refused":[{"item","reason","by"}]}
Result<LeaseAnswer> read_answer(std::string_view body) {
    const Json json = CS_TRY(parse_json(body, {.total_bytes = 1 << 20}));
    Fields fields = CS_TRY(Fields::of(json, ""));
    LeaseAnswer out;
    const JsonArray* leases = CS_TRY(fields.list("leases", 10'000));
    for (size_t i = 0; i < leases->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*leases)[i], element_path("leases", i)));
        GrantedLease granted;
        granted.item = ItemId(CS_TRY(one.text("item")));
        granted.lease = CS_TRY(read_lease(one));
        granted.time.us = CS_TRY(one.integer("ttl_ms", {.min = 0, .max = INT64_MAX / 1'000})) * 1'000;
        out.granted.push_back(std::move(granted));
    }
    const JsonArray* refused = CS_TRY(fields.list("refused", 10'000));
    for (size_t i = 0; i < refused->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*refused)[i], element_path("refused", i)));
        ItemId item(CS_TRY(one.text("item")));
        const bool by_staff = CS_TRY(one.text_or("by", "")) == "staff";
        out.refused.push_back({std::move(item), by_staff ? CS_TRY(one.text("reason")) : std::string()});
    }
    return out;
}

}  // namespace

Leasing::Leasing(Device& device, Transport& transport, Clock& clock)
    : device_(device), transport_(transport), clock_(clock), generation_(std::make_shared<uint64_t>(0)) {}

Leasing::~Leasing() {
    ++*generation_;
}

void Leasing::start(const ActorId& actor, const ProjectId& project) {
    stop();
    actor_ = actor;
    project_ = project;
    running_ = true;
}

void Leasing::stop() {
    ++*generation_;
    running_ = false;
    in_flight_ = false;
    wanted_.clear();
    settled_.clear();
    hindered_.clear();
    held_.clear();
    ends_.clear();
    sent_ends_ = 0;
    wished_ends_ = 0;
    pack_.reset();
    outcome_.reset();
    rest_until_ = {};
}

bool Leasing::wants(const ItemId& item) const {
    return std::find(wanted_.begin(), wanted_.end(), item) != wanted_.end();
}

void Leasing::work_on(const std::vector<ItemId>& items) {
    if (items == wanted_) {
        return;
    }
    wanted_ = items;
    std::erase_if(settled_, [&](const std::string& item) { return !wants(ItemId(item)); });
    for (auto held = held_.begin(); held != held_.end();) {
        if (wants(ItemId(held->first))) {
            ++held;
            continue;
        }
        ends_.push_back({ItemId(held->first), held->second.lease, false});
        held = held_.erase(held);
    }
}

void Leasing::decided(const ItemId& item) {
    held_.erase(item.text);
    std::erase(wanted_, item);
}

void Leasing::take_along(Pack pack) {
    pack_ = std::move(pack);
    outcome_.reset();
    rest_until_ = {};
}

void Leasing::give_back(const std::vector<store::LeaseRow>& leases) {
    for (const store::LeaseRow& one : leases) {
        ends_.push_back({one.item, one.lease, true});
        ++wished_ends_;
    }
    outcome_.reset();
    rest_until_ = {};
}

bool Leasing::run() {
    changed_ = false;
    const bool rests = clock_.monotonic() < rest_until_;
    if (running_ && reachable_ && !in_flight_ && !rests) {
        // At most one of them has something to send.
        static_cast<void>(ask_for_pack() || send_ends() || ask_for_items());
    }
    return std::exchange(changed_, false);
}

bool Leasing::due(const Held& held) const {
    return worked_at_ > held.since && clock_.monotonic().us >= held.since.us + held.time.us / 3 * 2;
}

std::optional<Duration> Leasing::next_run() const {
    if (!running_ || !reachable_ || in_flight_) {
        return std::nullopt;
    }
    std::optional<int64_t> at;
    if (pack_ || !ends_.empty()) {
        at = rest_until_.us;
    }
    for (const auto& [item, held] : held_) {
        if (worked_at_ > held.since) {
            const int64_t renewal = std::max(held.since.us + held.time.us / 3 * 2, rest_until_.us);
            at = std::min(at.value_or(renewal), renewal);
        }
    }
    return at ? std::optional(Duration{std::max<int64_t>(0, *at - clock_.monotonic().us)}) : std::nullopt;
}

void Leasing::request(std::string path, std::string body, Answered answered) {
    in_flight_ = true;
    transport_.send({"POST", std::move(path), "application/json", std::move(body)},
                    [this, answered, generation = generation_, mine = *generation_](Result<TransportResponse> result) {
                        if (*generation != mine) {
                            return;
                        }
                        in_flight_ = false;
                        if (!result.ok()) {
                            failed(result.error());
                        } else if (result.value().status < 200 || result.value().status >= 300) {
                            failed(error_of(result.value()));
                        } else {
                            (this->*answered)(result.value());
                        }
                    });
}

// What somebody waits for ends with the reason. What nobody waits for is asked again when it is wanted again; leases
// that could not be given back run out.
void Leasing::failed(const Error& error) {
    rest_until_ = Duration{clock_.monotonic().us + kRest.us};
    if (sent_ends_ == 0 && pack_) {
        outcome_ = Outcome{pack_->count, 0, error};
        pack_.reset();
        changed_ = true;
    }
    if (sent_ends_ > 0 && wished_ends_ > 0) {
        outcome_ = Outcome{0, 0, error};
        changed_ = true;
    }
    ends_.erase(ends_.begin(), ends_.begin() + static_cast<ptrdiff_t>(sent_ends_));
    sent_ends_ = 0;
    wished_ends_ = static_cast<size_t>(
        std::count_if(ends_.begin(), ends_.end(), [](const Ending& ending) { return ending.wished; }));
}

bool Leasing::ask_for_pack() {
    if (!pack_) {
        return false;
    }
    const auto project = store::find_project(device_.database(), project_);
    const auto stream = project.ok() ? store::open_stream(device_.database(), actor_, project.value())
                                     : Result<std::optional<store::StreamRow>>(project.error());
    if (!stream.ok() || !stream.value()) {
        failed(stream.ok() ? fail(ErrorCode::failed_precondition, "this device has not met the server yet")
                           : stream.error());
        return true;
    }
    JsonWriter body;
    body.begin_object().member("stream", stream.value()->stream.text);
    body.member("take", static_cast<int64_t>(pack_->count)).member("tier", pack_->tier);
    body.member("for", to_text(pack_->time)).end_object();
    request(concat("/api/v1/projects/", project_.text, "/leases"), std::move(body).take(), &Leasing::take_pack);
    return true;
}

void Leasing::take_pack(const TransportResponse& response) {
    const auto answer = read_answer(response.body);
    if (!answer.ok()) {
        failed(answer.error());
        return;
    }
    outcome_ = Outcome{pack_->count, answer.value().granted.size(), {}};
    pack_.reset();
    changed_ = true;
}

bool Leasing::send_ends() {
    if (ends_.empty()) {
        return false;
    }
    sent_ends_ = std::min(ends_.size(), kMostEnds);
    JsonWriter body;
    body.begin_object().name("leases").begin_array();
    for (size_t i = 0; i < sent_ends_; ++i) {
        body.begin_object().member("item", ends_[i].item.text).member("slot", int64_t{ends_[i].lease.slot});
        body.member("fence", to_text(ends_[i].lease.fence)).end_object();
    }
    body.end_array().end_object();
    request(concat("/api/v1/projects/", project_.text, "/leases/end"), std::move(body).take(), &Leasing::take_ends);
    return true;
}

void Leasing::take_ends(const TransportResponse&) {
    for (size_t i = 0; i < sent_ends_; ++i) {
        wished_ends_ -= ends_[i].wished ? 1 : 0;
        changed_ = changed_ || ends_[i].wished;
    }
    ends_.erase(ends_.begin(), ends_.begin() + static_cast<ptrdiff_t>(sent_ends_));
    sent_ends_ = 0;
}

// A lease that runs already, from before the desk was opened or taken along, need not be asked for.
Status Leasing::find_known(const ItemId& item) {
    const store::ProjectRow project = CS_TRY(store::find_project(device_.database(), project_));
    const int64_t item_no = CS_TRY(store::find_item(device_.database(), project, item));
    const Instant now = clock_.now();
    for (const store::LeaseRow& lease : CS_TRY(store::leases_on(device_.database(), item_no, now + kStillGood))) {
        if (lease.holder != actor_ || !lease.stream.text.starts_with(device_.id().text)) {
            continue;
        }
        if (lease.offline) {
            settled_.insert(item.text);
        } else {
            held_[item.text] = {lease.lease, clock_.monotonic(), lease.expires - now};
        }
    }
    return success();
}

bool Leasing::ask_for_items() {
    std::vector<ItemId> items;
    for (const ItemId& item : wanted_) {
        auto held = held_.find(item.text);
        if (held == held_.end() && !settled_.contains(item.text) && find_known(item).ok()) {
            held = held_.find(item.text);
        }
        const bool asks = held == held_.end() ? !settled_.contains(item.text) : due(held->second);
        if (asks) {
            items.push_back(item);
        }
    }
    const auto project = store::find_project(device_.database(), project_);
    const auto stream = project.ok() && !items.empty()
                            ? store::open_stream(device_.database(), actor_, project.value())
                            : Result<std::optional<store::StreamRow>>(std::optional<store::StreamRow>());
    if (!stream.ok() || !stream.value()) {
        // No stream goes on: the next decision, or the next hello, begins one. A renewal waits for it.
        rest_until_ = items.empty() ? rest_until_ : Duration{clock_.monotonic().us + kRest.us};
        return false;
    }
    JsonWriter body;
    body.begin_object().member("stream", stream.value()->stream.text).name("items").begin_array();
    for (const ItemId& item : items) {
        body.text(item.text);
    }
    body.end_array().end_object();
    request(concat("/api/v1/projects/", project_.text, "/leases"), std::move(body).take(), &Leasing::take_items);
    return true;
}

void Leasing::take_items(const TransportResponse& response) {
    const auto answer = read_answer(response.body);
    if (!answer.ok()) {
        failed(answer.error());
        return;
    }
    for (const GrantedLease& granted : answer.value().granted) {
        if (wants(granted.item)) {
            held_[granted.item.text] = {granted.lease, clock_.monotonic(), granted.time};
        } else {
            ends_.push_back({granted.item, granted.lease, false});  // left while the request was under way
        }
    }
    for (const auto& [item, hindrance] : answer.value().refused) {
        settled_.insert(item.text);
        if (!hindrance.empty()) {
            hindered_[item.text] = hindrance;
            changed_ = true;
        }
    }
}

std::string Leasing::hindrance(const ItemId& item) const {
    const auto found = hindered_.find(item.text);
    return found == hindered_.end() ? std::string() : found->second;
}

}  // namespace countersign::sync
