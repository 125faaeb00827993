// A project's log for whoever wants to check it, in the form of C2SP tlog-tiles:
//
//   GET .../log/checkpoint             the newest signed checkpoint
//   GET .../log/tile/<level>/<index>   hashes of the tree (core/log/tile.h)
//   GET .../log/tile/entries/<index>   the leaves themselves; they name who did what, so they take the right
//   export_data GET .../log/proof?seq=7            that this event is in the log (a .tlog-proof file); or ?op=<id of a
//   decision> GET .../log/entry?seq=7            the event's exact bytes; or ?op= GET .../log/bundle the whole log as
//   one file (core/verify/bundle.h), with the texts for those who may read
//                                      items, or ?texts=none
//   GET .../log/consistency?from=5&to=9   that the log of 9 leaves goes on from that of 5:
//   {"from","to","proof":["<hex>"]}
//
// Tiles and checkpoints reach as far as the log is sealed: some seconds behind it at most.

#include "core/api/answers.h"
#include "core/base/concat.h"
#include "core/bundle/bundle_writer.h"
#include "core/json/writer.h"
#include "core/log/log_proof.h"
#include "core/store/checkpoints.h"
#include "core/store/ledger.h"
#include "core/store/operations.h"
#include "core/store/tiles.h"

namespace countersign::api {

namespace {

Response file_response(std::string body, std::string_view type, std::string_view cache) {
    Response out;
    out.headers = {{"content-type", std::string(type)}, {"cache-control", std::string(cache)}};
    out.body = std::move(body);
    return out;
}

Result<store::CheckpointRow> newest(Workspace& workspace, const store::ProjectRow& project) {
    auto row = CS_TRY(store::newest_checkpoint(workspace.database, project));
    return row ? Result<store::CheckpointRow>(std::move(*row))
               : fail(ErrorCode::not_found,
                      "the log has no checkpoint yet; the first one comes some seconds after the "
                      "first entry",
                      "log");
}

Result<store::ProjectRow> project_of(const Call& call, Workspace& workspace) {
    return store::find_project(workspace.database, ProjectId(call.project()));
}

Result<Response> checkpoint(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(project_of(call, workspace));
    const store::CheckpointRow row = CS_TRY(newest(workspace, project));
    return file_response(row.note, "text/plain; charset=utf-8", "no-store");
}

Result<std::string> entries(store::Database& database, const store::ProjectRow& project, const Tile& tile) {
    std::string out;
    for (const store::StoredEvent& event :
         CS_TRY(store::read_run(database, project, tile.index * kTileWidth, tile.width))) {
        CS_TRY_STATUS(append_entry(out, event.leaf));
    }
    return out;
}

Result<Response> tile(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(project_of(call, workspace));
    const TilePath wanted = CS_TRY(parse_tile_path(concat("tile/", call.path.back())));
    const store::CheckpointRow sealed = CS_TRY(newest(workspace, project));
    const auto whole = tile_in_tree(sealed.size, wanted.tile.level, wanted.tile.index);
    if (!whole || whole->width < wanted.tile.width) {
        return fail(ErrorCode::not_found,
                    concat("the log is sealed up to ", sealed.size, " entries; this tile lies behind"), "tile");
    }
    if (wanted.entries && !may(call.principal, Right::export_data, project.id.text)) {
        return fail(ErrorCode::forbidden,
                    concat("the entries themselves take the right ", right_name(Right::export_data)));
    }
    std::string bytes =
        wanted.entries ? CS_TRY(entries(workspace.database, project, wanted.tile))
                       : CS_TRY(store::read_tile(workspace.database, project, wanted.tile.level, wanted.tile.index))
                             .substr(0, size_t{wanted.tile.width} * 32);
    // Never changes within an epoch; but a restore begins another under the same address.
    return file_response(std::move(bytes), "application/octet-stream", "no-cache");
}

Result<EventSeq> wanted_event(const Call& call, Workspace& workspace, const store::ProjectRow& project) {
    if (const auto op = call.head.parameter("op")) {
        const auto row = CS_TRY(store::find_operation(workspace.database, OperationId(std::string(*op))));
        if (!row || row->project_no != project.no || !row->event) {
            return fail(ErrorCode::not_found, "there is no decision with this id in the log yet", "op");
        }
        return *row->event;
    }
    return static_cast<EventSeq>(CS_TRY(number_parameter(call.head, "seq", 0, {1, INT64_MAX})));
}

Result<Response> proof(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(project_of(call, workspace));
    const EventSeq seq = CS_TRY(wanted_event(call, workspace, project));
    const store::CheckpointRow sealed = CS_TRY(newest(workspace, project));
    if (seq == 0 || seq > sealed.size) {
        return fail(ErrorCode::not_found,
                    concat("the log is sealed up to entry ", sealed.size, "; entry ", seq, " has no proof yet"), "seq");
    }
    store::TreeTable table(workspace.database, project);
    LogProof out;
    out.index = seq - 1;
    out.path = CS_TRY(prove_inclusion(out.index, sealed.size, table));
    out.checkpoint = sealed.note;
    Response response = file_response(log_proof_text(out), "text/plain; charset=utf-8", "no-store");
    response.headers.emplace_back("content-disposition",
                                  concat("attachment; filename=\"", project.id.text, '-', seq, ".tlog-proof\""));
    return response;
}

Result<Response> entry(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(project_of(call, workspace));
    const EventSeq seq = CS_TRY(wanted_event(call, workspace, project));
    store::StoredEvent event = CS_TRY(store::read_event(workspace.database, project, seq));
    Response response = file_response(std::move(event.leaf), "application/json", "no-store");
    response.headers.emplace_back("content-disposition",
                                  concat("attachment; filename=\"", project.id.text, '-', seq, ".json\""));
    return response;
}

// Pulls a bundle with the store of the thread that answers.
class BundleSource : public BodySource {
public:
    BundleSource(bundle::BundleWriter writer, Workspace& workspace)
        : writer_(std::move(writer)), workspace_(workspace) {}

