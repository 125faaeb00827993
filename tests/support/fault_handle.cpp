#include "tests/support/fault_handle.h"

#include <algorithm>
#include <cstring>

#include <sqlite3.h>

namespace countersign::testing {

namespace {

void flip_one(char* bytes, size_t count, Chance& chance) {
    const uint64_t bit = chance.below(count * 8);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ static_cast<char>(1U << (bit % 8)));
}

}  // namespace

FaultHandle::~FaultHandle() {
    unmap();
    unlock(SQLITE_LOCK_NONE);
}

// Each asks twice whether it is dead: what looks on before a call may end the process.
int FaultHandle::read(char* out, size_t count, uint64_t at) {
    if (dead()) {
        return SQLITE_IOERR_READ;
    }
    const auto effect = disk_.strikes(Call::read, node_->name);
    if (dead()) {
        return SQLITE_IOERR_READ;
    }
    if (effect && effect != Effect::bit_flipped) {
        return disk_.refusal(Call::read, *effect);
    }
    const size_t got = node_->file.read(at, out, count);
    if (effect && got > 0) {
        flip_one(out, got, disk_.chance_);
    }
    std::memset(out + got, 0, count - got);
    return got == count ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int FaultHandle::write(std::string_view bytes, uint64_t at) {
    if (dead()) {
        return SQLITE_IOERR_WRITE;
    }
    FaultFile& file = node_->file;
    const uint64_t grows_by = at + bytes.size() - std::min<uint64_t>(at + bytes.size(), file.bytes().size());
    if (disk_.used_bytes() + grows_by > disk_.room_bytes) {
        return disk_.refusal(Call::write, Effect::disk_full);
    }
    const auto effect = disk_.strikes(Call::write, node_->name);
    if (dead()) {
        return SQLITE_IOERR_WRITE;
    }
    if (!effect) {
        file.write(at, bytes);
        return SQLITE_OK;
    }
    std::string other(bytes);
    switch (*effect) {
        case Effect::misdirected: file.write(disk_.chance_.below(file.bytes().size() / 512 + 1) * 512, bytes); break;
        case Effect::bit_flipped:
            flip_one(other.data(), other.size(), disk_.chance_);
            file.write(at, other);
            break;
        case Effect::power_cut: file.write(at, bytes); return disk_.refusal(Call::write, *effect);
        default: file.write(at, bytes.substr(0, bytes.size() / 2)); return disk_.refusal(Call::write, *effect);
    }
    return SQLITE_OK;
}

int FaultHandle::truncate(uint64_t size) {
    if (dead()) {
        return SQLITE_IOERR_TRUNCATE;
    }
    const auto effect = disk_.strikes(Call::truncate, node_->name);
    if (dead()) {
        return SQLITE_IOERR_TRUNCATE;
    }
    if (!effect || effect == Effect::power_cut) {
        node_->file.truncate(size);
    }
    return effect ? disk_.refusal(Call::truncate, *effect) : SQLITE_OK;
}

int FaultHandle::sync() {
    if (dead()) {
        return SQLITE_IOERR_FSYNC;
    }
    const auto effect = disk_.strikes(Call::sync, node_->name);
    if (dead()) {
        return SQLITE_IOERR_FSYNC;
    }
    if (effect) {
        if (effect != Effect::power_cut) {
            node_->file.fail_sync(disk_.chance_, disk_.counts_.damage);
        }
        return disk_.refusal(Call::sync, *effect);
    }
    node_->file.sync();
    if (std::exchange(folder_unsynced_, false)) {
        disk_.sync_names();
    }
    return SQLITE_OK;
}

int FaultHandle::size(int64_t& out) {
    if (dead()) {
        return SQLITE_IOERR_FSTAT;
    }
    if (const auto effect = disk_.strikes(Call::size, node_->name)) {
        return disk_.refusal(Call::size, *effect);
    }
    out = static_cast<int64_t>(node_->file.bytes().size());
    return SQLITE_OK;
}

// SQLite's five levels: many readers; one that will write; one that waits for the readers to go; one alone.
int FaultHandle::lock(int level) {
    if (dead()) {
        return SQLITE_IOERR_LOCK;
    }
    FaultDisk::Node& node = *node_;
    if (level <= level_) {
        return SQLITE_OK;
    }
    if (level == SQLITE_LOCK_SHARED) {
        if (node.pending || node.exclusive) {
            return SQLITE_BUSY;
        }
        ++node.readers;
        level_ = level;
        return SQLITE_OK;
    }
    if (level_ < SQLITE_LOCK_RESERVED) {
        if (node.reserved || node.pending || node.exclusive) {
            return SQLITE_BUSY;
        }
        node.reserved = true;
        level_ = SQLITE_LOCK_RESERVED;
    }
    if (level == SQLITE_LOCK_RESERVED) {
        return SQLITE_OK;
    }
    node.pending = true;
    level_ = SQLITE_LOCK_PENDING;
    if (node.readers > 1) {
        return SQLITE_BUSY;
    }
    node.exclusive = true;
    level_ = SQLITE_LOCK_EXCLUSIVE;
    return SQLITE_OK;
}

int FaultHandle::unlock(int level) {
    if (life_ == disk_.life_ && level < level_) {
        FaultDisk::Node& node = *node_;
        if (level_ >= SQLITE_LOCK_RESERVED) {
            node.reserved = node.pending = node.exclusive = false;
        }
        if (level == SQLITE_LOCK_NONE) {
            --node.readers;
        }
    }
    level_ = std::min(level_, level);
    return SQLITE_OK;
}

int FaultHandle::map(int region, int region_bytes, bool extend, void volatile** out) {
    *out = nullptr;
    if (dead()) {
        return SQLITE_IOERR_SHMMAP;
    }
    if (const auto effect = disk_.strikes(Call::map, node_->name)) {
        return disk_.refusal(Call::map, *effect);
    }
    if (memory_ == nullptr) {
        if (node_->memory == nullptr) {
            node_->memory = std::make_shared<SharedMemory>();
        }
        memory_ = node_->memory;
        ++memory_->connections;
    }
    const auto wanted = static_cast<size_t>(region) + 1;
    while (extend && memory_->regions.size() < wanted) {
        memory_->regions.push_back(std::make_unique<std::vector<char>>(static_cast<size_t>(region_bytes)));
    }
    if (memory_->regions.size() >= wanted) {
        *out = memory_->regions[static_cast<size_t>(region)]->data();
    }
    return SQLITE_OK;
}

int FaultHandle::lock_memory(int from, int count, int flags) {
    if (dead() || memory_ == nullptr) {
        return SQLITE_IOERR_SHMLOCK;
    }
    const uint32_t mask = ((1U << static_cast<unsigned>(count)) - 1) << static_cast<unsigned>(from);
    const auto each = [&](auto&& act) {
        for (int i = from; i < from + count; ++i) {
            act(static_cast<size_t>(i), 1U << static_cast<unsigned>(i));
        }
    };
    SharedMemory& memory = *memory_;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        each([&](size_t i, uint32_t bit) {
            memory.shared[i] -= (memory_shared_ & bit) != 0 ? 1 : 0;
            memory.exclusive[i] = memory.exclusive[i] && (memory_exclusive_ & bit) == 0;
        });
        memory_shared_ &= ~mask;
        memory_exclusive_ &= ~mask;
        return SQLITE_OK;
    }
    const bool alone = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    bool free = true;
    each([&](size_t i, uint32_t bit) {
        const int others = memory.shared[i] - ((memory_shared_ & bit) != 0 ? 1 : 0);
        const bool taken = memory.exclusive[i] && (memory_exclusive_ & bit) == 0;
        free = free && !taken && (!alone || others == 0);
    });
    if (!free) {
        return SQLITE_BUSY;
    }
    each([&](size_t i, uint32_t bit) {
        if (alone) {
            memory.exclusive[i] = true;
            memory_exclusive_ |= bit;
        } else if ((memory_shared_ & bit) == 0) {
            ++memory.shared[i];
            memory_shared_ |= bit;
        }
    });
    return SQLITE_OK;
}

void FaultHandle::unmap() {
    if (memory_ == nullptr) {
        return;
    }
    for (size_t i = 0; i < SharedMemory::kLocks; ++i) {
        const uint32_t bit = 1U << static_cast<unsigned>(i);
        memory_->shared[i] -= (memory_shared_ & bit) != 0 ? 1 : 0;
        memory_->exclusive[i] = memory_->exclusive[i] && (memory_exclusive_ & bit) == 0;
    }
    memory_shared_ = memory_exclusive_ = 0;
    if (--memory_->connections == 0 && node_->memory == memory_) {
        node_->memory.reset();
    }
    memory_.reset();
}

}  // namespace countersign::testing
