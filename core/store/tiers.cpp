#include "core/store/tiers.h"

#include "core/base/concat.h"
#include "core/log/leaf.h"
#include "core/store/ledger.h"
#include "core/tiers/keys.h"

namespace countersign::store {

namespace {

constexpr auto kLastFinding = static_cast<int64_t>(tiers::Finding::dropped);
constexpr auto kLastOutcome = static_cast<int64_t>(PromiseOutcome::audited);

std::string secret_name(const ProjectRow& project) {
    return concat("tier_secret/", project.no);
}

Status read_promised(Database& database, const ProjectRow& project, tiers::TierBoard& board) {
    Statement select =
        CS_TRY(database.prepare("SELECT certificate, items, s0, s1, s2, s3 FROM promised WHERE project = ?"));
    select.bind(project.no);
    while (CS_TRY(select.step())) {
        tiers::PromisedItems promised;
        promised.items = select.integer(1);
        for (size_t i = 0; i < promised.by_stratum.size(); ++i) {
            promised.by_stratum[i] = select.integer(static_cast<int>(2 + i));
        }
        board.set_promised(select.integer(0), promised);
    }
    return success();
}

Result<Ppm> read_millionths(const Statement& row, int column) {
    return Ppm{static_cast<int32_t>(CS_TRY(row.integer_within(column, 0, kCertain.value)))};
}

Result<tiers::DrawnItem> drawn_row(const Statement& row) {
    tiers::DrawnItem out;
    out.id = ItemId(std::string(row.text(0)));
    out.promise.tier = std::string(row.text(1));
    out.model = ModelId(std::string(row.text(2)));
    const std::string_view policy = row.text(3);
    if (policy.size() != out.policy.bytes.size()) {
        return fail(ErrorCode::corrupt, "the store is damaged: a drawn item's policy has no digest", out.id.text);
    }
    std::copy(policy.begin(), policy.end(), out.policy.bytes.begin());
    out.promise.outcome = static_cast<PromiseOutcome>(CS_TRY(row.integer_within(4, 0, kLastOutcome)));
    out.promise.propensity = CS_TRY(read_millionths(row, 5));
    out.promise.certificate = row.integer(6);
    out.promise.number = row.integer(7);
    out.promise.stratum = static_cast<int32_t>(CS_TRY(row.integer_within(8, 0, int64_t{TierCertified::kStrata} - 1)));
    out.confidence = CS_TRY(read_millionths(row, 9));
    out.error_probability = CS_TRY(read_millionths(row, 10));
    out.arrived.us = row.integer(11);
    out.finding = static_cast<tiers::Finding>(CS_TRY(row.integer_within(12, 0, kLastFinding)));
    out.decided.us = row.integer(13);
    return out;
}

}  // namespace

Result<tiers::TierBoard> load_board(Database& database, const ProjectRow& project) {
    tiers::TierBoard board;
    for (const StoredEvent& stored : CS_TRY(read_tier_facts(database, project))) {
        const auto event = decode_leaf(stored.leaf);
        if (event.ok()) {
            board.apply(event.value());
        }
    }
    CS_TRY_STATUS(read_promised(database, project, board));
    return board;
}

Result<std::string> tier_secret(Database& database, const ProjectRow& project) {
    const auto stored = CS_TRY(read_meta(database, secret_name(project)));
    return stored ? from_hex(*stored) : Result<std::string>(std::string());
}

Result<std::string> ensure_tier_secret(Database& database, const ProjectRow& project, Entropy& entropy) {
    std::string secret = CS_TRY(tier_secret(database, project));
    if (secret.empty()) {
        secret = entropy.bytes(tiers::kSecret_bytes);
        CS_TRY_STATUS(write_meta(database, secret_name(project), to_hex(secret)));
    }
    return secret;
}

Status save_drawn(Database& database, const ProjectRow& project, int64_t item_no, const ItemState& state) {
    // Most items were never routed to a tier that promises anything.
    if (!state.route().promise) {
        return success();
    }
    const std::optional<tiers::DrawnItem> drawn = tiers::drawn_item(state);
    if (!drawn) {
        Statement remove = CS_TRY(database.prepare("DELETE FROM drawn WHERE item = ?"));
        return remove.bind(item_no).run();
    }
    Statement save = CS_TRY(
        database.prepare("INSERT OR REPLACE INTO drawn(item, project, tier, model, policy, outcome, propensity_ppm, "
                         "certificate, number, stratum, confidence_ppm, error_ppm, arrived_us, finding, decided_us) "
                         "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    save.bind(item_no).bind(project.no).bind(drawn->promise.tier).bind(drawn->model.text);
    save.bind_blob(drawn->policy.view()).bind(static_cast<int64_t>(drawn->promise.outcome));
    save.bind(int64_t{drawn->promise.propensity.value}).bind(drawn->promise.certificate).bind(drawn->promise.number);
    save.bind(int64_t{drawn->promise.stratum}).bind(int64_t{drawn->confidence.value});
    save.bind(int64_t{drawn->error_probability.value}).bind(drawn->arrived.us);
    return save.bind(static_cast<int64_t>(drawn->finding)).bind(drawn->decided.us).run();
}

Status count_promised(Database& database, const ProjectRow& project, const RouteTaken& route) {
    if (!route.promise || !is_promised(route.promise->outcome)) {
        return success();
    }
    Statement count = CS_TRY(database.prepare(
        "INSERT INTO promised(project, certificate, items, s0, s1, s2, s3) VALUES (?1, ?2, ?3, ?4 = 0, ?4 = 1, ?4 = 2, "
        "?4 = 3) ON CONFLICT DO UPDATE SET items = max(items, ?3), s0 = s0 + (?4 = 0), s1 = s1 + (?4 = 1), s2 = s2 + "
        "(?4 = 2), s3 = s3 + (?4 = 3)"));
    count.bind(project.no).bind(route.promise->certificate).bind(route.promise->number);
    return count.bind(int64_t{route.promise->stratum}).run();
}

Result<std::vector<tiers::DrawnItem>> read_drawn(Database& database, const ProjectRow& project, const std::string& tier,
                                                 const ModelId& model) {
    Statement select = CS_TRY(database.prepare(
        "SELECT item.id, drawn.tier, drawn.model, drawn.policy, drawn.outcome, drawn.propensity_ppm, "
        "drawn.certificate, drawn.number, drawn.stratum, drawn.confidence_ppm, drawn.error_ppm, drawn.arrived_us, "
        "drawn.finding, drawn.decided_us FROM drawn JOIN item ON item.no = drawn.item WHERE drawn.project = ? AND "
        "drawn.tier = ? AND drawn.model = ? ORDER BY drawn.arrived_us, drawn.item"));
    select.bind(project.no).bind(tier).bind(model.text);
    std::vector<tiers::DrawnItem> out;
    while (CS_TRY(select.step())) {
        out.push_back(CS_TRY(drawn_row(select)));
    }
    return out;
}

Result<std::vector<DrawnModel>> drawn_models(Database& database, const ProjectRow& project) {
    Statement select = CS_TRY(database.prepare(
        "SELECT tier, model, count(*) FROM drawn WHERE project = ? GROUP BY tier, model ORDER BY tier, model"));
    select.bind(project.no);
    std::vector<DrawnModel> out;
    while (CS_TRY(select.step())) {
        out.push_back({std::string(select.text(0)), ModelId(std::string(select.text(1))), select.integer(2)});
    }
    return out;
}

Status save_rerouting(Database& database, const Rerouting& rerouting) {
    Statement save = CS_TRY(database.prepare(
        "INSERT OR REPLACE INTO rerouting(project, certificate, closing, after_item) VALUES (?, ?, ?, ?)"));
    save.bind(rerouting.project_no).bind(rerouting.certificate).bind(int64_t{rerouting.closing ? 1 : 0});
    return save.bind(rerouting.after_item).run();
}

Status end_rerouting(Database& database, const Rerouting& rerouting) {
    Statement remove =
        CS_TRY(database.prepare("DELETE FROM rerouting WHERE project = ? AND certificate = ? AND closing = ?"));
    remove.bind(rerouting.project_no).bind(rerouting.certificate);
    return remove.bind(int64_t{rerouting.closing ? 1 : 0}).run();
}

Result<std::optional<Rerouting>> next_rerouting(Database& database) {
    Statement select = CS_TRY(database.prepare(
        "SELECT project, certificate, closing, after_item FROM rerouting ORDER BY closing DESC, project, certificate "
        "LIMIT 1"));
    if (!CS_TRY(select.step())) {
        return std::optional<Rerouting>();
    }
    return std::optional(Rerouting{select.integer(0), select.integer(1), select.integer(2) != 0, select.integer(3)});
}

Result<std::vector<NumberedItem>> items_of_model(Database& database, const ProjectRow& project, const ModelId& model,
                                                 ItemStatus status, int64_t after, size_t limit) {
    // By number: each step goes on where the one before ended, whatever changed in between.
    Statement select = CS_TRY(database.prepare(
        "SELECT no, id FROM item NOT INDEXED WHERE no > ? AND project = ? AND status = ? AND model = ? "
        "ORDER BY no LIMIT ?"));
    select.bind(after).bind(project.no).bind(static_cast<int64_t>(status)).bind(model.text);
    select.bind(static_cast<int64_t>(limit));
    std::vector<NumberedItem> out;
    while (CS_TRY(select.step())) {
        out.push_back({select.integer(0), ItemId(std::string(select.text(1)))});
    }
    return out;
}

}  // namespace countersign::store
