#include "shell/session/outbox_import.h"

#include "core/base/concat.h"
#include "core/json/json.h"
#include "core/sync/problem.h"

namespace countersign::shell {

std::string OutboxImport::begin(const FileOpened& file) {
    ++*generation_;
    model_ = {};
    model_.file = file.name;
    parts_.clear();
    next_ = 0;
    const auto fails = [&](const std::string& why) {
        model_.problem = work_.texts(Text::import_unreadable, file.name, why);
        return model_.problem;
    };
    if (!file.problem.empty()) {
        return fails(file.problem);
    }
    auto parts = sync::read_outbox_file(file.bytes);
    if (!parts.ok()) {
        return fails(parts.error().text());
    }
    parts_ = std::move(parts).value();
    model_.working = true;
    send_next();
    return work_.texts(Text::sync_importing, file.name);
}

void OutboxImport::send_next() {
    if (next_ >= parts_.size()) {
        model_.working = false;
        work_.sync.poke();
        work_.changed();
        return;
    }
    work_.transport.send({"POST", concat("/api/v1/projects/", work_.project.id.text, "/outbox"), "application/jsonl",
                          parts_[next_].body},
                         [this, generation = generation_, mine = *generation_](Result<TransportResponse> result) {
                             if (*generation != mine) {
                                 return;
                             }
                             if (result.ok()) {
                                 answered(result.value());
                             } else {
                                 add(ImportedPart::Outcome::refused, result.error().message);
                             }
                             ++next_;
                             send_next();
                         });
}

void OutboxImport::answered(const TransportResponse& response) {
    if (response.status < 200 || response.status >= 300) {
        add(ImportedPart::Outcome::refused, sync::error_of(response).message);
        return;
    }
    const auto json = parse_json(response.body, {.total_bytes = 1 << 20});
    const Json* waits = json.ok() ? json.value().find("waits") : nullptr;
    const bool for_lead = waits != nullptr && waits->boolean() != nullptr && *waits->boolean();
    add(for_lead ? ImportedPart::Outcome::waits : ImportedPart::Outcome::taken, {});
}

void OutboxImport::add(ImportedPart::Outcome outcome, const std::string& why) {
    const Texts& texts = work_.texts;
    const auto count = static_cast<int64_t>(parts_[next_].operations);
    ImportedPart part;
    part.outcome = outcome;
    switch (outcome) {
        case ImportedPart::Outcome::taken:
            part.words = counted(texts, count, Text::import_taken_one, Text::import_taken);
            break;
        case ImportedPart::Outcome::waits:
            part.words = counted(texts, count, Text::import_waits_one, Text::import_waits);
            break;
        case ImportedPart::Outcome::refused:
            part.words =
                count == 1 ? texts(Text::import_refused_one, why) : texts(Text::import_refused, grouped(count), why);
            break;
    }
    model_.parts.push_back(std::move(part));
}

}  // namespace countersign::shell
