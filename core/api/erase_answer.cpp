// POST .../erase  {"subject":"person-4711"} or {"item":"msg-7"}, with "ground":"request" and, if need be, "note":"file
// 12/26":
//   {"erased":"<RFC 3339>","items":["msg-7","msg-9"],"already":false}
// An erasure is always of a subject: with "item", of whom the item is about, so that others of the same person go, too.
// Asking again changes nothing.

#include "core/api/answers.h"
#include "core/api/erase.h"
#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"

namespace countersign::api {

namespace {

Result<ErasureRequest> read_request(const Call& call) {
    const Json json = CS_TRY(parse_json(call.body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    ErasureRequest out;
    out.project = ProjectId(call.project());
    out.actor = call.principal.actor;
    const bool by_subject = fields.has("subject");
    if (by_subject == fields.has("item")) {
        return fields.error("subject", "name either a subject or an item");
    }
    if (by_subject) {
        out.subject = CS_TRY(fields.text("subject", {.max_bytes = 200}));
    } else {
        out.item = ItemId(CS_TRY(fields.text("item", {.max_bytes = 200})));
    }
    static const std::vector<std::string> kGrounds(kErasureGrounds.begin(), kErasureGrounds.end());
    out.ground = kGrounds[CS_TRY(fields.choice("ground", kGrounds))];
    out.note = CS_TRY(fields.text_or("note", "", {.max_bytes = kErasureNote_bytes}));
    CS_TRY_STATUS(fields.done());
    return out;
}

Result<Response> answer(const Call& call, Workspace& workspace) {
    const ErasureRequest request = CS_TRY(read_request(call));
    const Erased erased = CS_TRY(erase(workspace, request));
    JsonWriter writer;
    writer.begin_object().member_bool("already", erased.already).member("erased", to_rfc3339(erased.at));
    writer.name("items").begin_array();
    for (const ItemId& item : erased.items) {
        writer.text(item.text);
    }
    return json_response(200, std::move(writer.end_array().end_object()).take());
}

}  // namespace

Response post_erase(const Call& call, Workspace& workspace) {
    return or_problem(answer(call, workspace));
}

}  // namespace countersign::api