    Result<bool> next(std::string& out) override { return writer_.next(workspace_.database, out); }

private:
    bundle::BundleWriter writer_;
    Workspace& workspace_;
};

Result<bundle::Texts> wanted_texts(const Call& call) {
    const std::string_view wanted = call.head.parameter("texts").value_or("all");
    if (wanted != "all" && wanted != "none") {
        return fail(ErrorCode::invalid_argument, concat("'", wanted.substr(0, 40), "' is neither all nor none"),
                    "texts");
    }
    const bool readable = may(call.principal, Right::read_items, call.project());
    if (wanted == "all" && call.head.parameter("texts") && !readable) {
        return fail(ErrorCode::forbidden, concat("texts take the right ", right_name(Right::read_items)), "texts");
    }
    return wanted == "all" && readable ? bundle::Texts::with : bundle::Texts::without;
}

Result<Response> bundle_of(const Call& call, Workspace& workspace) {
    if (!workspace.settings.log_key) {
        return fail(ErrorCode::failed_precondition, "this server signs no log", "log");
    }
    const bundle::BundleOptions options{*workspace.settings.log_key, workspace.clock.now(), CS_TRY(wanted_texts(call))};
    const ProjectId project(call.project());
    auto writer = CS_TRY(bundle::BundleWriter::open(workspace.database, project, options));
    Response response = file_response({}, "application/jsonl", "no-store");
    response.headers.emplace_back("content-disposition",
                                  concat("attachment; filename=\"", project.text, "-log.jsonl\""));
    response.source = std::make_unique<BundleSource>(std::move(writer), workspace);
    return response;
}

Result<Response> consistency(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(project_of(call, workspace));
    const store::CheckpointRow sealed = CS_TRY(newest(workspace, project));
    const auto last = static_cast<int64_t>(sealed.size);
    const int64_t to = CS_TRY(number_parameter(call.head, "to", last, {1, last}));
    const int64_t from = CS_TRY(number_parameter(call.head, "from", 1, {1, to}));
    store::TreeTable table(workspace.database, project);
    const TreeProof path = CS_TRY(prove_consistency(static_cast<uint64_t>(from), static_cast<uint64_t>(to), table));
    JsonWriter writer;
    writer.begin_object().member("from", from).member("to", to).name("proof").begin_array();
    for (const Digest& hash : path) {
        writer.text(to_hex(hash));
    }
    return json_response(200, std::move(writer.end_array().end_object()).take());
}

}  // namespace

Response get_log_checkpoint(const Call& call, Workspace& workspace) {
    return or_problem(checkpoint(call, workspace));
}

Response get_log_tile(const Call& call, Workspace& workspace) {
    return or_problem(tile(call, workspace));
}

Response get_log_proof(const Call& call, Workspace& workspace) {
    return or_problem(proof(call, workspace));
}

Response get_log_entry(const Call& call, Workspace& workspace) {
    return or_problem(entry(call, workspace));
}

Response get_log_bundle(const Call& call, Workspace& workspace) {
    return or_problem(bundle_of(call, workspace));
}

Response get_log_consistency(const Call& call, Workspace& workspace) {
    return or_problem(consistency(call, workspace));
}

}  // namespace countersign::api
