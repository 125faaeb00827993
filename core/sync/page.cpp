#include "core/sync/page.h"

#include <charconv>

#include "core/base/concat.h"
#include "core/json/json.h"
#include "core/log/leaf.h"

namespace countersign::sync {

namespace {

Error damaged(std::string_view what) {
    return fail(ErrorCode::corrupt, concat("the server sent something that cannot be read: ", what));
}

Result<std::string> text_member(const CanonicalValue& value, std::string_view name) {
    auto text = value.find(name).text();
    return text ? Result<std::string>(std::move(*text)) : damaged(name);
}

Result<uint64_t> count_member(const CanonicalValue& value, std::string_view name) {
    const CanonicalValue member = value.find(name);
    if (!member) {
        return uint64_t{0};
    }
    const auto number = member.integer();
    return number && *number >= 0 ? Result<uint64_t>(static_cast<uint64_t>(*number)) : damaged(name);
}

Result<PulledEvent> read_event(std::string_view leaf) {
    PulledEvent out;
    out.stored.leaf = leaf;
    auto event = decode_leaf(leaf);
    if (event.ok()) {
        out.event = std::move(event).value();
        out.type = std::string(event_type(out.event->body));
        out.stored.seq = out.event->seq;
        out.item = out.event->item;
        return out;
    }
    if (event.error().code != ErrorCode::unimplemented) {
        return event.error();
    }
    const Json json = CS_TRY(parse_json(leaf));
    const Json* seq = json.find("seq");
    if (seq == nullptr || seq->integer() == nullptr || *seq->integer() < 1) {
        return damaged("a log entry without its number");
    }
    out.type = json.text_of("type");
    out.item = ItemId(json.text_of("item"));
    out.stored.seq = static_cast<EventSeq>(*seq->integer());
    return out;
}

}  // namespace

Result<std::vector<PulledEvent>> read_events(const CanonicalValue& line) {
    std::vector<PulledEvent> out;
    const CanonicalValue list = line.find("events");
    if (!list.is(JsonKind::list)) {
        return damaged("events");
    }
    for (CanonicalValue leaf = list.first(); leaf; leaf = leaf.next()) {
        out.push_back(CS_TRY(read_event(leaf.bytes())));
        out.back().stored.ends = false;
    }
    if (!out.empty()) {
        out.back().stored.ends = true;
    }
    return out;
}

Result<std::vector<CommittedText>> read_texts(const CanonicalValue& line) {
    std::vector<CommittedText> out;
    for (CanonicalValue text = line.find("texts").first(); text; text = text.next()) {
        CommittedText one;
        const std::string commitment = CS_TRY(text_member(text, "commitment"));
        const std::string key = CS_TRY(text_member(text, "key"));
        one.commitment = CS_TRY(digest_from_hex(commitment));
        one.key = CS_TRY(from_hex(key));
        one.text = CS_TRY(text_member(text, "text"));
        out.push_back(std::move(one));
    }
    return out;
}

Result<WholeItem> read_whole_item(const CanonicalValue& value) {
    WholeItem out;
    out.item = ItemId(CS_TRY(text_member(value, "item")));
    out.events = CS_TRY(read_events(value));
    out.texts = CS_TRY(read_texts(value));
    return out;
}

Result<std::vector<ItemId>> read_items(const CanonicalValue& list) {
    std::vector<ItemId> out;
    for (CanonicalValue item = list.first(); item; item = item.next()) {
        auto text = item.text();
        if (!text) {
            return damaged("an item's id");
        }
        out.emplace_back(std::move(*text));
    }
    return out;
}

Result<ErasedTexts> read_erased(const CanonicalValue& value) {
    ErasedTexts out;
    out.items = CS_TRY(read_items(value.find("items")));
    for (CanonicalValue one = value.find("commitments").first(); one; one = one.next()) {
        out.commitments.push_back(CS_TRY(digest_from_hex(one.text().value_or(""))));
    }
    return out;
}

Result<PageEnd> read_page_end(std::string_view page) {
    const Error cut = fail(ErrorCode::unavailable, "the server's answer was cut off");
    if (!page.ends_with('\n')) {
        return cut;
    }
    page.remove_suffix(1);
    const size_t newline = page.rfind('\n');
    CanonicalJson json;
    const Status read = json.read(newline == std::string_view::npos ? page : page.substr(newline + 1));
    const CanonicalValue end = read.ok() ? json.root().find("end") : CanonicalValue();
    if (!end) {
        return cut;
    }
    PageEnd out;
    out.cursor = CS_TRY(text_member(end, "cursor"));
    const size_t first = out.cursor.find(':');
    const size_t last = out.cursor.rfind(':');
    if (first == std::string::npos || first == last) {
        return damaged("cursor");
    }
    out.incarnation = out.cursor.substr(0, first);
    const char* until = out.cursor.data() + out.cursor.size();
    if (std::from_chars(out.cursor.data() + last + 1, until, out.position).ptr != until) {
        return damaged("cursor");
    }
    out.continues = CS_TRY(count_member(end, "continues"));
    out.head = CS_TRY(count_member(end, "head"));
    out.stable = CS_TRY(count_member(end, "stable"));
    out.next = static_cast<int64_t>(CS_TRY(count_member(end, "next")));
    out.more = end.find("more").bytes() == "true";
    out.checkpoint = end.find("checkpoint").text().value_or("");
    return out;
}

}  // namespace countersign::sync
