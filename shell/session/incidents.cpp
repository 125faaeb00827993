#include "shell/session/incidents.h"

#include "core/json/fields.h"
#include "core/log/leaf.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kMostListed = 10'000;

std::string clause(std::string_view sentence) {
    while (sentence.ends_with('.') || sentence.ends_with(' ')) {
        sentence.remove_suffix(1);
    }
    return std::string(sentence);
}

// One event becomes title and words.
struct Tell {
    const Texts& texts;
    const Event& event;
    const Json* accounts;  // whose streams are named
    IncidentModel& out;

    void say(Text title, std::string words, bool grave) const {
        out.title = texts(title);
        out.words = std::move(words);
        out.grave = grave;
    }

    std::string owner(const StreamId& stream) const {
        const std::string account = accounts == nullptr ? std::string() : accounts->text_of(stream.text);
        return account.empty() ? std::string(texts(Text::settle_nobody)) : account;
    }

    template <class Other>
    void operator()(const Other&) const {
        say(Text::incident_other, texts(Text::incident_other_text, event_type(event.body)), false);
    }

    void operator()(const StreamForked& body) const {
        say(Text::incident_forked, texts(Text::incident_forked_text, owner(body.stream), std::to_string(body.seq)),
            true);
    }

    void operator()(const WorkLost& body) const {
        const uint64_t lost = body.announced > body.received ? body.announced - body.received : 0;
        say(Text::incident_lost,
            lost == 1 ? texts(Text::incident_lost_text_one, event.actor.text)
                      : texts(Text::incident_lost_text, event.actor.text, grouped(static_cast<int64_t>(lost))),
            true);
        for (const ItemId& item : body.items) {
            out.items.push_back(item.text);
        }
    }

    void operator()(const ContradictionFound&) const {
        say(Text::incident_contradiction, texts(Text::incident_contradiction_text, event.actor.text), true);
    }

    void operator()(const EpochStarted& body) const {
        say(Text::incident_restored, texts(Text::incident_restored_text, grouped(static_cast<int64_t>(body.size))),
            false);
    }

    void operator()(const OperationQuarantined& body) const {
        say(Text::incident_quarantined, texts(Text::incident_quarantined_text, event.actor.text, clause(body.reason)),
            false);
    }

    void operator()(const RightsRevoked& body) const {
        say(Text::incident_revoked,
            texts(body.device.empty() ? Text::incident_revoked_text : Text::incident_revoked_device_text,
                  body.account.text),
            false);
    }

    void operator()(const TierClosed& body) const {
        const bool alarm = body.by == TierClosedBy::alarm;
        say(alarm ? Text::incident_tier_closed : Text::incident_tier_closed_by,
            texts(Text::incident_tier_closed_text, body.tier, body.model.text, clause(body.words)), alarm);
    }

    void operator()(const RightsRestored& body) const {
        say(Text::incident_given_again, texts(Text::incident_given_again_text, body.account.text), false);
    }
};

IncidentModel describe(const Workplace& work, std::string_view leaf, const Json* accounts) {
    IncidentModel out;
    const auto event = decode_leaf(leaf);
    if (!event.ok()) {
        const auto json = parse_json(leaf);
        out.title = work.texts(Text::incident_other);
        out.words = work.texts(Text::incident_other_text, json.ok() ? json.value().text_of("type") : std::string());
        return out;
    }
    out.when = moment_words(event.value().at);
    if (!event.value().item.empty()) {
        out.items.push_back(event.value().item.text);
    }
    std::visit(Tell{work.texts, event.value(), accounts, out}, event.value().body);
    return out;
}

}  // namespace

Result<std::vector<IncidentModel>> incident_models(const Workplace& work, std::string_view body) {
    const Json json = CS_TRY(parse_json(body, {.total_bytes = size_t{64} << 20}));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const JsonArray* events = CS_TRY(fields.list("events", kMostListed));
    const Json* accounts = fields.optional("accounts");
    std::vector<IncidentModel> out;
    for (const Json& event : *events) {
        out.push_back(describe(work, to_text(event), accounts));
    }
    return out;
}

}  // namespace countersign::shell
