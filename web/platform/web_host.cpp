#include "web/platform/web_host.h"

#include "web/platform/imports.h"
#include "web/wire/records.h"
#include "web/wire/semantics_patch.h"

namespace countersign::web {

void WebHost::set_cursor(shell::CursorShape shape) {
    if (shape != cursor_) {
        cursor_ = shape;
        cs_js_set_cursor(static_cast<int>(shape));
    }
}

void WebHost::set_text_input(std::optional<shell::TextInputArea> area) {
    if (area == text_input_) {
        return;
    }
    text_input_ = area;
    const shell::TextInputArea at = area.value_or(shell::TextInputArea{});
    cs_js_set_text_input(area ? 1 : 0, at.x, at.y, at.line_height, at.multiline ? 1 : 0);
}

void WebHost::write_clipboard(std::string_view text) {
    cs_js_write_clipboard(text.data(), text.size());
}

void WebHost::set_location(std::string_view location, shell::HistoryEntry entry) {
    cs_js_set_location(location.data(), location.size(), entry == shell::HistoryEntry::replace ? 1 : 0);
}

void WebHost::set_title(std::string_view title) {
    if (title != title_) {
        title_ = title;
        cs_js_set_title(title_.data(), title_.size());
    }
}

void WebHost::want_frame(uint32_t delay_ms) {
    cs_js_want_frame(delay_ms);
}

void WebHost::show_semantics(const shell::SemanticTree& tree) {
    latest_ = tree;
    cs_js_semantics_changed();
}

void WebHost::announce(std::string_view sentence) {
    cs_js_announce(sentence.data(), sentence.size());
}

void WebHost::save_file(std::string_view name, std::string_view bytes) {
    RecordWriter record;
    record.text(name).text(bytes);
    cs_js_save_file(record.bytes().data(), record.bytes().size());
}

void WebHost::open_file(std::string_view ending) {
    cs_js_open_file(ending.data(), ending.size());
}

void WebHost::send_semantics() {
    const std::string patch = semantics_patch(sent_, latest_);
    if (!patch.empty()) {
        cs_js_show_semantics(patch.data(), patch.size());
        sent_ = latest_;
    }
}

}  // namespace countersign::web
