#pragma once
// What a server sends as feed and snapshot, line by line (core/api/feed_answers.cpp has the other side).
//
// Every line is canonical JSON, so that leaves are taken as they stand in it. Errors: corrupt or unavailable, with the
// line's kind.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/canonical.h"
#include "core/log/commitment.h"
#include "core/model/event.h"
#include "core/store/ledger.h"

namespace countersign::sync {

struct PulledEvent {
    store::StoredEvent stored;
    std::string type;
    ItemId item;
    std::optional<Event> event;  // empty for a type that this version does not know: its bytes are kept
};

struct WholeItem {
    ItemId item;
    std::vector<PulledEvent> events;
    std::vector<CommittedText> texts;
};

struct ErasedTexts {
    std::vector<ItemId> items;
    std::vector<Digest> commitments;
};

struct PageEnd {
    std::string cursor;
    std::string incarnation;  // the cursor's first part
    EventSeq position = 0;    // and its last
    EventSeq continues = 0;   // where the present epoch goes on from an older one's log
    EventSeq head = 0;
    EventSeq stable = 0;
    int64_t next = 0;
    bool more = false;
    std::string checkpoint;
};

// {"events":[<leaf>,..],"texts":[..]}
Result<std::vector<PulledEvent>> read_events(const CanonicalValue& line);
Result<std::vector<CommittedText>> read_texts(const CanonicalValue& line);
// {"events":[..],"item":"..","texts":[..]}
Result<WholeItem> read_whole_item(const CanonicalValue& value);
Result<std::vector<ItemId>> read_items(const CanonicalValue& list);
Result<ErasedTexts> read_erased(const CanonicalValue& value);
// The last line of a page, read before any other: it says in which epoch the page was made. unavailable when the page
// was cut off.
Result<PageEnd> read_page_end(std::string_view page);

}  // namespace countersign::sync
