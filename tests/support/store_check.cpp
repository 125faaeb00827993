#include "tests/support/store_check.h"

#include <algorithm>
#include <map>

#include "core/base/concat.h"
#include "core/log/leaf.h"
#include "core/log/operation.h"
#include "core/store/items.h"
#include "core/store/ledger.h"
#include "core/store/operations.h"
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
    Digest link;
    EventSeq seq = 0;
    int64_t policies = 0;
    for (const store::StoredEvent& stored : events) {
        findings.expect(stored.seq == ++seq, name, ": event ", seq, " is missing before ", stored.seq);
        link = next_link(link, leaf_hash(stored.leaf));
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
    findings.expect(link == project.head_link, name, ": the head's link does not follow from the leaves");
    findings.expect(policies == project.policy_version, name, ": policy version ", project.policy_version, " after ",
                    policies, " activations");
    const auto last_link = column(
        database,
        concat("SELECT link FROM event WHERE at_key / (1 << 40) = ", project.no, " ORDER BY at_key DESC LIMIT 1"),
        findings);
    findings.expect(last_link.empty() || last_link.front() == link.view(), name,
                    ": the last event's link is not the head's");
    if (project.policy) {
        findings.take(store::policy_bytes(database, project, *project.policy), name);
    }
}

struct StreamEnd {
    uint64_t seq = 0;
    Digest hash;
};

void check_operation(const store::OperationRow& row, StreamEnd& end, Findings& findings) {
    const std::string place = concat("stream ", row.stream.text, " operation ", row.seq);
    findings.expect(row.seq == end.seq + 1, place, " follows ", end.seq);
    findings.expect(operation_hash(row.bytes) == row.hash, place, " does not have its hash");
    findings.expect(row.bytes.find(concat("\"prev\":\"", to_hex(end.hash), "\"")) != std::string::npos, place,
                    " does not name the one before it");
    end = {row.seq, row.hash};
}

std::vector<store::OperationRow> all_operations(store::Database& database, Findings& findings) {
    std::vector<store::OperationRow> out;
    for (const std::string& id : column(database, "SELECT op FROM operation ORDER BY stream, seq", findings)) {
        const auto row = findings.take(store::find_operation(database, OperationId(id)), id);
        if (row) {
            out.push_back(*row);
        }
    }
    return out;
}

// Hashes of operations that events name, and how many name each.
std::map<Digest, int> named_operations(store::Database& database, Findings& findings) {
    std::map<Digest, int> out;
    for (const store::ProjectRow& project : findings.take(store::list_projects(database), "projects")) {
        for (const auto& stored : findings.take(store::read_events(database, project, 0, kWholeLog), "events")) {
            const auto event = decode_leaf(stored.leaf);
            if (event.ok() && event.value().operation) {
                ++out[*event.value().operation];
            }
        }
    }
    return out;
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

// Makes every row anew and compares; what `make` wrote is undone.
template <class Make>
void compare_rows(store::Database& database, Findings& findings, Make&& make) {
    const std::string before = dump_table(database, "item");
    store::Transaction transaction(database);
    const Status begun = transaction.begin();
    findings.expect(begun.ok(), "no transaction: ", begun.ok() ? "" : begun.error().text());
    for (const store::ProjectRow& project : findings.take(store::list_projects(database), "projects")) {
        for (const KnownItem& item : items_of(database, project, findings)) {
            make(project, item);
        }
    }
    const std::string after = dump_table(database, "item");
    const auto differs = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    findings.expect(before == after, "rows are not what their events add up to, from \"",
                    std::string(differs.first, before.end()).substr(0, 200), "\", now \"",
                    std::string(differs.second, after.end()).substr(0, 200), "\"");
}

}  // namespace

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
    }
    return std::move(findings).done();
}

Breaches check_streams(store::Database& database, bool server) {
    Findings findings;
    std::map<std::string, StreamEnd> ends;
    std::map<Digest, int> named = server ? named_operations(database, findings) : std::map<Digest, int>();
    for (const store::OperationRow& row : all_operations(database, findings)) {
        check_operation(row, ends[row.stream.text], findings);
        const int events = server && named.contains(row.hash) ? named.extract(row.hash).mapped() : 0;
        // Only a withdrawal of what was withdrawn before becomes nothing.
        const bool nothing = events == 0 && row.bytes.find("withdraw_review") != std::string::npos;
        findings.expect(!server || events == 1 || nothing, "operation ", row.id.text, " became ", events, " events");
    }
    for (const auto& [hash, events] : named) {
        findings.expect(false, events, " events name operation ", to_hex(hash), ", which is not there");
    }
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
        findings.expect(saved.ok(), item.id.text, ": its row cannot be written");
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
