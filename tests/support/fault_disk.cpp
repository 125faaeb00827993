#include "tests/support/fault_disk.h"

#include <algorithm>
#include <cerrno>

#include <sqlite3.h>

#include "core/base/check.h"
#include "core/base/concat.h"
#include "tests/support/fault_handle.h"

namespace countersign::testing {

namespace {

constexpr std::array<std::string_view, kCalls> kCallNames = {"open",     "remove", "access", "read", "write",
                                                             "truncate", "sync",   "size",   "map"};
constexpr std::array<std::string_view, kEffects> kEffectNames = {"io_error",  "disk_full",   "too_many_files",
                                                                 "power_cut", "misdirected", "bit_flipped"};

CallSet struck_by(Effect effect) {
    switch (effect) {
        case Effect::io_error:
        case Effect::power_cut: return kEveryCall;
        case Effect::disk_full: return only(Call::open) | only(Call::write) | only(Call::sync) | only(Call::map);
        case Effect::too_many_files: return only(Call::open);
        case Effect::misdirected: return only(Call::write);
        case Effect::bit_flipped: return only(Call::read) | only(Call::write);
    }
    return 0;
}

}  // namespace

std::string_view call_name(Call call) {
    return kCallNames[static_cast<size_t>(call)];
}

std::string_view effect_name(Effect effect) {
    return kEffectNames[static_cast<size_t>(effect)];
}

std::string report(const DiskCounts& counts) {
    std::string out = "calls:";
    for (size_t i = 0; i < kCalls; ++i) {
        out += concat(' ', kCallNames[i], ' ', counts.calls[i]);
    }
    out += "\nfaults:";
    for (size_t i = 0; i < kEffects; ++i) {
        out += concat(' ', kEffectNames[i], ' ', counts.fired[i]);
    }
    const DamageCounts& damage = counts.damage;
    out += concat("\npower cuts ", counts.power_cuts, ", kills ", counts.kills, "; unsynced writes kept ",
                  damage.kept_writes, ", lost ", damage.lost_writes, ", torn ", damage.torn_writes, ", reordered ",
                  damage.reordered_writes, "; garbage sectors ", damage.garbage_sectors, ", sizes undone ",
                  damage.undone_truncations, ", names undone ", damage.undone_names,
                  ", pages forgotten by failed syncs ", damage.forgotten_pages, '\n');
    return out;
}

void FaultDisk::arm(const Fault& fault) {
    fault_ = fault;
    fault_.calls &= struck_by(fault.effect);
    chance_ = Chance(fault.seed);
    armed_ = true;
    struck_ = false;
    counted_ = 0;
}

void FaultDisk::disarm() {
    armed_ = false;
    off_ = false;
}

std::optional<Effect> FaultDisk::strikes(Call call, const std::string& file) {
    if (before_call) {
        before_call(call, file);
    }
    ++counts_.calls[static_cast<size_t>(call)];
    if (!armed_ || (fault_.calls & only(call)) == 0 || !file.starts_with(fault_.files)) {
        return std::nullopt;
    }
    ++counted_;
    if (counted_ != fault_.at && (counted_ < fault_.at || !fault_.from_then_on)) {
        return std::nullopt;
    }
    struck_ = true;
    ++counts_.fired[static_cast<size_t>(fault_.effect)];
    return fault_.effect;
}

int FaultDisk::refusal(Call call, Effect effect) {
    off_ = off_ || effect == Effect::power_cut;
    const bool full = effect == Effect::disk_full;
    errno_ = full ? ENOSPC : effect == Effect::too_many_files ? EMFILE : EIO;
    switch (call) {
        case Call::open: return SQLITE_CANTOPEN;
        case Call::remove: return SQLITE_IOERR_DELETE;
        case Call::access: return SQLITE_IOERR_ACCESS;
        case Call::read: return SQLITE_IOERR_READ;
        case Call::write: return full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
        case Call::truncate: return SQLITE_IOERR_TRUNCATE;
        case Call::sync: return SQLITE_IOERR_FSYNC;
        case Call::size: return SQLITE_IOERR_FSTAT;
        case Call::map: return full ? SQLITE_IOERR_SHMSIZE : SQLITE_IOERR_SHMMAP;
    }
    return SQLITE_IOERR;
}

int FaultDisk::open(const char* name, int flags, std::unique_ptr<FaultHandle>& out) {
    const std::string file = name == nullptr ? std::string() : std::string(name);
    const bool creates = (flags & SQLITE_OPEN_CREATE) != 0;
    const auto found = names_.find(file);
    if (found == names_.end() && !creates) {
        errno_ = ENOENT;
        return SQLITE_CANTOPEN;
    }
    const auto effect = off_ ? std::optional(Effect::power_cut) : strikes(Call::open, file);
    if (effect && effect != Effect::power_cut) {
        return refusal(Call::open, *effect);
    }
    std::shared_ptr<Node> node = found == names_.end() ? std::make_shared<Node>() : found->second;
    if (found == names_.end() && !off_ && name != nullptr) {
        node->name = file;
        names_[file] = node;
        waiting_names_.push_back({file, node});
    }
    if (effect) {
        return refusal(Call::open, *effect);
    }
    const bool log = (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL)) != 0;
    out = std::make_unique<FaultHandle>(*this, std::move(node), creates && log);
    return SQLITE_OK;
}

