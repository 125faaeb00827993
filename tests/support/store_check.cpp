#include "tests/support/store_check.h"

#include <algorithm>
#include <map>

#include "core/base/concat.h"
#include "core/log/leaf.h"
#include "core/log/operation.h"
#include "core/log/push_reader.h"
#include "core/seal/seal.h"
#include "core/store/checkpoints.h"
#include "core/store/inbox.h"
#include "core/store/items.h"
#include "core/store/leases.h"
#include "core/store/ledger.h"
#include "core/store/operations.h"
#include "core/store/streams.h"
#include "core/store/tiles.h"
#include "core/sync/device.h"
#include "tests/support/corpus.h"
#include "tests/support/fakes.h"

namespace countersign::testing {

namespace {

constexpr size_t kWholeLog = 1'000'000;

// Collects what is wrong; a Result that is an error is wrong, too.
class Findings {
public:
    template <class... Parts>
    void expect(bool holds, const Parts&... parts) {
        if (!holds) {
            breaches_.push_back(concat(parts...));
        }
    }

    template <class T>
    T take(Result<T> result, std::string_view what) {
        if (!result.ok()) {
            breaches_.push_back(concat(what, ": ", result.error().text()));
            return T{};
        }
        return std::move(result).value();
    }

    void add(const Breaches& others) { breaches_.insert(breaches_.end(), others.begin(), others.end()); }

