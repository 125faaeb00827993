#include "core/api/event_json.h"

#include "core/log/leaf.h"
#include "core/log/named_texts.h"
#include "core/store/items.h"

namespace countersign::api {

void write_text(JsonWriter& writer, const CommittedText& text) {
    writer.begin_object().member("commitment", to_hex(text.commitment)).member("key", to_hex(text.key));
    writer.member("text", text.text).end_object();
}

Status write_texts_of(JsonWriter& writer, store::Database& database, const std::vector<std::optional<Event>>& events) {
    writer.begin_array();
    for (const std::optional<Event>& event : events) {
        // Of a kind that this version does not know: it goes on as it is.
        for (const NamedText& named : event ? texts_named_by(event->body) : std::vector<NamedText>()) {
            const auto note = CS_TRY(store::read_note(database, named.commitment));
            if (note) {
                write_text(writer, *note);
            }
        }
    }
    writer.end_array();
    return success();
}

Status write_item_line(JsonWriter& writer, store::Database& database, const ItemId& id, int64_t item_no,
                       ItemTexts texts) {
    writer.begin_object().name("events").begin_array();
    for (const store::StoredEvent& event : CS_TRY(store::read_item_events(database, item_no))) {
        writer.raw(event.leaf);
    }
    writer.end_array().member("item", id.text).name("texts").begin_array();
    if (texts == ItemTexts::without) {
        writer.end_array().end_object();
        return success();
    }
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