int FaultDisk::remove(const std::string& name, bool sync_folder) {
    if (off_) {
        return SQLITE_IOERR_DELETE;
    }
    const auto effect = strikes(Call::remove, name);
    if (effect && effect != Effect::power_cut) {
        return refusal(Call::remove, *effect);
    }
    if (names_.erase(name) == 0) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    waiting_names_.push_back({name, nullptr});
    if (effect) {
        return refusal(Call::remove, *effect);
    }
    if (sync_folder) {
        sync_names();
    }
    return SQLITE_OK;
}

int FaultDisk::access(const std::string& name, bool& there) {
    if (off_) {
        return SQLITE_IOERR_ACCESS;
    }
    if (const auto effect = strikes(Call::access, name)) {
        return refusal(Call::access, *effect);
    }
    const auto found = names_.find(name);
    there = found != names_.end() && !found->second->file.bytes().empty();  // as unix: an empty journal is none
    return SQLITE_OK;
}

void FaultDisk::sync_names() {
    synced_names_ = names_;
    waiting_names_.clear();
}

uint64_t FaultDisk::used_bytes() const {
    uint64_t used = 0;
    for (const auto& [name, node] : names_) {
        used += node->file.bytes().size();
    }
    return used;
}

void FaultDisk::kill() {
    ++life_;
    ++counts_.kills;
    off_ = false;
    for (const auto& [name, node] : names_) {
        node->memory.reset();
        node->readers = 0;
        node->reserved = node->pending = node->exclusive = false;
    }
}

void FaultDisk::cut_power(uint64_t seed) {
    kill();
    --counts_.kills;
    ++counts_.power_cuts;
    const auto damage = static_cast<Damage>(seed % kDamages);
    Chance chance(seed);
    // A folder's changes reach the disk in their order, up to any of them.
    const uint64_t all = waiting_names_.size();
    const uint64_t kept = damage == Damage::keep_nothing ? 0 : damage == Damage::keep_all ? all : chance.below(all + 1);
    counts_.damage.undone_names += all - kept;
    for (uint64_t i = 0; i < kept; ++i) {
        const Name& change = waiting_names_[static_cast<size_t>(i)];
        if (change.node == nullptr) {
            synced_names_.erase(change.name);
        } else {
            synced_names_[change.name] = change.node;
        }
    }
    names_ = synced_names_;
    waiting_names_.clear();
    for (const auto& [name, node] : names_) {
        node->file.cut_power(damage, chance, counts_.damage);
    }
}

void FaultDisk::drop_cache() {
    for (const auto& [name, node] : names_) {
        node->file.drop_cache();
    }
}

FaultDisk::Content FaultDisk::content() const {
    Content out;
    for (const auto& [name, node] : names_) {
        out.files.emplace(name, node->file);
        if (!synced_names_.contains(name)) {
            out.unsynced_names.push_back(name);
        }
    }
    return out;
}

void FaultDisk::restore(const Content& content) {
    kill();
    --counts_.kills;
    disarm();
    names_.clear();
    synced_names_.clear();
    waiting_names_.clear();
    for (const auto& [name, file] : content.files) {
        auto node = std::make_shared<Node>();
        node->name = name;
        node->file = file;
        names_[name] = node;
        if (std::find(content.unsynced_names.begin(), content.unsynced_names.end(), name) ==
            content.unsynced_names.end()) {
            synced_names_[name] = node;
        } else {
            waiting_names_.push_back({name, node});
        }
    }
    sqlite3_randomness(0, nullptr);  // asks the VFS anew: the same salts in each run
}

FaultFile& FaultDisk::file(const std::string& name) {
    CS_CHECK(names_.contains(name));
    return names_[name]->file;
}

bool FaultDisk::has(const std::string& name) const {
    return names_.contains(name);
}

}  // namespace countersign::testing
