#include "shell/ui/core/ui.h"

#include <algorithm>

#include <imgui.h>

namespace countersign::shell {

std::optional<KeyPress> Input::take(Key key, Modifiers wanted) {
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const KeyPress& press) {
        return press.key == key && press.modifiers.control == wanted.control && press.modifiers.alt == wanted.alt &&
               press.modifiers.meta == wanted.meta;
    });
    if (found == keys.end()) {
        return std::nullopt;
    }
    const KeyPress press = *found;
    keys.erase(found);
    return press;
}

bool Ui::commanded(Command wanted) {
    if (command != wanted || blocked) {
        return false;
    }
    command.reset();
    return true;
}

ImDrawList& Ui::draw() const {
    return *ImGui::GetWindowDrawList();
}

void enter_scope(Ui& ui, Scope scope) {
    if (scope == Scope::dialog) {
        ui.scopes = {Scope::dialog};  // nothing behind a dialog hears a key
        return;
    }
    if (ui.scopes.empty() || ui.scopes.front() != Scope::dialog) {
        ui.scopes.insert(ui.scopes.begin(), scope);
    }
}

Area area_of(const Rect& rect) {
    return {rect.x, rect.y, rect.w, rect.h};
}

}  // namespace countersign::shell
