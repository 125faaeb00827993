#include "web/wire/input_records.h"

#include "core/base/concat.h"
#include "web/wire/records.h"

namespace countersign::web {

namespace {

using shell::InputEvent;

// The order is the wire's; input_writer.js has the same table.
enum class Kind : uint8_t {
    pointer_moved = 1,
    pointer_button,
    pointer_left,
    wheel,
    key,
    text,
    composition,
    paste,
    focus,
    visibility,
    resized,
    appearance,
    location,
    node_acted,
};

// A byte that names an enumerator, none above `last`.
template <class Enum>
Result<Enum> read_enum(RecordReader& reader, Enum last) {
    const uint8_t value = CS_TRY(reader.byte());
    if (value > static_cast<uint8_t>(last)) {
        return fail(ErrorCode::internal, concat("the value ", value, " is above ", static_cast<uint8_t>(last)),
                    concat("byte ", reader.position() - 1));
    }
    return static_cast<Enum>(value);
}

Result<bool> read_flag(RecordReader& reader) {
    return CS_TRY(reader.byte()) != 0;
}

Result<std::string> read_text(RecordReader& reader) {
    return std::string(CS_TRY(reader.text()));
}

Result<InputEvent> read_pointer_moved(RecordReader& reader) {
    shell::PointerMoved event;
    event.x = CS_TRY(reader.real());
    event.y = CS_TRY(reader.real());
    event.kind = CS_TRY(read_enum(reader, shell::PointerKind::pen));
    return InputEvent(event);
}

Result<InputEvent> read_pointer_button(RecordReader& reader) {
    shell::PointerButtonChanged event;
    event.button = CS_TRY(read_enum(reader, shell::PointerButton::middle));
    event.pressed = CS_TRY(read_flag(reader));
    event.x = CS_TRY(reader.real());
    event.y = CS_TRY(reader.real());
    event.kind = CS_TRY(read_enum(reader, shell::PointerKind::pen));
    return InputEvent(event);
}

Result<InputEvent> read_wheel(RecordReader& reader) {
    shell::Wheel event;
    event.dx = CS_TRY(reader.real());
    event.dy = CS_TRY(reader.real());
    return InputEvent(event);
}

Result<InputRecord> read_key(RecordReader& reader) {
    const std::string_view name = CS_TRY(reader.text());
    const auto key = shell::key_from_name(name);
    if (!key) {
        return fail(ErrorCode::internal, concat("there is no key named '", name, "'"),
                    concat("byte ", reader.position()));
    }
    shell::KeyChanged event;
    event.key = *key;
    event.pressed = CS_TRY(read_flag(reader));
    const uint8_t modifiers = CS_TRY(reader.byte());
    event.modifiers.control = (modifiers & 1U) != 0;
    event.modifiers.shift = (modifiers & 2U) != 0;
    event.modifiers.alt = (modifiers & 4U) != 0;
    event.modifiers.meta = (modifiers & 8U) != 0;
    std::string typed = CS_TRY(read_text(reader));
    return InputRecord{event, std::move(typed)};
}

Result<InputEvent> read_resized(RecordReader& reader) {
    shell::Resized event;
    event.width = CS_TRY(reader.real());
    event.height = CS_TRY(reader.real());
    event.scale = CS_TRY(reader.real());
    return InputEvent(event);
}

Result<InputEvent> read_appearance(RecordReader& reader) {
    const uint8_t flags = CS_TRY(reader.byte());
    return InputEvent(shell::AppearanceChanged{(flags & 1U) != 0, (flags & 2U) != 0, (flags & 4U) != 0});
}

Result<InputEvent> read_node_acted(RecordReader& reader) {
    shell::NodeActed event;
    event.node = CS_TRY(reader.number());
    event.action = CS_TRY(read_enum(reader, shell::NodeActed::Action::scroll_into_view));
    event.value = CS_TRY(read_text(reader));
    return InputEvent(std::move(event));
}

Result<InputEvent> read_event(Kind kind, RecordReader& reader) {
    switch (kind) {
        case Kind::pointer_moved: return read_pointer_moved(reader);
        case Kind::pointer_button: return read_pointer_button(reader);
        case Kind::pointer_left: return InputEvent(shell::PointerLeft{});
        case Kind::wheel: return read_wheel(reader);
        case Kind::text: return InputEvent(shell::TextEntered{CS_TRY(read_text(reader))});
        case Kind::composition: return InputEvent(shell::CompositionChanged{CS_TRY(read_text(reader))});
        case Kind::paste: return InputEvent(shell::TextPasted{CS_TRY(read_text(reader))});
        case Kind::focus: return InputEvent(shell::FocusChanged{CS_TRY(read_flag(reader))});
        case Kind::visibility: return InputEvent(shell::VisibilityChanged{CS_TRY(read_flag(reader))});
        case Kind::resized: return read_resized(reader);
        case Kind::appearance: return read_appearance(reader);
        case Kind::location: return InputEvent(shell::LocationChanged{CS_TRY(read_text(reader))});
        case Kind::node_acted: return read_node_acted(reader);
        case Kind::key: break;
    }
    return fail(ErrorCode::internal, concat("there is no input record of kind ", static_cast<uint8_t>(kind)),
                concat("byte ", reader.position() - 1));
}

}  // namespace

Result<std::vector<InputRecord>> read_input_records(std::string_view bytes) {
    RecordReader reader(bytes);
    std::vector<InputRecord> records;
    while (!reader.at_end()) {
        const auto kind = static_cast<Kind>(CS_TRY(reader.byte()));
        if (kind == Kind::key) {
            records.push_back(CS_TRY(read_key(reader)));
        } else {
            records.push_back(InputRecord{CS_TRY(read_event(kind, reader)), {}});
        }
    }
    return records;
}

}  // namespace countersign::web
