#include "core/sync/line.h"

#include "core/json/writer.h"
#include "core/log/committed_text_json.h"
#include "core/log/leaf.h"

namespace countersign::sync {

namespace {

constexpr size_t kText_bytes = 1 << 20;

}  // namespace

Result<PulledEvent> read_pulled_event(const Json& json, const std::string& path) {
    Fields fields = CS_TRY(Fields::of(json, path));
    PulledEvent out;
    out.stored.seq = static_cast<EventSeq>(CS_TRY(fields.integer("seq", {.min = 1})));
    out.stored.leaf = CS_TRY(fields.text("leaf", {.max_bytes = kLeafLimit_bytes}));
    auto event = decode_leaf(out.stored.leaf);
    if (event.ok()) {
        out.event = std::move(event).value();
        out.type = std::string(event_type(out.event->body));
    } else if (event.error().code == ErrorCode::unimplemented) {
        out.type = "unknown";
    } else {
        return event.error().at(path);
    }
    return out;
}

Result<std::vector<PulledEvent>> read_pulled_events(Fields& fields) {
    std::vector<PulledEvent> out;
    const JsonArray* list = CS_TRY(fields.list("events", 10'000));
    for (size_t i = 0; i < list->size(); ++i) {
        out.push_back(CS_TRY(read_pulled_event((*list)[i], element_path(fields.path_of("events"), i))));
    }
    return out;
}

Result<std::vector<CommittedText>> read_texts(Fields& fields) {
    std::vector<CommittedText> out;
    const JsonArray* list = CS_TRY(fields.optional_list("texts", 10'000));
    for (size_t i = 0; list != nullptr && i < list->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*list)[i], element_path(fields.path_of("texts"), i)));
        out.push_back(CS_TRY(read_committed_text(one, kText_bytes)));
    }
    return out;
}

std::vector<CommittedText> texts_named_in(std::string_view bytes, const std::vector<CommittedText>& texts) {
    std::vector<CommittedText> out;
    for (const CommittedText& text : texts) {
        if (bytes.find(to_hex(text.commitment)) != std::string_view::npos) {
            out.push_back(text);
        }
    }
    return out;
}

std::string push_line(std::string_view bytes, const std::vector<CommittedText>& texts) {
    JsonWriter writer;
    writer.begin_object().member("bytes", bytes).name("texts").begin_array();
    for (const CommittedText& text : texts) {
        writer.begin_object().member("commitment", to_hex(text.commitment)).member("key", to_hex(text.key));
        writer.member("text", text.text).end_object();
    }
    writer.end_array().end_object();
    return std::move(writer).take();
}

}  // namespace countersign::sync
