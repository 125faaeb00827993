#pragma once
// The server of a simulation: the real API over the real store on a disk that can fail, one writer that answers after
// its commit, judging and sealing beside. It can crash at any call of its disk, and be put back to a backup.

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "core/api/judge.h"
#include "core/api/workspace.h"
#include "core/crypto/ed25519.h"
#include "core/store/projects.h"
#include "core/store/streams.h"
#include "tests/sim/dice.h"
#include "tests/sim/machine.h"
#include "tests/sim/server_keys.h"
#include "tests/sim/sim_clock.h"
#include "tests/support/fakes.h"

namespace countersign::sim {

using Cookies = std::map<std::string, std::string>;

struct Ask {
    std::string method;
    std::string target;
    std::string body = {};
    std::string content_type = "application/json";
    Cookies cookies = {};
};

struct Reply {
    int status = 0;
    std::string body;
    Cookies cookies;  // set by it
};

// One operation as it arrived: "<stream> <seq> <hash in hex>".
using OperationKey = std::string;
OperationKey key_of(const StreamId& stream, uint64_t seq, const Digest& hash);

// Where a crash strikes, if at all.
struct Strike {
    uint64_t at_call = 0;  // 0: not
    uint64_t seed = 0;
};

class Server {
public:
    Server(const Timeline& timeline, uint64_t seed);

    bool up() const { return machine.database != nullptr; }

    void start();
    void crash(uint64_t seed);

    // Answers after the commit; nothing when it died meanwhile.
    std::optional<Reply> handle(const Ask& ask, Strike strike = {});
    // Up to `most` of what waits; how many. Errors are those of judging.
    Result<uint64_t> judge(uint64_t most);
    // Of every project, up to `most_leaves` more.
    Status seal(uint64_t most_leaves);

    void back_up(bool verified);
    // How many backups may be restored: none older than the newest that was verified, since devices rely on that.
    size_t backups() const;
    // `number` counts from the newest that may be restored back.
    void restore(size_t number, bool new_epoch);

    store::Database& database() { return *machine.database; }

    store::ProjectRow project(const ProjectId& id);
    std::vector<store::ProjectRow> projects();
    // All operations that stand here, judged or not.
    std::set<OperationKey> operations();
    // Sum of all logs' heads: changes when there is news.
    uint64_t heads();

    // What was acknowledged, and is to be here whatever happens but a restore.
    std::set<OperationKey> acknowledged;
    // Of those, that no server has any more, because a backup without them was restored.
    std::set<OperationKey> taken_back;

    Machine machine{"countersign-sim-server"};
    SimClock clock;
    testing::SeededEntropy entropy;
    testing::PlainPasswords passwords;
    api::ServerSettings settings;
    store::PolicyCache policies;

private:
    struct Backup {
        std::unique_ptr<store::Database> copy;
        std::set<OperationKey> acknowledged;
        bool verified = false;
    };

    api::Workspace workspace();
    // What was erased and this store does not know of, before anything is answered.
    void replay();
    Reply run(const Ask& ask);
    void note_acknowledged(const Ask& ask);

    crypto::SigningKey log_key_;
    api::Judge judge_;
    ServerKeys keys_;
    std::deque<Backup> backups_;  // newest last
};

}  // namespace countersign::sim
