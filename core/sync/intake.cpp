#include "core/sync/intake.h"

#include <set>

#include "core/json/fields.h"
#include "core/log/leaf.h"
#include "core/log/named_texts.h"
#include "core/routing/route.h"
#include "core/store/ledger.h"
#include "core/store/search.h"
#include "core/sync/line.h"
#include "core/workflow/apply.h"

namespace countersign::sync {

namespace {

// The item's row from its events, made on the first time that this device hears of it.
Result<int64_t> item_number(store::Database& database, const store::ProjectRow& project, const ItemId& id,
                            const std::vector<PulledEvent>& events) {
    const int64_t known = CS_TRY(store::find_item(database, project, id));
    if (known != 0) {
        return known;
    }
    ItemState state;
    state.id = id;
    for (const PulledEvent& pulled : events) {
        if (pulled.event && pulled.event->item != id) {
            return fail(ErrorCode::corrupt, "an item was sent with an event that is another's", id.text);
        }
        if (pulled.event) {
            apply(state, *pulled.event);
        }
    }
    if (!state.known()) {
        return fail(ErrorCode::corrupt, "an item was sent without its prediction", id.text);
    }
    return store::insert_item(database, project, state, false);
}

// Of these texts, the ones that the events name; each must be what its commitment was made from.
Status keep_texts(store::Database& database, int64_t item_no, const std::vector<PulledEvent>& events,
                  const std::vector<CommittedText>& texts) {
    std::vector<NamedText> named;
    for (const PulledEvent& pulled : events) {
        const std::vector<NamedText> one = pulled.event ? texts_named_by(pulled.event->body) : std::vector<NamedText>();
        named.insert(named.end(), one.begin(), one.end());
    }
    for (const CommittedText& text : texts) {
        const NamedText* as = find_named(named, text.commitment);
        if (as == nullptr) {
            continue;
        }
        if (!opens(text, as->domain)) {
            return fail(ErrorCode::corrupt, "a text does not match its commitment", to_hex(text.commitment));
        }
        CS_TRY_STATUS(store::add_note(database, item_no, text));
    }
    return success();
}

Status keep_document(store::Database& database, int64_t item_no, const ItemState& state,
                     const std::vector<CommittedText>& texts, const Policy* policy) {
    for (const CommittedText& text : texts) {
        if (text.commitment != state.document) {
            continue;
        }
        if (!opens(text, kDocumentDomain)) {
            return fail(ErrorCode::corrupt, "an item's text does not match its commitment", state.id.text);
        }
        CS_TRY_STATUS(store::add_document(database, item_no, text));
        const Json document = CS_TRY(parse_json(text.text));
        const std::string_view path =
            policy == nullptr ? std::string_view("input.text") : std::string_view(policy->interface.text);
        CS_TRY_STATUS(store::index_text(database, item_no, text_at(document, path)));
    }
    return success();
}

}  // namespace

Result<bool> Intake::take(size_t lines) {
    store::Transaction transaction(device_.database());
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::find_project(device_.database(), project_id_));
    for (; lines > 0 && offset_ < body_.size() && !ended_; --lines) {
        const size_t newline = body_.find('\n', offset_);
        const size_t end = newline == std::string::npos ? body_.size() : newline;
        CS_TRY_STATUS(take_line(std::string_view(body_).substr(offset_, end - offset_), project));
        offset_ = end + 1;
    }
    if (offset_ >= body_.size() && !ended_) {
        return fail(ErrorCode::unavailable, "the server's answer was cut off");
    }
    CS_TRY_STATUS(store::save_project(device_.database(), project));
    CS_TRY_STATUS(transaction.commit());
    return ended_;
}

Status Intake::take_line(std::string_view line, store::ProjectRow& project) {
    const Json json = CS_TRY(parse_json(line));
    if (json.find("next") != nullptr) {
        return take_end(json, project);
    }
    return feed_ == Feed::workset ? take_item(json, project) : take_change(json, project);
}

Status Intake::take_end(const Json& line, store::ProjectRow& project) {
    Fields fields = CS_TRY(Fields::of(line, ""));
    const auto next = static_cast<EventSeq>(CS_TRY(fields.integer("next", {.min = 0})));
    more_ = CS_TRY(fields.boolean_or("more", false));
    const auto head = static_cast<EventSeq>(CS_TRY(fields.integer("head", {.min = 0})));
    project.head_seq = std::max(project.head_seq, head);
    EventSeq& cursor = feed_ == Feed::workset ? project.workset_cursor : project.cursor;
    cursor = std::max(cursor, next);
    ended_ = true;
    return success();
}

