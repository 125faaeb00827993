#include "native/server/serve_limits.h"

#include <array>

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"

namespace countersign::native {

namespace {

// -- numbers: one table, from which they are read, checked and written --

int64_t as_number(std::chrono::milliseconds value) {
    return value.count();
}

int64_t as_number(Duration value) {
    return value.us / kSecond_us;
}

template <std::unsigned_integral Number>
int64_t as_number(Number value) {
    return static_cast<int64_t>(value);
}

void assign(std::chrono::milliseconds& to, int64_t value) {
    to = std::chrono::milliseconds(value);
}

void assign(Duration& to, int64_t value) {
    to = Duration{value * kSecond_us};
}

template <std::unsigned_integral Number>
void assign(Number& to, int64_t value) {
    to = static_cast<Number>(value);
}

struct Setting {
    std::string_view group;
    std::string_view name;
    IntegerRule allowed;
    int64_t (*get)(const ServeLimits&);
    void (*set)(ServeLimits&, int64_t);
};

template <auto Group, auto Member>
constexpr Setting setting(std::string_view group, std::string_view name, IntegerRule allowed) {
    return {group, name, allowed, [](const ServeLimits& limits) { return as_number(limits.*Group.*Member); },
            [](ServeLimits& limits, int64_t value) { assign(limits.*Group.*Member, value); }};
}

template <auto Member>
constexpr Setting of_http(std::string_view name, IntegerRule allowed) {
    return setting<&ServeLimits::http, Member>("http", name, allowed);
}

template <auto Member>
constexpr Setting of_api(std::string_view name, IntegerRule allowed) {
    return setting<&ServeLimits::api, Member>("api", name, allowed);
}

using Http = http::Limits;
using Api = api::ApiLimits;

constexpr IntegerRule kCount{.min = 1, .max = 1'000'000};
constexpr IntegerRule kHeld_bytes{.min = 1, .max = 16 << 20};  // what one connection may make us hold at once
constexpr IntegerRule kBody_bytes{.min = 1'024, .max = 64 << 20};
constexpr IntegerRule kTime_ms{.min = 1, .max = 30 * kDay_us / 1'000};
constexpr IntegerRule kAtLeastNothing{.min = 0, .max = 1 << 30};

constexpr Setting kSettings[] = {
    of_http<&Http::connections>("connections", kCount),
    of_http<&Http::connections_per_address>("connections_per_address", kCount),
    of_http<&Http::retry_after_s>("retry_after_s", {.min = 1, .max = 86'400}),
    of_http<&Http::head_bytes>("head_bytes", kHeld_bytes),
    of_http<&Http::target_bytes>("target_bytes", kHeld_bytes),
    of_http<&Http::headers>("headers", {.min = 1, .max = 10'000}),
    of_http<&Http::query_parameters>("query_parameters", {.min = 1, .max = 10'000}),
    of_http<&Http::head_time>("head_time_ms", kTime_ms),
    of_http<&Http::idle_time>("idle_time_ms", kTime_ms),
    of_http<&Http::body_grace>("body_grace_ms", kTime_ms),
    of_http<&Http::body_bytes_per_s>("body_bytes_per_s", kAtLeastNothing),
    of_http<&Http::drained_bytes>("drained_bytes", kAtLeastNothing),
    of_http<&Http::gzip_ratio>("gzip_ratio", {.min = 1, .max = 10'000}),
    of_http<&Http::gzip_grace_bytes>("gzip_grace_bytes", kAtLeastNothing),
    of_http<&Http::piece_bytes>("piece_bytes", {.min = 1'024, .max = 16 << 20}),
    of_http<&Http::request_time>("request_time_ms", kTime_ms),
    of_http<&Http::streamed_request_time>("streamed_request_time_ms", kTime_ms),
    of_http<&Http::answer_grace>("answer_grace_ms", kTime_ms),
    of_http<&Http::answer_bytes_per_s>("answer_bytes_per_s", kAtLeastNothing),
    of_http<&Http::linger_time>("linger_time_ms", kTime_ms),
    of_http<&Http::live_heartbeat>("live_heartbeat_ms", kTime_ms),
    of_http<&Http::live_write_time>("live_write_time_ms", kTime_ms),
    of_http<&Http::live_time>("live_time_ms", kTime_ms),
    of_http<&Http::stop_time>("stop_time_ms", {.min = 0, .max = kDay_us / 1'000}),
    of_api<&Api::request_bytes>("request_bytes", kBody_bytes),
    of_api<&Api::push_bytes>("push_bytes", kBody_bytes),
    of_api<&Api::ingest_bytes>("ingest_bytes", {.min = 1'024, .max = int64_t{1} << 40}),
    of_api<&Api::ingest_lines>("ingest_lines", {.min = 1, .max = 1'000'000'000}),
    of_api<&Api::reported_errors>("reported_errors", {.min = 1, .max = 100'000}),
    of_api<&Api::operations_per_push>("operations_per_push", {.min = 1, .max = 100'000}),
    of_api<&Api::page_items>("page_items", {.min = 1, .max = 100'000}),
    of_api<&Api::operation_line_bytes>("operation_line_bytes", {.min = 1'024, .max = 4 << 20}),
    of_api<&Api::feed_events>("feed_events", {.min = 1, .max = 100'000}),
    of_api<&Api::feed_reach>("feed_reach", {.min = 1, .max = 1'000'000'000}),
    of_api<&Api::leases>("leases", {.min = 1, .max = 100'000}),
    of_api<&Api::lease>("lease_s", {.min = 60, .max = kDay_us / kSecond_us}),
    of_api<&Api::longest_lease>("longest_lease_s", {.min = 60, .max = 90 * kDay_us / kSecond_us}),
    of_api<&Api::session>("session_s", {.min = 60, .max = 90 * kDay_us / kSecond_us}),
};

Status read_group(std::string_view group, const Json* json, ServeLimits& limits) {
    if (json == nullptr) {
        return success();
    }
    Fields fields = CS_TRY(Fields::of(*json, std::string(group)));
    for (const Setting& one : kSettings) {
        if (one.group == group) {
            one.set(limits, CS_TRY(fields.integer_or(one.name, one.get(limits), one.allowed)));
        }
    }
    if (group == "http") {
        limits.http.count_loopback = CS_TRY(fields.boolean_or("count_loopback", limits.http.count_loopback));
    }
    return fields.done();
}

// -- rates --

// Within it a rate's arithmetic fits 64 bits, and nobody waits for a year.
constexpr int64_t kLongestRest_us = 366 * kDay_us;

Status read_rate(const Json* json, const std::string& path, Rate& rate) {
    if (json == nullptr) {
        return success();
    }
    Fields fields = CS_TRY(Fields::of(*json, path));
    rate.count = CS_TRY(fields.integer_or("count", rate.count, {.min = 0, .max = 1'000'000}));
    if (fields.has("per")) {
        const auto per = parse_duration(CS_TRY(fields.text("per")));
        if (!per.ok()) {
            return fields.error("per", per.error().message);
        }
        rate.per = per.value();
    }
    if (rate.per.us < kSecond_us || rate.per.us > 30 * kDay_us) {
        return fields.error("per", concat("is ", to_text(rate.per), "; allowed is 1s to 30d"));
    }
    rate.burst = CS_TRY(fields.integer_or("burst", std::max<int64_t>(rate.burst, 1), {.min = 1, .max = 1'000'000'000}));
    if (rate.count > 0 && rate.burst > kLongestRest_us / rate.per.us * rate.count) {
        return fields.error("burst", concat("is ", rate.burst, ", which at ", rate.count, " in ", to_text(rate.per),
                                            " would take more than a year to come back"));
    }
    return fields.done();
}

Status read_rates(const Json* json, Rates& rates) {
    if (json == nullptr) {
        return success();
    }
    Fields fields = CS_TRY(Fields::of(*json, "rates"));
    for (size_t i = 0; i < kTrafficNames.size(); ++i) {
        const Json* one = fields.optional(kTrafficNames[i]);
        if (one == nullptr) {
            continue;
        }
        Fields whose = CS_TRY(Fields::of(*one, fields.path_of(kTrafficNames[i])));
        for (size_t j = 0; j < kWhoseNames.size(); ++j) {
            CS_TRY_STATUS(read_rate(whose.optional(kWhoseNames[j]), whose.path_of(kWhoseNames[j]), rates.rates[i][j]));
        }
        CS_TRY_STATUS(whose.done());
    }
    rates.remembered = CS_TRY(fields.integer_or("remembered", rates.remembered, {.min = 100, .max = 1'000'000}));
    return fields.done();
}

// -- writing --

void write_group(std::string& out, std::string_view group, const ServeLimits& limits) {
    out += concat("  \"", group, "\": {\n");
    bool first = true;
    for (const Setting& one : kSettings) {
        if (one.group == group) {
            out += concat(first ? "" : ",\n", "    \"", one.name, "\": ", one.get(limits));
            first = false;
        }
    }
    if (group == "http") {
        out += concat(",\n    \"count_loopback\": ", limits.http.count_loopback ? "true" : "false");
    }
    out += "\n  },\n";
}

std::string rate_text(const Rate& rate) {
    return concat("{\"count\": ", rate.count, ", \"per\": \"", to_text(rate.per), "\", \"burst\": ", rate.burst, "}");
}

}  // namespace

Result<ServeLimits> read_limits(std::string_view json) {
    ServeLimits out;
    const Json document = CS_TRY(parse_json(json));
    Fields fields = CS_TRY(Fields::of(document, ""));
    CS_TRY_STATUS(read_group("http", fields.optional("http"), out));
    CS_TRY_STATUS(read_group("api", fields.optional("api"), out));
    CS_TRY_STATUS(read_rates(fields.optional("rates"), out.rates));
    CS_TRY_STATUS(fields.done());
    return out;
}

std::string limits_text(const ServeLimits& limits) {
    std::string out = "{\n";
    write_group(out, "http", limits);
    write_group(out, "api", limits);
    out += "  \"rates\": {\n";
    for (size_t i = 0; i < kTrafficNames.size(); ++i) {
        out += concat("    \"", kTrafficNames[i], "\": {\n");
        for (size_t j = 0; j < kWhoseNames.size(); ++j) {
            out +=
                concat("      \"", kWhoseNames[j], "\": ", rate_text(limits.rates.rates[i][j]), j == 0 ? ",\n" : "\n");
        }
        out += "    },\n";
    }
    out += concat("    \"remembered\": ", limits.rates.remembered, "\n  }\n}\n");
    return out;
}

}  // namespace countersign::native
