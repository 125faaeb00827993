#pragma once
// The pieces of what a server sends: events as leaves, texts by commitment.

#include <optional>
#include <string>
#include <vector>

#include "core/json/fields.h"
#include "core/log/commitment.h"
#include "core/model/event.h"
#include "core/store/ledger.h"

namespace countersign::sync {

struct PulledEvent {
    store::StoredEvent stored;
    std::string type;
    std::optional<Event> event;  // empty for a type that this version does not know: its bytes are kept
};

// {"seq":..,"leaf":".."}
Result<PulledEvent> read_pulled_event(const Json& json, const std::string& path);
// The member "events".
Result<std::vector<PulledEvent>> read_pulled_events(Fields& fields);
// The member "texts".
Result<std::vector<CommittedText>> read_texts(Fields& fields);
// Of these texts, the ones whose commitment stands in the operation's bytes.
std::vector<CommittedText> texts_named_in(std::string_view bytes, const std::vector<CommittedText>& texts);
// One line of a push: the operation's exact bytes, its texts beside them.
std::string push_line(std::string_view bytes, const std::vector<CommittedText>& texts);

}  // namespace countersign::sync
