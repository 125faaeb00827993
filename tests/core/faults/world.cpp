#include "tests/core/faults/world.h"

#include "core/base/concat.h"
#include "core/hash/sha256.h"
#include "core/json/json.h"
#include "core/store/identity.h"

namespace countersign::faults {

using namespace countersign::testing;

namespace {

constexpr std::string_view kOwner = "token of the folder's owner";

Error problem_in(const TestServer::Answer& answer) {
    const auto json = parse_json(answer.body);
    const std::string detail = json.ok() ? json.value().text_of("detail") : std::string();
    return fail(ErrorCode::unavailable, detail.empty() ? answer.body : detail,
                json.ok() ? json.value().text_of("field") : "");
}

}  // namespace

Status good(const TestServer::Answer& answer) {
    if (answer.cut_off) {
        return *answer.cut_off;
    }
    // 207: some lines were refused, which no line here should be.
    return answer.status < 400 && answer.status != 207 ? success() : Status(problem_in(answer));
}

store::OpenOptions store_of(Side side) {
    store::OpenOptions options;
    options.path = side == Side::server ? "server.db" : "device.db";
    options.exclusive = side == Side::device;
    options.cache_kib = 1024;
    return options;
}

Breaches check_store(Side side, store::Database& database) {
    return side == Side::server ? check_server_store(database) : check_device_store(database);
}

Status World::open_server() {
    std::unique_ptr<store::Database> opened = CS_TRY(store::open_store(store_of(Side::server)));
    store::OpenOptions reading = store_of(Side::server);
    reading.read_only = true;
    reader = CS_TRY(store::open_store(reading));
    server = std::make_unique<TestServer>(1'000 + life_, std::move(opened));
    server->settings.local_token = sha256(kOwner);
    server->judges = false;
    CS_TRY(store::ensure_identity(*server->database, server->entropy));
    server->clock.advance(Duration{static_cast<int64_t>(life_) * kHour_us});
    return success();
}

Status World::open_device() {
    device = std::make_unique<TestDevice>(*server, "ada", "city", 2'000 + life_, store_of(Side::device));
    return device->open();
}

Status World::ask(std::string_view method, std::string_view target, std::string_view body,
                  std::string_view content_type) {
    server->use_token(std::string(kOwner));
    const TestServer::Answer answer = server->ask(method, target, body, content_type);
    server->use_token({});
    return good(answer);
}

Status World::ask_as_reviewer(std::string_view method, std::string_view target, std::string_view body) {
    CS_TRY_STATUS(server->try_sign_in("ada", "reviewer"));
    return good(server->ask(method, target, body));
}

Status World::read_feed() {
    const auto identity = CS_TRY(store::read_identity(*server->database));
    const std::string city = "/api/v1/projects/city";
    CS_TRY_STATUS(ask_as_reviewer("GET", concat(city, "/feed?cursor=", identity.incarnation(), ":1:0")));
    return ask_as_reviewer("GET", city + "/snapshot");
}

Status World::sync() {
    CS_TRY_STATUS(exchange());
    CS_TRY_STATUS(server->try_judge());
    return exchange();
}

Status World::exchange() {
    device->client->poke();
    device->settle();
    const sync::SyncStatus& status = device->client->status();
    if (status.last_error) {
        return *status.last_error;
    }
    if (status.push_stopped) {
        return *status.push_stopped;
    }
    if (status.operations.on_device > 0 || status.pulling || status.retry_at) {
        return fail(ErrorCode::unavailable, "the device is not done; it tries again later");
    }
    return success();
}

store::Database& World::database(Side side) {
    return side == Side::server ? *server->database : *device->database;
}

Result<ItemState> World::item(std::string_view id) {
    const store::ProjectRow project = CS_TRY(store::find_project(*device->database, device->project));
    const ItemId item_id{std::string(id)};
    return device->device->load(project, item_id, CS_TRY(store::find_item(*device->database, project, item_id)));
}

std::string city_lines(int from, int to, std::string_view confidence, std::string_view model) {
    std::string out;
    for (int i = from; i < to; ++i) {
        std::string line =
            sample_line(concat("msg-", i), concat("A hole in the road, number ", i, ", as deep as my arm is long"),
                        "pothole", confidence);
        out += line.replace(line.find("topics-1"), 8, model);
    }
    return out;
}

}  // namespace countersign::faults
