#include "core/api/event_json.h"

#include "core/store/items.h"

namespace countersign::api {

void write_text(JsonWriter& writer, const CommittedText& text) {
    writer.begin_object().member("commitment", to_hex(text.commitment)).member("key", to_hex(text.key));
    writer.member("text", text.text).end_object();
}

Status write_item_line(JsonWriter& writer, store::Database& database, const ItemId& id, int64_t item_no) {
    writer.begin_object().member("item", id.text).name("events").begin_array();
    const std::vector<store::StoredEvent> events = CS_TRY(store::read_item_events(database, item_no));
    for (const store::StoredEvent& event : events) {
        writer.begin_object().member("seq", static_cast<int64_t>(event.seq)).member("leaf", event.leaf).end_object();
    }
    writer.end_array().name("texts").begin_array();
    auto document = store::read_document(database, item_no);
    if (document.ok()) {
        write_text(writer, document.value());
    } else if (document.error().code != ErrorCode::not_found) {
        return document.error();
    }
    const std::vector<CommittedText> notes = CS_TRY(store::read_notes(database, item_no));
    for (const CommittedText& note : notes) {
        write_text(writer, note);
    }
    writer.end_array().end_object();
    return success();
}

}  // namespace countersign::api
