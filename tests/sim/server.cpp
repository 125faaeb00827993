#include "tests/sim/server.h"

#include <algorithm>

#include "core/api/erase.h"
#include "core/api/server.h"
#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/log/push_reader.h"
#include "core/seal/begin_anew.h"
#include "core/seal/seal.h"
#include "core/store/copy.h"
#include "core/store/identity.h"
#include "core/store/inbox.h"
#include "core/store/subjects.h"

namespace countersign::sim {

namespace {

constexpr size_t kBackups = 4;

api::RequestHead head_of(const Ask& ask) {
    api::RequestHead head;
    head.method = ask.method;
    const std::string_view target = ask.target;
    const size_t question = target.find('?');
    head.path = std::string(target.substr(0, question));
    std::string_view query = question == std::string_view::npos ? std::string_view() : target.substr(question + 1);
    while (!query.empty()) {
        const size_t end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        const size_t equals = pair.find('=');
        head.query.emplace_back(pair.substr(0, equals),
                                equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
    }
    head.remote = "127.0.0.1";
    head.headers.emplace_back("content-type", ask.content_type);
    std::string sent;
    for (const auto& [name, value] : ask.cookies) {
        sent += concat(sent.empty() ? "" : "; ", name, "=", value);
    }
    if (!sent.empty()) {
        head.headers.emplace_back("cookie", sent);
    }
    return head;
}

api::Response stream_in(const api::RequestHead& head, const std::string& body, api::Workspace& workspace) {
    auto sink = api::open_sink(head, workspace);
    if (!sink.ok()) {
        return api::problem(sink.error());
    }
    const auto work = sink.value()->feed(body);
    const Status fed = !work.ok() ? Status(work.error()) : work.value() ? work.value()(workspace) : success();
    return fed.ok() ? sink.value()->finish(workspace) : api::problem(fed.error());
}

}  // namespace

OperationKey key_of(const StreamId& stream, uint64_t seq, const Digest& hash) {
    return concat(stream.text, ' ', seq, ' ', to_hex(hash));
}

Server::Server(const Timeline& timeline, uint64_t seed)
    : clock(timeline, {}, 0),
      entropy(seed),
      log_key_(crypto::SigningKey::from_seed(entropy.bytes(crypto::kSeed_bytes)).value()),
      keys_(seed + 1) {
    settings.version = "simulated";
    settings.log_key = log_key_.public_key();
    start();
    CS_CHECK(store::seal_plain_texts(database()).ok());
    CS_CHECK(store::ensure_identity(database(), entropy).ok());
}

api::Workspace Server::workspace() {
    return {database(), clock, entropy, passwords, policies, settings};
}

void Server::start() {
    keys_.open(machine.disk);
    machine.open(keys_.get());
    clock.restart();
    policies = {};
    replay();
}

void Server::replay() {
    store::Transaction transaction(database());
    CS_CHECK(transaction.begin().ok() && api::replay_erasures(database(), clock.now()).ok() &&
             transaction.commit().ok());
}

void Server::crash(uint64_t seed) {
    judge_ = {};
    machine.cut_power(seed);
    keys_.close();
}

Reply Server::run(const Ask& ask) {
    api::Workspace here = workspace();
    const api::RequestHead head = head_of(ask);
    api::Plan plan = api::plan(head, here);
    api::Response response = plan.refusal         ? std::move(*plan.refusal)
                             : plan.streamed_body ? stream_in(head, ask.body, here)
                             : ask.body.size() > plan.body_limit_bytes
                                 ? api::problem(fail(ErrorCode::exhausted, "the request is too large"))
                                 : api::answer(head, ask.body, here);
    if (response.then_write) {
        response = response.then_write(here);
    }
    Reply out{response.status, std::move(response.body), {}};
    for (bool more = response.source != nullptr; more;) {
        const auto next = response.source->next(out.body);
        more = next.ok() && next.value();
    }
    for (const api::Header& header : response.headers) {
        if (header.first == "set-cookie") {
            const size_t equals = header.second.find('=');
            out.cookies[header.second.substr(0, equals)] =
                header.second.substr(equals + 1, header.second.find(';') - equals - 1);
        }
    }
    return out;
}

// What native/server/writer.cpp does with one job: what is refused leaves nothing behind.
std::optional<Reply> Server::handle(const Ask& ask, Strike strike) {
    if (strike.at_call > 0) {
        machine.disk.arm({.at = strike.at_call, .effect = testing::Effect::power_cut, .seed = strike.seed});
    }
    bool committed = database().begin().ok();
    Reply reply = committed ? run(ask) : Reply{};
    if (!committed || reply.status >= 400) {
        database().rollback();
    } else {
        committed = database().commit().ok();
    }
    if (strike.at_call > 0 && machine.disk.struck()) {
        crash(strike.seed);
        return std::nullopt;
    }
    machine.disk.disarm();
    CS_CHECK(committed);
    if (reply.status == 200) {
        note_acknowledged(ask);
    }
    return reply;
}

void Server::note_acknowledged(const Ask& ask) {
    if (ask.method != "POST" || !(ask.target.ends_with("/operations") || ask.target.ends_with("/outbox"))) {
        return;
    }
    const ReadPush push = read_push_body(ask.body, {}).value();
    uint64_t seq = push.from;
    for (const Digest& hash : push.hashes) {
        acknowledged.insert(key_of(push.stream, seq, hash));
        taken_back.erase(key_of(push.stream, seq, hash));
        ++seq;
    }
}

Result<uint64_t> Server::judge(uint64_t most) {
    api::Workspace here = workspace();
    return judge_.step(here, most);
}

Status Server::seal(uint64_t most_leaves) {
    const store::ServerIdentity identity = CS_TRY(store::read_identity(database()));
    for (const store::ProjectRow& one : projects()) {
        store::Transaction transaction(database());
        CS_TRY_STATUS(transaction.begin());
        CS_TRY(seal::seal(database(), one, {identity, log_key_, clock.now(), most_leaves}));
        CS_TRY_STATUS(transaction.commit());
    }
    return success();
}

void Server::back_up(bool verified) {
    Backup backup;
    backup.copy = store::Database::open({.path = ":memory:"}).value();
    CS_CHECK(store::copy_store(database(), *backup.copy, [](const store::CopyProgress&) { return true; }).ok());
    backup.acknowledged = acknowledged;
    backup.verified = verified;
    backups_.push_back(std::move(backup));
    for (store::ProjectRow& one : verified ? projects() : std::vector<store::ProjectRow>()) {
        one.stable_seq = one.head_seq;
        CS_CHECK(store::save_project(database(), one).ok());
    }
    if (backups_.size() > kBackups) {
        backups_.pop_front();
    }
}

size_t Server::backups() const {
    size_t usable = 0;
    for (auto backup = backups_.rbegin(); backup != backups_.rend(); ++backup) {
        ++usable;
        if (backup->verified) {
            break;
        }
    }
    return usable;
}

void Server::restore(size_t number, bool new_epoch) {
    judge_ = {};
    Backup& backup = backups_[backups_.size() - 1 - number];
    machine.put_back(ServerKeys::with_keys_of(machine.disk, empty_store()));
    start();
    CS_CHECK(store::copy_store(*backup.copy, database(), [](const store::CopyProgress&) { return true; }).ok());
    if (new_epoch) {
        CS_CHECK(seal::begin_anew(database(), entropy, clock.now()).ok());
    }
    replay();
    for (const OperationKey& key : acknowledged) {
        if (!backup.acknowledged.contains(key)) {
            taken_back.insert(key);
        }
    }
    acknowledged = backup.acknowledged;
    for (const OperationKey& key : acknowledged) {
        taken_back.erase(key);
    }
}

std::vector<store::ProjectRow> Server::projects() {
    return store::list_projects(database()).value();
}

store::ProjectRow Server::project(const ProjectId& id) {
    return store::find_project(database(), id).value();
}

std::set<OperationKey> Server::operations() {
    std::set<OperationKey> out;
    auto judged = database().prepare("SELECT stream, seq, hash FROM operation").value();
    while (judged.step().value()) {
        out.insert(key_of(StreamId(std::string(judged.text(0))), static_cast<uint64_t>(judged.integer(1)),
                          digest_from_bytes(judged.blob(2)).value()));
    }
    for (const store::InboxRow& waiting : store::read_inbox(database()).value()) {
        uint64_t seq = waiting.from;
        for (const PushedOperation& one : read_pushed_operations(waiting.body, waiting.prev)) {
            out.insert(key_of(waiting.stream, seq++, one.hash));
        }
    }
    return out;
}

uint64_t Server::heads() {
    uint64_t sum = 0;
    for (const store::ProjectRow& one : projects()) {
        sum += one.head_seq;
    }
    return sum;
}

}  // namespace countersign::sim