Status Intake::take_item(const Json& line, store::ProjectRow& project) {
    Fields fields = CS_TRY(Fields::of(line, ""));
    const ItemId id(CS_TRY(fields.text("item", {.max_bytes = 200})));
    const std::vector<PulledEvent> events = CS_TRY(read_pulled_events(fields));
    const std::vector<CommittedText> texts = CS_TRY(read_texts(fields));
    store::Database& database = device_.database();
    const bool is_new = CS_TRY(store::find_item(database, project, id)) == 0;
    const int64_t item_no = CS_TRY(item_number(database, project, id, events));
    for (const PulledEvent& pulled : events) {
        CS_TRY_STATUS(store::store_pulled(database, project, item_no, pulled.stored, pulled.type));
    }
    const ItemState state = CS_TRY(store::load_state(database, id, item_no));
    if (is_new) {
        CS_TRY_STATUS(store::note_policy(database, project, state.route.policy));
        const auto policy = device_.policies().get(database, project, state.route.policy);
        CS_TRY_STATUS(keep_document(database, item_no, state, texts, policy.ok() ? policy.value().get() : nullptr));
    }
    CS_TRY_STATUS(keep_texts(database, item_no, events, texts));
    ++items_;
    return device_.refresh(project, id, item_no, is_new ? Device::Row::made_just_now : Device::Row::known);
}

Status Intake::take_change(const Json& line, store::ProjectRow& project) {
    Fields fields = CS_TRY(Fields::of(line, ""));
    const PulledEvent pulled = CS_TRY(read_pulled_event(line, ""));
    const std::vector<CommittedText> texts = CS_TRY(read_texts(fields));
    if (!pulled.event) {
        return success();  // of a kind that only a newer version knows
    }
    const Event& event = *pulled.event;
    if (const auto* activated = std::get_if<PolicyActivated>(&event.body)) {
        project.policy = activated->policy;
        project.policy_version = activated->version;
        return success();
    }
    if (event.item.empty()) {
        return success();
    }
    if (const Json* whole = fields.optional("whole")) {
        return take_item(*whole, project);  // this event among the others
    }
    store::Database& database = device_.database();
    const int64_t item_no = CS_TRY(store::find_item(database, project, event.item));
    if (item_no == 0) {
        ++foreign_;
        return success();
    }
    CS_TRY_STATUS(store::store_pulled(database, project, item_no, pulled.stored, pulled.type));
    CS_TRY_STATUS(keep_texts(database, item_no, {pulled}, texts));
    return device_.refresh(project, event.item, item_no);
}

namespace {

struct Pushed {
    Device& device;
    const store::ProjectRow& project;
    Device::Row row;
};

Status take_answer(const Pushed& pushed, const Json& json, const std::string& path, PushAnswer& out) {
    Fields fields = CS_TRY(Fields::of(json, path));
    const OperationId id(CS_TRY(fields.text("op")));
    const std::string state = CS_TRY(fields.text("state"));
    const std::string reason = CS_TRY(fields.text_or("reason", "", {.min_bytes = 0}));
    const std::vector<PulledEvent> events = CS_TRY(read_pulled_events(fields));
    store::Database& database = pushed.device.database();
    const auto row = CS_TRY(store::find_operation(database, id));
    if (!row) {
        return success();
    }
    const bool refused = state == "refused";
    CS_TRY_STATUS(store::answer_operation(
        database, id, refused ? store::OperationState::refused : store::OperationState::saved, reason));
    for (const PulledEvent& pulled : events) {
        CS_TRY_STATUS(store::store_pulled(database, pushed.project, row->item_no, pulled.stored, pulled.type));
    }
    ++out.answered;
    out.refused += refused ? 1 : 0;
    const auto item = CS_TRY(store::read_item(database, row->item_no));
    return item ? pushed.device.refresh(pushed.project, item->id, row->item_no, pushed.row) : success();
}

}  // namespace

Result<PushAnswer> take_push_answer(Device& device, const ProjectId& project_id, std::string_view body,
                                    Device::Row row) {
    const Json json = CS_TRY(parse_json(body, {.total_bytes = 16 << 20}));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const JsonArray* answers = CS_TRY(fields.list("answers", 10'000));
    store::Transaction transaction(device.database());
    CS_TRY_STATUS(transaction.begin());
    const store::ProjectRow project = CS_TRY(store::find_project(device.database(), project_id));
    PushAnswer out;
    for (size_t i = 0; i < answers->size(); ++i) {
        CS_TRY_STATUS(take_answer({device, project, row}, (*answers)[i], element_path("answers", i), out));
    }
    if (const Json* stopped = fields.optional("stopped")) {
        Fields reason = CS_TRY(Fields::of(*stopped, "stopped"));
        const std::string detail = CS_TRY(reason.text("detail"));
        out.stopped = fail(ErrorCode::invalid_argument, detail, CS_TRY(reason.text_or("field", "", {.min_bytes = 0})));
    }
    CS_TRY_STATUS(transaction.commit());
    return out;
}

}  // namespace countersign::sync
