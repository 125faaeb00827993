#include "tests/web/stand_in/describe.h"

#include <cmath>

#include "core/base/concat.h"

namespace countersign::web::stand_in {

namespace {

std::string_view pointer_kind(shell::PointerKind kind) {
    switch (kind) {
        case shell::PointerKind::mouse: return "mouse";
        case shell::PointerKind::touch: return "touch";
        case shell::PointerKind::pen: return "pen";
    }
    return "?";
}

std::string_view button_name(shell::PointerButton button) {
    switch (button) {
        case shell::PointerButton::left: return "left";
        case shell::PointerButton::right: return "right";
        case shell::PointerButton::middle: return "middle";
    }
    return "?";
}

std::string_view action_name(shell::NodeActed::Action action) {
    switch (action) {
        case shell::NodeActed::Action::activate: return "activate";
        case shell::NodeActed::Action::focus: return "focus";
        case shell::NodeActed::Action::set_value: return "set_value";
        case shell::NodeActed::Action::scroll_into_view: return "scroll_into_view";
    }
    return "?";
}

int64_t hundredths(float value) {
    return std::lround(value * 100);
}

struct Describer {
    std::string operator()(const shell::PointerMoved& e) const {
        return concat("move ", hundredths(e.x), " ", hundredths(e.y), " ", pointer_kind(e.kind));
    }

    std::string operator()(const shell::PointerButtonChanged& e) const {
        return concat("button ", button_name(e.button), e.pressed ? " down " : " up ", hundredths(e.x), " ",
                      hundredths(e.y), " ", pointer_kind(e.kind));
    }

    std::string operator()(const shell::PointerLeft&) const { return "left the view"; }

    std::string operator()(const shell::Wheel& e) const {
        return concat("wheel ", hundredths(e.dx), " ", hundredths(e.dy));
    }

    std::string operator()(const shell::KeyChanged& e) const {
        return concat("key ", shell::key_name(e.key), e.pressed ? " pressed" : " released",
                      e.modifiers.control ? " control" : "", e.modifiers.shift ? " shift" : "",
                      e.modifiers.alt ? " alt" : "", e.modifiers.meta ? " meta" : "");
    }

    std::string operator()(const shell::TextEntered& e) const { return concat("text ", e.text); }

    std::string operator()(const shell::CompositionChanged& e) const { return concat("composing ", e.preedit); }

    std::string operator()(const shell::TextPasted& e) const { return concat("pasted ", e.text); }

    std::string operator()(const shell::FocusChanged& e) const { return e.focused ? "focused" : "blurred"; }

    std::string operator()(const shell::VisibilityChanged& e) const { return e.visible ? "visible" : "hidden"; }

    std::string operator()(const shell::Resized& e) const {
        return concat("resized ", hundredths(e.width), " ", hundredths(e.height), " ", hundredths(e.scale));
    }

    std::string operator()(const shell::AppearanceChanged& e) const {
        return concat("appearance", e.dark ? " dark" : " light", e.more_contrast ? " more_contrast" : "",
                      e.reduced_motion ? " reduced_motion" : "");
    }

    std::string operator()(const shell::LocationChanged& e) const { return concat("location ", e.location); }

    std::string operator()(const shell::FileOpened& e) const {
        return e.problem.empty() ? concat("file ", e.name, " of ", e.bytes.size(), " bytes")
                                 : concat("no file: ", e.problem);
    }

    std::string operator()(const shell::NodeActed& e) const {
        return concat("node ", e.node, " ", action_name(e.action), " ", e.value);
    }
};

}  // namespace

std::string describe(const shell::InputEvent& event) {
    return std::visit(Describer{}, event);
}

}  // namespace countersign::web::stand_in
