#include "native/server/site.h"

#include "core/json/fields.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

Result<std::vector<api::Header>> read_headers(Fields& manifest) {
    std::vector<api::Header> out;
    const Json* headers = CS_TRY(manifest.object("headers"));
    Fields fields = CS_TRY(Fields::of(*headers, "headers"));
    for (const JsonMember& member : *headers->object()) {
        out.emplace_back(member.first, CS_TRY(fields.text(member.first)));
    }
    return out;
}

Result<std::vector<http::Asset>> read_assets(Fields& manifest) {
    std::vector<http::Asset> out;
    const Json* files = CS_TRY(manifest.object("files"));
    for (const JsonMember& member : *files->object()) {
        Fields one = CS_TRY(Fields::of(member.second, "files." + member.first));
        http::Asset asset;
        asset.path = member.first;
        asset.file = CS_TRY(one.text("file"));
        asset.type = CS_TRY(one.text("type"));
        asset.cache = CS_TRY(one.text("cache"));
        out.push_back(std::move(asset));
    }
    return out;
}

}  // namespace

Result<http::StaticFiles> load_site(const std::filesystem::path& folder) {
    const std::filesystem::path manifest = folder / "manifest.json";
    const auto bytes = read_file(manifest, 4 << 20);
    if (!bytes.ok()) {
        return fail(ErrorCode::not_found, "there is no built web app here; './run --build-only' builds it",
                    folder.string());
    }
    const auto json = parse_json(bytes.value());
    if (!json.ok()) {
        return json.error().at(manifest.string());
    }
    Fields fields = CS_TRY(Fields::of(json.value(), ""));
    const std::vector<api::Header> headers = CS_TRY(read_headers(fields));
    const std::vector<http::Asset> assets = CS_TRY(read_assets(fields));
    return http::StaticFiles::load(folder, assets, headers);
}

}  // namespace countersign::native
