#include "tests/web/stand_in/stand_in_desk.h"

#include <algorithm>
#include <utility>

#include "core/base/concat.h"
#include "tests/web/stand_in/describe.h"

namespace countersign::web::stand_in {

namespace {

constexpr size_t kLinesShown = 60;

void erase_last_code_point(std::string& text) {
    while (!text.empty() && (static_cast<uint8_t>(text.back()) & 0xC0U) == 0x80U) {
        text.pop_back();
    }
    if (!text.empty()) {
        text.pop_back();
    }
}

// Stops on a store that fails: a test must see it, not a desk that goes on without.
template <class T>
T must(Result<T> result) {
    CS_CHECK(result.ok());
    return std::move(result).value();
}

}  // namespace

StandInDesk::StandInDesk(const Surroundings& surroundings, Journal journal)
    : ports_(surroundings), journal_(std::move(journal)) {
    form_.storage = surroundings.storage;
    form_.decisions = must(journal_.count("decision"));
    form_.reason = must(journal_.last("reason"));
    form_.notes = must(journal_.last("notes"));
    form_.integrity = must(journal_.integrity());
    ports_.host.set_title("Stand-in");
    ports_.live.follow("/api/live");
}

void StandInDesk::handle(shell::InputEvent event) {
    queue_.push_back(std::move(event));
}

void StandInDesk::frame() {
    const std::vector<shell::InputEvent> events = std::exchange(queue_, {});
    for (const shell::InputEvent& event : events) {
        if (!std::holds_alternative<shell::PointerMoved>(event)) {
            note("event", describe(event));
        }
        take(event);
    }
    if (animation_frames_ > 0) {
        --animation_frames_;
        form_.scroll += 1;
        redraw_ = true;
        ports_.host.want_frame(0);
    }
    if (!unsaved_.empty()) {
        const Status saved = journal_.append(std::exchange(unsaved_, {}));
        if (!saved.ok()) {
            form_.answer = saved.error().text();
        }
        form_.decisions = must(journal_.count("decision"));
    }
    if (redraw_ || !events.empty()) {
        redraw_ = false;
        draw_frame();
    }
}

void StandInDesk::poke() {
    ++pokes_;
    form_.answer = concat("poked ", pokes_);
    redraw_ = true;
    ports_.host.want_frame(0);
}

void StandInDesk::use_renderer(std::unique_ptr<shell::Renderer> renderer) {
    renderer_ = std::move(renderer);
    redraw_ = true;
    ports_.host.want_frame(0);
}

void StandInDesk::storage_changed(shell::StorageStanding standing) {
    form_.storage = standing;
    redraw_ = true;
    ports_.host.want_frame(0);
}

Status StandInDesk::close() {
    frame();
    return journal_.close();
}

void StandInDesk::take(const shell::InputEvent& event) {
    if (const auto* resized = std::get_if<shell::Resized>(&event)) {
        form_.width = resized->width;
        form_.height = resized->height;
        form_.scale = resized->scale;
    } else if (const auto* appearance = std::get_if<shell::AppearanceChanged>(&event)) {
        form_.dark = appearance->dark;
    } else if (const auto* key = std::get_if<shell::KeyChanged>(&event)) {
        take_key(*key);
    } else if (const auto* composition = std::get_if<shell::CompositionChanged>(&event)) {
        form_.preedit = composition->preedit;
    } else if (const auto* wheel = std::get_if<shell::Wheel>(&event)) {
        form_.scroll = std::max(0.0F, form_.scroll + wheel->dy);
    } else if (const auto* node = std::get_if<shell::NodeActed>(&event)) {
        take_node(*node);
    } else if (const auto* button = std::get_if<shell::PointerButtonChanged>(&event)) {
        const uint32_t widget = widget_at(shown_, button->x, button->y);
        if (button->pressed && button->button == shell::PointerButton::left) {
            form_.focused = widget == kReason || widget == kNotes ? widget : uint32_t{kNothing};
        } else if (button->button == shell::PointerButton::left) {
            press(widget);
        }
    } else if (const auto* text = std::get_if<shell::TextEntered>(&event);
               text != nullptr && form_.field() != nullptr) {
        *form_.field() += text->text;
        note(form_.focused == kReason ? "reason" : "notes", *form_.field());
    } else if (const auto* pasted = std::get_if<shell::TextPasted>(&event);
               pasted != nullptr && form_.field() != nullptr) {
        *form_.field() += pasted->text;
        note(form_.focused == kReason ? "reason" : "notes", *form_.field());
    }
}

void StandInDesk::take_key(const shell::KeyChanged& event) {
    if (!event.pressed) {
        return;
    }
    if (event.key == shell::Key::tab) {
        form_.focused = next_focus(form_.focused, event.modifiers.shift);
    } else if (event.key == shell::Key::escape) {
        form_.focused = kNothing;
    } else if (event.key == shell::Key::c && event.modifiers.control) {
        ports_.host.write_clipboard(form_.reason);
    } else if (event.key == shell::Key::x && event.modifiers.control && form_.field() != nullptr) {
        ports_.host.write_clipboard(std::exchange(*form_.field(), {}));
    } else if (std::string* field = form_.field()) {
        edit(*field, event);
    } else {
        command(event);
    }
}

void StandInDesk::edit(std::string& field, const shell::KeyChanged& event) {
    if (event.key == shell::Key::backspace) {
        erase_last_code_point(field);
    } else if (event.key == shell::Key::enter && form_.focused == kNotes) {
        field += '\n';
    }
}

void StandInDesk::command(const shell::KeyChanged& event) {
    switch (event.key) {
        case shell::Key::a: decide(); break;
        case shell::Key::r: form_.focused = kReason; break;
        case shell::Key::g:
            ports_.host.set_location(concat("/q/demo/i/", form_.decisions), shell::HistoryEntry::push);
            ports_.host.set_title(concat("Item ", form_.decisions));
            break;
        case shell::Key::enter:
        case shell::Key::space: press(form_.focused); break;
        default: break;
    }
}

void StandInDesk::take_node(const shell::NodeActed& event) {
    switch (event.action) {
        case shell::NodeActed::Action::activate: press(event.node); break;
        case shell::NodeActed::Action::focus: form_.focused = event.node; break;
        case shell::NodeActed::Action::set_value:
            form_.focused = event.node;
            if (std::string* field = form_.field()) {
                *field = event.value;
                note(event.node == kReason ? "reason" : "notes", *field);
            }
            break;
        case shell::NodeActed::Action::scroll_into_view: break;
    }
}

void StandInDesk::press(uint32_t widget) {
    switch (widget) {
        case kDecide: decide(); break;
        case kConfirmed: form_.confirmed = !form_.confirmed; break;
        case kReason:
        case kNotes: form_.focused = widget; break;
        case kSend: send(); break;
        case kSaveFile: ports_.host.save_file("reason.txt", form_.reason); break;
        case kCopyReason: ports_.host.write_clipboard(form_.reason); break;
        case kAnimate:
            animation_frames_ = 60;
            ports_.host.want_frame(0);
            break;
        case kCrash: CS_CHECK(!form_.confirmed); break;
        default: break;
    }
}

void StandInDesk::decide() {
    note("decision", to_rfc3339(ports_.clock.now()));
    ports_.host.announce(concat("Saved on this device: ", form_.decisions + 1));
}

void StandInDesk::send() {
    form_.answer = "waiting";
    ports_.transport.send({"POST", "/api/echo", "application/json", concat("{\"reason\":\"", form_.reason, "\"}")},
                          [this](Result<TransportResponse> result) {
                              form_.answer = result.ok() ? concat(result.value().status, " ", result.value().body)
                                                         : result.error().text();
                              redraw_ = true;
                              ports_.host.want_frame(0);
                          });
}

void StandInDesk::note(std::string kind, std::string line) {
    if (kind == "event") {
        lines_.push_back(line);
        if (lines_.size() > kLinesShown) {
            lines_.erase(lines_.begin());
        }
    }
    unsaved_.emplace_back(std::move(kind), std::move(line));
}

void StandInDesk::draw_frame() {
    form_.events.clear();
    for (const std::string& line : lines_) {
        form_.events += line + "\n";
    }
    const shell::SemanticTree tree = semantics_of(form_);
    if (renderer_ != nullptr) {
        ImDrawData data = draw(form_, tree);
        renderer_->render(data);
    }
    ports_.host.set_text_input(text_area(form_, tree));
    ports_.host.set_cursor(form_.focused == kNothing ? shell::CursorShape::arrow : shell::CursorShape::text);
    if (!(tree == shown_)) {
        shown_ = tree;
        ports_.host.show_semantics(shown_);
    }
}

}  // namespace countersign::web::stand_in
