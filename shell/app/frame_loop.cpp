#include "shell/app/frame_loop.h"

#include <imgui.h>
#include <imgui_internal.h>

#include "shell/app/imgui_style.h"

namespace countersign::shell {

FrameLoop::FrameLoop(Host& host, Clock& clock, const FrameLoopOptions& options)
    : host_(host), clock_(clock), texts_(options.pseudo_language ? Texts::pseudo() : Texts::english()) {
    ImGuiContext* before = ImGui::GetCurrentContext();
    context_ = ImGui::CreateContext();
    ImGui::SetCurrentContext(context_);
    set_up_imgui();
    fonts_ = std::make_unique<Fonts>(*ImGui::GetIO().Fonts, options.platform_fonts);
    install_item_listener(*context_, &items_);
    rebuild_theme();
    ImGui::SetCurrentContext(before != nullptr ? before : context_);
}

FrameLoop::~FrameLoop() {
    ImGui::SetCurrentContext(context_);
    if (renderer_) {
        renderer_->forget_textures();
        renderer_.reset();
    }
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
    }
    ImGui::DestroyContext(context_);
}

void FrameLoop::handle(InputEvent event) {
    queue_.push_back(std::move(event));
    host_.want_frame(0);
}

void FrameLoop::request_frame() {
    frames_left_ = kSettle;
    host_.want_frame(0);
}

void FrameLoop::use_renderer(std::unique_ptr<Renderer> renderer) {
    ImGui::SetCurrentContext(context_);
    if (renderer_) {
        renderer_->forget_textures();
    }
    renderer_ = std::move(renderer);
    request_frame();
}

void FrameLoop::choose_appearance(std::optional<Appearance> appearance) {
    chosen_appearance_ = appearance;
    rebuild_theme();
    request_frame();
}

void FrameLoop::rebuild_theme() {
    const AppearanceChanged& system = system_appearance_;
    const Appearance by_system = system.more_contrast
                                     ? (system.dark ? Appearance::dark_more_contrast : Appearance::light_more_contrast)
                                     : (system.dark ? Appearance::dark : Appearance::light);
    constexpr float kPhone = 600;  // CSS pixels
    const bool touch = input_.touch || (size_.width > 0 && size_.width < kPhone);
    const float scale = size_.scale > 0 ? size_.scale : 1;
    theme_ = std::make_unique<Theme>(chosen_appearance_.value_or(by_system), scale,
                                     touch ? Density::touch : Density::pointer);
    fonts_->fit_scale(scale);
}

bool FrameLoop::wanted() {
    if (!queue_.empty() || items_.has_actions()) {
        frames_left_ = kSettle;
    }
    if (due_ && clock_.monotonic() >= *due_) {
        due_.reset();
        frames_left_ = std::max(frames_left_, 1);
    }
    return frames_left_ > 0;
}

void FrameLoop::frame(const Draw& draw) {
    ImGui::SetCurrentContext(context_);
    if (!wanted()) {
        return;
    }
    for (int pass = 0; pass < kMostPasses; pass++) {
        const bool last_allowed = pass + 1 < kMostPasses;
        if (!run_pass(draw, last_allowed)) {
            break;
        }
    }
    frames_left_--;
    if (size_.width > 0 && size_.height > 0 && visible_) {
        tell_host();
    }
    schedule();
}

bool FrameLoop::run_pass(const Draw& draw, bool more_allowed) {
    take_events();
    if (size_.width <= 0 || size_.height <= 0 || !visible_) {
        return more_allowed && !queue_.empty();
    }
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {theme_->px(size_.width), theme_->px(size_.height)};
    const Duration now = clock_.monotonic();
    constexpr float kShortest_s = 0.0001F;
    io.DeltaTime = std::max(kShortest_s, static_cast<float>(static_cast<double>(now.us - last_frame_.us) / 1e6));
    last_frame_ = now;
    memory_.next_frame();
    items_.begin_frame(theme_->scale);
    const std::string preedit = input_.preedit;
    wishes_.text_input.reset();
    wishes_.frame_in_ms.reset();
    Ui ui{*theme_,  *fonts_, texts_, items_, input_, memory_, wishes_, {0, 0, io.DisplaySize.x, io.DisplaySize.y},
          command_, {},      {},     false};
    ImGui::NewFrame();
    begin_desk_window();
    enter_scope(ui, Scope::everywhere);
    const bool again = draw(ui);
    if (input_.take(Key::escape)) {
        drop_focus_ring();  // nobody else had a use for it
    }
    end_desk_window();
    items_.set_focus(focused_item(wishes_.text_input.has_value()));
    scopes_ = ui.scopes;
    command_.reset();
    typing_ = wishes_.text_input.has_value();
    input_ = Input{};
    input_.preedit = typing_ ? preedit : std::string();
    input_.touch = io.MouseSource == ImGuiMouseSource_TouchScreen;
    const bool pending = !queue_.empty() || context_->InputEventsQueue.Size > 0;
    const bool more = more_allowed && (again || pending);
    SemanticTree tree = items_.finish();
    if (more) {
        ImGui::EndFrame();
        return true;
    }
    ImGui::Render();
    frames_drawn_++;
    if (renderer_) {
        renderer_->render(*ImGui::GetDrawData());
    }
    if (tree != shown_) {
        shown_ = std::move(tree);
        host_.show_semantics(shown_);
    }
    return false;
}

void FrameLoop::tell_host() {
    const CursorShape cursor = cursor_shape();
    if (cursor_ != cursor) {
        cursor_ = cursor;
        host_.set_cursor(cursor);
    }
    if (text_input_ != wishes_.text_input) {
        text_input_ = wishes_.text_input;
        host_.set_text_input(text_input_);
    }
    if (wishes_.clipboard) {
        host_.write_clipboard(*wishes_.clipboard);
        wishes_.clipboard.reset();
    }
    for (const std::string& sentence : wishes_.announcements) {
        host_.announce(sentence);
    }
    wishes_.announcements.clear();
}

void FrameLoop::schedule() {
    if (frames_left_ > 0 || !queue_.empty()) {
        host_.want_frame(0);
        return;
    }
    if (wishes_.frame_in_ms) {
        due_ = Duration{clock_.monotonic().us + int64_t{*wishes_.frame_in_ms} * 1000};
        host_.want_frame(*wishes_.frame_in_ms);
    }
}

}  // namespace countersign::shell
