#include "core/sync/intake.h"

#include <algorithm>
#include <set>

#include "core/base/concat.h"
#include "core/log/named_texts.h"
#include "core/routing/route.h"
#include "core/store/search.h"
#include "core/sync/confirm.h"
#include "core/sync/erasing.h"
#include "core/sync/incarnation.h"
#include "core/workflow/apply.h"

namespace countersign::sync {

namespace {

bool closes_as_erased(const PulledEvent& pulled) {
    const auto* closed = pulled.event ? std::get_if<ItemClosed>(&pulled.event->body) : nullptr;
    return closed != nullptr && closed->as == ClosedAs::erased;
}

// The item's row from its events: this device hears of it for the first time.
Result<int64_t> make_item(store::Database& database, const store::ProjectRow& project, const WholeItem& whole) {
    ItemState state;
    state.id = whole.item;
    for (const PulledEvent& pulled : whole.events) {
        if (pulled.event && pulled.event->item != whole.item) {
            return fail(ErrorCode::corrupt, "an item was sent with an event that is another's", whole.item.text);
        }
        if (pulled.event) {
            apply(state, *pulled.event);
        }
    }
    if (!state.known()) {
        return fail(ErrorCode::corrupt, "an item was sent without its prediction", whole.item.text);
    }
    return store::insert_item(database, project, state, false);
}

// It was never here, or is hidden since the server lost it.
Result<bool> is_unknown(store::Database& database, int64_t item_no) {
    const auto row = item_no == 0 ? std::optional<store::ItemRow>() : CS_TRY(store::read_item(database, item_no));
    return !row || row->status == ItemStatus::unknown;
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

// The page's last line first: in which life of the server it was made, and where it leads.
Status Intake::begin(store::ProjectRow& project) {
    end_ = CS_TRY(read_page_end(body_));
    if (end_.incarnation != CS_TRY(known_incarnation(device_.database(), project))) {
        return fail(ErrorCode::gone, "the server was restored from a backup since", "cursor");
    }
    if (kind_ == PageKind::snapshot && project.snapshot_at == 0) {
        project.snapshot_at = end_.position;
        project.snapshot_after = 0;
        ++project.snapshot_no;
    }
    begun_ = true;
    return success();
}

Result<bool> Intake::take(size_t lines) {
    store::Transaction transaction(device_.database());
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::find_project(device_.database(), project_id_));
    if (!begun_) {
        CS_TRY_STATUS(begin(project));
    }
    size_t left = lines;
    for (; left > 0 && offset_ < body_.size(); --left) {
        const size_t newline = body_.find('\n', offset_);  // there is one: the end was read
        CS_TRY_STATUS(take_line(std::string_view(body_).substr(offset_, newline - offset_), project));
        offset_ = newline + 1;
    }
    const bool ended = left > 0 && offset_ >= body_.size() && CS_TRY(finish(project, left));
    CS_TRY_STATUS(store::save_project(device_.database(), project));
    CS_TRY_STATUS(transaction.commit());
    CS_TRY_STATUS(device_.database().truncate_if_wanted());
    return ended;
}

// All lines are here. After a snapshot's last page, what was not in it leaves.
Result<bool> Intake::finish(store::ProjectRow& project, size_t lines) {
    project.head_seq = end_.head;
    project.stable_seq = end_.stable;
    CS_TRY_STATUS(store::raise_stable(device_.database(), project));
    if (kind_ == PageKind::feed) {
        project.feed = end_.cursor;
        CS_TRY_STATUS(set_erasures_told(device_.database(), project, end_.position));
        return true;
    }
    // What stays here is asked for until the server has said something about all of it; also what somebody decided on
    // while a page was on its way that did not ask for it.
    store::Database& database = device_.database();
    const bool is_told = seen_ > 0 || !asked_for_items_;
    const bool asks_on =
        is_told && !CS_TRY(store::unseen(database, project, project.snapshot_no, store::Unseen::stays, 1)).empty();
    if (end_.more || asks_on) {
        end_.more = true;
        project.snapshot_after = end_.next;
        return true;
    }
    const std::vector<ItemId> gone =
        CS_TRY(store::unseen(database, project, project.snapshot_no, store::Unseen::goes, lines));
    for (const ItemId& item : gone) {
        CS_TRY_STATUS(device_.leave(project, item));
    }
    if (gone.size() == lines) {
        return false;
    }
    project.feed = end_.cursor;
    CS_TRY_STATUS(set_erasures_told(device_.database(), project, end_.position));
    project.snapshot_at = 0;
    project.snapshot_after = 0;
    return true;
}

Status Intake::take_line(std::string_view line, store::ProjectRow& project) {
    CS_TRY_STATUS(json_.read(line));
    const CanonicalValue root = json_.root();
    if (const CanonicalValue enter = root.find("enter")) {
        const WholeItem whole = CS_TRY(read_whole_item(enter));
        return take_item(whole, project);
    }
    if (const CanonicalValue leave = root.find("leave")) {
        return take_leave(leave, project);
    }
    if (const CanonicalValue erased = root.find("erased")) {
        const ErasedTexts texts = CS_TRY(read_erased(erased));
        return erase_texts(device_, project, texts);
    }
    if (root.find("item")) {
        const WholeItem whole = CS_TRY(read_whole_item(root));
        return take_item(whole, project);
    }
    // The end line was read at the beginning; a kind of line that only a newer version knows is passed over.
    return root.find("events") ? take_commit(root, project) : success();
}

Status Intake::take_item(const WholeItem& whole, const store::ProjectRow& project) {
    store::Database& database = device_.database();
    const int64_t known = CS_TRY(store::find_item(database, project, whole.item));
    const bool is_new = CS_TRY(is_unknown(database, known));
    const int64_t item_no = known != 0 ? known : CS_TRY(make_item(database, project, whole));
    std::set<EventSeq> events;
    for (const PulledEvent& pulled : whole.events) {
        CS_TRY_STATUS(store::store_pulled(database, project, item_no, pulled.stored, pulled.type));
        CS_TRY_STATUS(take_note_of(device_, project, pulled));
        events.insert(pulled.stored.seq);
    }
    CS_TRY_STATUS(store::keep_item_events(database, item_no, events));
    const ItemState state = CS_TRY(store::load_state(database, whole.item, item_no));
    CS_TRY_STATUS(store::note_policy(database, project, state.route().policy));
    if (is_new) {
        const auto policy = device_.policies().get(database, project, state.route().policy);
        CS_TRY_STATUS(
            keep_document(database, item_no, state, whole.texts, policy.ok() ? policy.value().get() : nullptr));
    }
    CS_TRY_STATUS(keep_texts(database, item_no, whole.events, whole.texts));
    if (kind_ == PageKind::snapshot) {
        CS_TRY_STATUS(store::mark_seen(database, item_no, project.snapshot_no));
        ++seen_;
    }
    ++items_;
    CS_TRY_STATUS(
        device_.refresh(project, whole.item, item_no, is_new ? Device::Row::made_just_now : Device::Row::known));
    return state.erased ? erase_texts(device_, project, {.items = {whole.item}, .commitments = {}}) : success();
}

Status Intake::take_commit(const CanonicalValue& line, store::ProjectRow& project) {
    const std::vector<PulledEvent> events = CS_TRY(read_events(line));
    for (const PulledEvent& pulled : events) {
        CS_TRY_STATUS(take_note_of(device_, project, pulled));
        const auto* activated = pulled.event ? std::get_if<PolicyActivated>(&pulled.event->body) : nullptr;
        if (activated != nullptr) {
            project.policy = activated->policy;
            project.policy_version = activated->version;
        }
    }
    if (events.empty() || events.front().item.empty()) {
        return keep_own(events, project);
    }
    const std::vector<CommittedText> texts = CS_TRY(read_texts(line));
    return take_item_commit(events, texts, project);
}

// In a snapshot: the server does not have it.
Status Intake::take_leave(const CanonicalValue& leave, const store::ProjectRow& project) {
    for (const ItemId& item : CS_TRY(read_items(leave))) {
        CS_TRY_STATUS(device_.leave(project, item));
        const int64_t item_no = CS_TRY(store::find_item(device_.database(), project, item));
        if (kind_ == PageKind::snapshot && item_no != 0) {
            CS_TRY_STATUS(store::mark_seen(device_.database(), item_no, project.snapshot_no));
            ++seen_;
        }
    }
    return success();
}

// What records this device's own operations is kept wherever it stands: sealing is shown by it.
Status Intake::keep_own(const std::vector<PulledEvent>& events, const store::ProjectRow& project) {
    for (const PulledEvent& pulled : events) {
        if (is_own(device_, pulled)) {
            CS_TRY_STATUS(store::store_pulled(device_.database(), project, 0, pulled.stored, pulled.type));
        }
    }
    return success();
}

// One of an item that is not here, or of which only own operations are left since the server lost it, is none of this
// device's business: those that are come whole.
Status Intake::take_item_commit(const std::vector<PulledEvent>& events, const std::vector<CommittedText>& texts,
                                const store::ProjectRow& project) {
    store::Database& database = device_.database();
    const ItemId& item = events.front().item;
    const int64_t item_no = CS_TRY(store::find_item(database, project, item));
    // A snapshot has said whole what an item that the server has is: what else it tells became of operations on it
    // while the server did not have it.
    if (kind_ == PageKind::snapshot || CS_TRY(is_unknown(database, item_no))) {
        return keep_own(events, project);
    }
    for (const PulledEvent& pulled : events) {
        CS_TRY_STATUS(store::store_pulled(database, project, item_no, pulled.stored, pulled.type));
        const auto* added = pulled.event ? std::get_if<PredictionAdded>(&pulled.event->body) : nullptr;
        if (added != nullptr && added->route) {
            CS_TRY_STATUS(store::note_policy(database, project, added->route->policy));
        }
    }
    CS_TRY_STATUS(keep_texts(database, item_no, events, texts));
    // What was said of it here since the erasure was heard of, while it still seemed to wait.
    if (std::any_of(events.begin(), events.end(), closes_as_erased)) {
        return erase_texts(device_, project, {.items = {item}, .commitments = {}});
    }
    return device_.refresh(project, item, item_no);
}

}  // namespace countersign::sync
