#include "native/server/data_folder.h"

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/store/schema.h"
#include "core/store/subjects.h"
#include "native/http/client.h"
#include "native/server/subject_keys.h"

namespace countersign::native {

Result<DataFolder> DataFolder::open(const std::filesystem::path& folder) {
    if (const Status made = make_folders(folder); !made.ok()) {
        return fail(made.error().code,
                    concat("the data folder cannot be made: ", made.error().message, "; choose another with --data"),
                    folder.string());
    }
    return DataFolder(folder);
}

Status DataFolder::open_keys() {
    bool sealed = false;
    if (has_store()) {
        const std::unique_ptr<store::Database> store = CS_TRY(open_reader());
        sealed = CS_TRY(store::are_texts_sealed(*store));
    }
    keys_ = CS_TRY(open_subject_keys(folder_, sealed ? MissingKeys::are_refused : MissingKeys::are_made));
    return success();
}

Result<std::unique_ptr<store::Database>> DataFolder::open_writer() {
    CS_TRY_STATUS(open_keys());
    for (const char* ending : {"", "-wal", "-journal"}) {
        CS_TRY_STATUS(read_anew(store_path().string() + ending));
    }
    auto database = CS_TRY(store::open_store(
        {.path = store_path().string(), .cache_kib = 64 * 1024, .checkpoints_later = true, .keys = keys_.get()}));
    // The log was made now, if not before; SQLite tries to sync the folder and passes over it when that fails.
    CS_TRY_STATUS(sync_folder(folder_));
    return database;
}

Result<std::unique_ptr<store::Database>> DataFolder::open_reader() const {
    return store::open_store({.path = store_path().string(), .read_only = true, .keys = keys_.get()});
}

Status DataFolder::announce(const RunningServer& server) const {
    JsonWriter writer;
    writer.begin_object().member("address", server.address).member("token", server.token).end_object();
    return write_file(folder_ / "server.json", std::move(writer).take(), true);
}

void DataFolder::withdraw_announcement() const {
    std::error_code ignored;
    std::filesystem::remove(folder_ / "server.json", ignored);
}

std::optional<RunningServer> DataFolder::announced() const {
    const auto bytes = read_file(folder_ / "server.json", 10'000);
    if (!bytes.ok()) {
        return std::nullopt;
    }
    const auto json = parse_json(bytes.value());
    if (!json.ok()) {
        return std::nullopt;
    }
    const Json* address = json.value().find("address");
    const Json* token = json.value().find("token");
    const bool whole =
        address != nullptr && address->string() != nullptr && token != nullptr && token->string() != nullptr;
    return whole ? std::optional<RunningServer>(RunningServer{*address->string(), *token->string()}) : std::nullopt;
}

std::optional<RunningServer> DataFolder::running() const {
    auto server = announced();
    const auto endpoint = server ? http::parse_endpoint(server->address) : Result<http::Endpoint>(http::Endpoint{});
    if (!server || !endpoint.ok()) {
        return std::nullopt;
    }
    constexpr http::ClientLimits kSoon{.connect_time = std::chrono::seconds(2),
                                       .silence_time = std::chrono::seconds(2)};
    http::Client client(endpoint.value(), kSoon);
    const auto response = client.send(http::ClientRequest{.target = "/healthz"});
    return response.ok() && response.value().status == 200 ? server : std::nullopt;
}

}  // namespace countersign::native
