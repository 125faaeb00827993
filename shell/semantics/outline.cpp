#include "shell/semantics/outline.h"

#include <map>

#include "core/base/concat.h"
#include "core/base/utf8.h"

namespace countersign::shell {

std::string outline(const SemanticTree& tree) {
    std::map<uint32_t, int> depth;
    std::string out;
    for (const Node& node : tree.nodes) {
        const int level = node.parent == 0 ? 0 : depth[node.parent] + 1;
        depth[node.id] = level;
        out.append(static_cast<size_t>(level) * 2, ' ').append(role_name(node.role));
        if (!node.name.empty()) {
            out += concat(" \"", utf8::shortened(node.name, 60), "\"");
        }
        const auto note = [&](bool on, std::string_view word) {
            if (on) {
                out += concat(" ", word);
            }
        };
        note(node.state.checked, "checked");
        note(node.state.selected, "selected");
        note(node.state.disabled, "disabled");
        note(node.state.expanded, "expanded");
        note(node.state.required, "required");
        note(node.state.invalid, "invalid");
        note(node.state.focused, "focused");
        if (!node.value.empty()) {
            out += concat(" = ", utf8::shortened(node.value, 60));
        }
        if (!node.shortcut.empty()) {
            out += concat(" [", node.shortcut, "]");
        }
        if (node.set_size > 0) {
            out += concat(" (", node.position, " of ", node.set_size, ")");
        }
        out += "\n";
    }
    return out;
}

}  // namespace countersign::shell