    Breaches done() && { return std::move(breaches_); }

private:
    Breaches breaches_;
};

std::vector<std::string> column(store::Database& database, std::string_view sql, Findings& findings) {
    std::vector<std::string> out;
    auto select = database.prepare(sql);
    if (!select.ok()) {
        findings.expect(false, sql, ": ", select.error().text());
        return out;
    }
    for (;;) {
        const auto row = select.value().step();
        if (!row.ok()) {
            findings.expect(false, sql, ": ", row.error().text());
            return out;
        }
        if (!row.value()) {
            return out;
        }
        out.emplace_back(select.value().text(0));
    }
}

void check_project_log(store::Database& database, const store::ProjectRow& project, Findings& findings) {
    const std::string& name = project.id.text;
    const auto events = findings.take(store::read_events(database, project, 0, kWholeLog), name);
    EventSeq seq = 0;
    int64_t policies = 0;
    for (const store::StoredEvent& stored : events) {
        findings.expect(stored.seq == ++seq, name, ": event ", seq, " is missing before ", stored.seq);
        const auto event = decode_leaf(stored.leaf);
        findings.expect(event.ok(), name, ": leaf ", stored.seq, " does not decode");
        if (event.ok()) {
            findings.expect(event.value().seq == stored.seq, name, ": leaf ", stored.seq, " says ", event.value().seq);
            policies += std::holds_alternative<PolicyActivated>(event.value().body) ? 1 : 0;
        }
        findings.expect(stored.leaf.find(concat("\"project\":\"", name, "\"")) != std::string::npos, name, ": leaf ",
                        stored.seq, " is another project's");
    }
    findings.expect(seq == project.head_seq, name, ": the head is ", project.head_seq, ", the last event ", seq);
    findings.expect(events.empty() || events.back().ends, name, ": the last commit has no end");
    findings.expect(policies == project.policy_version, name, ": policy version ", project.policy_version, " after ",
                    policies, " activations");
    if (project.policy) {
        findings.take(store::policy_bytes(database, project, *project.policy), name);
    }
}

// What was signed is what the leaves give, and the tree does not reach beyond them.
void check_seals(store::Database& database, const store::ProjectRow& project, Findings& findings) {
    const std::string& name = project.id.text;
    const uint64_t tiled = findings.take(store::tiled_size(database, project), name);
    findings.expect(tiled <= project.head_seq, name, ": the tree has ", tiled, " leaves of ", project.head_seq);
    for (const auto& row : findings.take(store::checkpoints_after(database, project, {}, kWholeLog), name)) {
        findings.expect(row.size <= tiled, name, ": a checkpoint over ", row.size, " leaves, of ", tiled);
        if (row.size <= tiled) {
            const Digest root = findings.take(seal::root_at(database, project, row.size), name);
            findings.expect(root == row.root, name, ": the log of ", row.size,
                            " leaves is not the one that was signed");
        }
    }
}

void check_operation(const store::OperationRow& row, store::StreamHead& end, Findings& findings) {
    const std::string place = concat("stream ", row.stream.text, " operation ", row.seq);
    findings.expect(row.seq == end.seq + 1, place, " follows ", end.seq);
    findings.expect(operation_hash(row.bytes) == row.hash, place, " does not have its hash");
    findings.expect(row.bytes.find(concat("\"prev\":\"", to_hex(end.hash), "\"")) != std::string::npos, place,
                    " does not name the one before it");
    end = {row.seq, row.hash};
}

std::vector<store::OperationRow> all_operations(store::Database& database, Findings& findings) {
    std::vector<store::OperationRow> out;
    for (const std::string& stream :
         column(database, "SELECT DISTINCT stream FROM operation ORDER BY stream", findings)) {
        const auto rows = findings.take(store::stream_run(database, StreamId(stream), 1, kWholeLog), stream);
        out.insert(out.end(), rows.begin(), rows.end());
    }
    return out;
}

// What was acknowledged and is not judged continues its stream, whole.
void check_inbox(store::Database& database, std::map<std::string, store::StreamHead>& ends, Findings& findings) {
    for (const store::InboxRow& batch : findings.take(store::read_inbox(database), "inbox")) {
        const std::string& name = batch.stream.text;
        store::StreamHead& end = ends[name];
        const auto operations = read_pushed_operations(batch.body, batch.prev);
        findings.expect(operations.size() == batch.count && batch.judged < batch.count, name, ": a batch of ",
                        batch.count, ", judged ", batch.judged, ", has ", operations.size(), " operations");
        findings.expect(batch.from + batch.judged == end.seq + 1, name, ": a batch from ", batch.from, ", judged ",
                        batch.judged, ", follows ", end.seq);
        findings.expect(batch.judged > 0 || batch.prev == end.hash, name, ": the batch from ", batch.from,
                        " does not name the operation before it");
        if (!operations.empty()) {
            end = {batch.from + operations.size() - 1, operations.back().hash};
        }
    }
}

void check_heads(store::Database& database, const std::map<std::string, store::StreamHead>& ends, bool server,
                 Findings& findings) {
    for (const std::string& name : column(database, "SELECT stream FROM stream ORDER BY stream", findings)) {
        const auto row = findings.take(store::find_stream(database, StreamId(name)), name);
        if (!row) {
            continue;
        }
        const auto end = ends.find(name);
        const store::StreamHead last = end == ends.end() ? store::StreamHead() : end->second;
        findings.expect(row->head == last, name, ": its head is ", row->head.seq, ", its last operation ", last.seq);
        const store::StreamLevels& levels = row->levels;
        findings.expect(server || (levels.saved <= row->head.seq && levels.sealed <= levels.saved &&
                                   levels.stable <= levels.sealed),
                        name, ": saved ", levels.saved, ", sealed ", levels.sealed, ", stable ", levels.stable, " of ",
                        row->head.seq);
    }
}

// Hashes of operations that events name, and how many name each.
std::map<Digest, int> named_operations(store::Database& database, Findings& findings) {
    std::map<Digest, int> out;
    for (const store::ProjectRow& project : findings.take(store::list_projects(database), "projects")) {
        for (const auto& stored : findings.take(store::read_events(database, project, 0, kWholeLog), "events")) {
            const auto event = decode_leaf(stored.leaf);
            if (event.ok() && event.value().operation) {
                ++out[event.value().operation->hash];
            }
        }
    }
    return out;
}

// The event that an operation's row names records this operation.
void check_recorded(store::Database& database, const store::OperationRow& row, Findings& findings) {
    if (!row.event) {
        return;
    }
    const auto project = findings.take(store::read_project(database, row.project_no), row.id.text);
    const auto stored = findings.take(store::read_event(database, project, *row.event), row.id.text);
    const auto event = decode_leaf(stored.leaf);
    findings.expect(event.ok() && event.value().operation && event.value().operation->hash == row.hash, "operation ",
                    row.id.text, " is not what event ", *row.event, " records");
}

struct KnownItem {
    int64_t no = 0;
    ItemId id;
};

std::vector<KnownItem> items_of(store::Database& database, const store::ProjectRow& project, Findings& findings) {
    std::vector<KnownItem> out;
    for (const std::string& id :
         column(database, concat("SELECT id FROM item WHERE project = ", project.no, " ORDER BY no"), findings)) {
        out.push_back({findings.take(store::find_item(database, project, ItemId(id)), id), ItemId(id)});
    }
    return out;
}

void check_document(store::Database& database, const KnownItem& item, const ItemState& state, Findings& findings) {
    const CommittedText document = findings.take(store::read_document(database, item.no), item.id.text);
    findings.expect(document.commitment == state.document && opens(document, kDocumentDomain), item.id.text,
                    ": its document is not the one of its first event");
}

std::string folded_rows(store::Database& database) {
    return dump_table(database, "item") + dump_table(database, "lease") + dump_table(database, "given_back");
}

// Makes every row anew and compares; what `make` wrote is undone.
template <class Make>
void compare_rows(store::Database& database, Findings& findings, Make&& make) {
    const std::string before = folded_rows(database);
    store::Transaction transaction(database);
    const Status begun = transaction.begin();
    findings.expect(begun.ok(), "no transaction: ", begun.ok() ? "" : begun.error().text());
    for (const store::ProjectRow& project : findings.take(store::list_projects(database), "projects")) {
        for (const KnownItem& item : items_of(database, project, findings)) {
            make(project, item);
        }
    }
    const std::string after = folded_rows(database);
    const auto differs = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    findings.expect(before == after, "rows are not what their events add up to, from \"",
                    std::string(differs.first, before.end()).substr(0, 200), "\", now \"",
                    std::string(differs.second, after.end()).substr(0, 200), "\"");
}

}  // namespace

Result<std::vector<std::string>> recorded_operations(store::Database& database) {
    std::vector<std::string> out;
    store::Statement select = CS_TRY(database.prepare("SELECT op FROM operation ORDER BY op"));
    while (CS_TRY(select.step())) {
        out.emplace_back(select.text(0));
    }
    const std::vector<store::InboxRow> batches = CS_TRY(store::read_inbox(database));
    for (const store::InboxRow& batch : batches) {
        const auto operations = read_pushed_operations(batch.body, batch.prev);
        for (auto i = static_cast<size_t>(batch.judged); i < operations.size(); ++i) {
            out.push_back(CS_TRY(read_envelope(operations[i].bytes)).id.text);
        }
    }
    return out;
}

Breaches check_pages(store::Database& database) {
    Findings findings;
    for (const std::string& line : column(database, "PRAGMA integrity_check", findings)) {
        findings.expect(line == "ok", "integrity_check: ", line);
    }
    for (const std::string& line : column(database, "PRAGMA foreign_key_check", findings)) {
        findings.expect(false, "foreign_key_check: a row of ", line, " refers to nothing");
    }
    return std::move(findings).done();
}

Breaches check_log(store::Database& database) {
    Findings findings;
    for (const store::ProjectRow& project : findings.take(store::list_projects(database), "projects")) {
        check_project_log(database, project, findings);
        check_seals(database, project, findings);
    }
    return std::move(findings).done();
}

Breaches check_streams(store::Database& database, bool server) {
    Findings findings;
    std::map<std::string, store::StreamHead> ends;
    std::map<Digest, int> named = server ? named_operations(database, findings) : std::map<Digest, int>();
    for (const store::OperationRow& row : all_operations(database, findings)) {
        check_operation(row, ends[row.stream.text], findings);
        check_recorded(database, row, findings);
        const int events = server && named.contains(row.hash) ? named.extract(row.hash).mapped() : 0;
        // Only in 0.1 did a withdrawal of what was withdrawn before become nothing.
        const bool nothing = events == 0 && row.bytes.find("withdraw_review") != std::string::npos;
        findings.expect(!server || events == 1 || nothing, "operation ", row.id.text, " became ", events, " events");
    }
    for (const auto& [hash, events] : named) {
        findings.expect(false, events, " events name operation ", to_hex(hash), ", which is not there");
    }
    check_inbox(database, ends, findings);
    check_heads(database, ends, server, findings);
    return std::move(findings).done();
}

Breaches check_server_items(store::Database& database) {
    Findings findings;
    compare_rows(database, findings, [&](const store::ProjectRow&, const KnownItem& item) {
        const ItemState state = findings.take(store::load_state(database, item.id, item.no), item.id.text);
        if (!state.known()) {
            findings.expect(false, item.id.text, ": has a row and no events");
            return;
        }
        check_document(database, item, state, findings);
        const Status saved = store::save_item(database, item.no, state, false);
        const Status leased = store::save_leases(database, item.no, state);
        findings.expect(saved.ok() && leased.ok(), item.id.text, ": its row cannot be written");
    });
    return std::move(findings).done();
}

Breaches check_device_items(store::Database& database) {
    Findings findings;
    ManualClock clock;
    SeededEntropy entropy(1);
    auto device = sync::Device::open(database, clock, entropy);
    if (!device.ok()) {
        return {concat("the device does not open: ", device.error().text())};
    }
    compare_rows(database, findings, [&](const store::ProjectRow& project, const KnownItem& item) {
        const ItemState state = findings.take(store::load_state(database, item.id, item.no), item.id.text);
        check_document(database, item, state, findings);
        const Status refreshed = device.value().refresh(project, item.id, item.no);
        findings.expect(refreshed.ok(), item.id.text, ": its row cannot be made");
    });
    return std::move(findings).done();
}

Breaches check_server_store(store::Database& database) {
    Findings findings;
    findings.add(check_pages(database));
    findings.add(check_log(database));
    findings.add(check_streams(database, true));
    findings.add(check_server_items(database));
    return std::move(findings).done();
}

Breaches check_device_store(store::Database& database) {
    Findings findings;
    findings.add(check_pages(database));
    findings.add(check_streams(database, false));
    findings.add(check_device_items(database));
    return std::move(findings).done();
}

std::string in_lines(const Breaches& breaches) {
    std::string out;
    for (const std::string& breach : breaches) {
        out += breach;
        out += '\n';
    }
    return out;
}

}  // namespace countersign::testing
