#include "native/operate/manifest.h"

#include <cstdio>
#include <memory>

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/log/review_json.h"
#include "core/seal/seal.h"
#include "core/store/identity.h"
#include "core/store/schema.h"
#include "native/platform/files.h"
#include "native/server/data_folder.h"
#include "native/server/serve.h"

namespace countersign::native {

namespace {

constexpr uint64_t kManifestLimit_bytes = 16 << 20;
constexpr size_t kPiece_bytes = 1 << 20;

struct FileHash {
    uint64_t bytes = 0;
    Digest sha256;
};

Result<FileHash> hash_file(const std::filesystem::path& path) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
    if (file == nullptr) {
        return fail(ErrorCode::not_found, "cannot be read", path.string());
    }
    FileHash out;
    Sha256Stream hash;
    std::string piece(kPiece_bytes, '\0');
    while (const size_t got = std::fread(piece.data(), 1, piece.size(), file.get())) {
        hash.update(std::string_view(piece).substr(0, got));
        out.bytes += got;
    }
    if (std::ferror(file.get()) != 0) {
        return fail(ErrorCode::unavailable, "could not be read to its end", path.string());
    }
    out.sha256 = hash.finish();
    return out;
}

Result<BackedUpLog> read_log(const Json& json, const std::string& path) {
    Fields fields = CS_TRY(Fields::of(json, path));
    BackedUpLog out;
    out.project = ProjectId(CS_TRY(fields.text("project", {.max_bytes = 64})));
    out.size = static_cast<uint64_t>(CS_TRY(fields.integer("size", {.min = 0})));
    out.root = CS_TRY(read_digest(fields, "root"));
    CS_TRY_STATUS(fields.done());
    return out;
}

Result<Manifest> parse_manifest(const Json& json) {
    Fields fields = CS_TRY(Fields::of(json, ""));
    Manifest out;
    CS_TRY(fields.integer("backup", {.min = 1, .max = 1}));
    auto made = parse_rfc3339(CS_TRY(fields.text("made")));
    if (!made.ok()) {
        return made.error().at("made");
    }
    out.made = made.value();
    out.version = CS_TRY(fields.text("version"));
    out.schema = CS_TRY(fields.integer("schema", {.min = 1}));
    out.server = CS_TRY(fields.text("server"));
    out.incarnation = CS_TRY(fields.text("incarnation"));
    const Json* store_json = CS_TRY(fields.object("store"));
    Fields store = CS_TRY(Fields::of(*store_json, "store"));
    out.store_bytes = static_cast<uint64_t>(CS_TRY(store.integer("bytes", {.min = 1})));
    out.store_sha256 = CS_TRY(read_digest(store, "sha256"));
    CS_TRY_STATUS(store.done());
    const JsonArray* projects = CS_TRY(fields.list("projects", 100'000));
    CS_TRY_STATUS(fields.done());
    for (size_t i = 0; i < projects->size(); ++i) {
        out.projects.push_back(CS_TRY(read_log((*projects)[i], element_path("projects", i))));
    }
    return out;
}

}  // namespace

Result<Manifest> describe_backup(const std::filesystem::path& store_file, store::Database& database, Instant now) {
    Manifest out;
    out.made = now;
    out.version = version_text();
    out.schema = store::kSchemaVersion;
    const store::ServerIdentity server = CS_TRY(store::read_identity(database));
    out.server = server.server;
    out.incarnation = server.incarnation();
    const std::vector<store::ProjectRow> projects = CS_TRY(store::list_projects(database));
    for (const store::ProjectRow& project : projects) {
        out.projects.push_back(
            {project.id, project.head_seq, CS_TRY(seal::root_at(database, project, project.head_seq))});
    }
    const FileHash hash = CS_TRY(hash_file(store_file));
    out.store_bytes = hash.bytes;
    out.store_sha256 = hash.sha256;
    return out;
}

Status write_manifest(const std::filesystem::path& folder, const Manifest& manifest) {
    JsonWriter writer;
    writer.begin_object().member("backup", int64_t{1}).member("made", to_rfc3339(manifest.made));
    writer.member("version", manifest.version).member("schema", manifest.schema).member("server", manifest.server);
    writer.member("incarnation", manifest.incarnation).name("store").begin_object();
    writer.member("bytes", static_cast<int64_t>(manifest.store_bytes));
    writer.member("sha256", to_hex(manifest.store_sha256)).end_object().name("projects").begin_array();
    for (const BackedUpLog& one : manifest.projects) {
        writer.begin_object().member("project", one.project.text).member("size", static_cast<int64_t>(one.size));
        writer.member("root", to_hex(one.root)).end_object();
    }
    writer.end_array().end_object();
    return write_file(folder / kManifestFile, std::move(writer).take() + '\n', true);
}

Result<Manifest> read_manifest(const std::filesystem::path& folder) {
    const std::string place = (folder / kManifestFile).string();
    auto text = read_file(folder / kManifestFile, kManifestLimit_bytes);
    if (!text.ok() && text.error().code == ErrorCode::not_found) {
        return fail(ErrorCode::not_found, "is no backup: there is no backup.json in it", folder.string());
    }
    const auto json = parse_json(CS_TRY(std::move(text)));
    auto out = json.ok() ? parse_manifest(json.value()) : Result<Manifest>(json.error());
    return out.ok() ? std::move(out) : Result<Manifest>(fail(ErrorCode::corrupt, out.error().text(), place));
}

Status check_manifest(const std::filesystem::path& folder, const Manifest& manifest) {
    const std::filesystem::path file = folder / kStoreFile;
    const FileHash hash = CS_TRY(hash_file(file));
    return hash.bytes == manifest.store_bytes && hash.sha256 == manifest.store_sha256
               ? success()
               : Status(fail(ErrorCode::corrupt,
                             concat("is not the file that the backup was made with: it has ", hash.bytes, " bytes of ",
                                    manifest.store_bytes, ", or others"),
                             file.string()));
}

}  // namespace countersign::native
