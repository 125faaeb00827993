#include "core/verify/seals.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/concat.h"
#include "core/crypto/base64.h"
#include "core/verify/members.h"

namespace countersign::verify {

namespace {

constexpr std::array kEpochMembers = {Member{"continues", Shape::object, Need::optional}, Member{"epoch", Shape::text}};
constexpr std::array kContinuesMembers = {Member{"origin", Shape::text}, Member{"root", Shape::hex_32_bytes},
                                          Member{"size", Shape::integer}};

// 0 where it cannot be read.
uint64_t continued_epoch(const LeafFields& leaf) {
    const auto text = leaf.body.find("continues").find("origin").text();
    const auto origin = text ? parse_origin(*text) : Result<LogOrigin>(fail(ErrorCode::invalid_argument, ""));
    return origin.ok() ? origin.value().epoch : 0;
}

}  // namespace

Result<TrustedKey> parse_trusted_key(std::string_view text) {
    if (const auto bytes = crypto::from_base64(text); bytes.ok()) {
        return TrustedKey{CS_TRY(crypto::public_key_from_bytes(bytes.value())), {}};
    }
    if (text.find('+') == std::string_view::npos) {
        return fail(ErrorCode::invalid_argument, "is neither a verifier key (name+id+base64) nor 32 bytes in base64");
    }
    const NoteKey key = CS_TRY(parse_vkey(text));
    return TrustedKey{key.key, key.name};
}

Result<OwnCheckpoint> parse_own_checkpoint(std::string source, std::string_view note) {
    OwnCheckpoint out;
    out.note = CS_TRY(parse_note(note));
    out.checkpoint = CS_TRY(parse_checkpoint(out.note.text));
    auto origin = parse_origin(out.checkpoint.origin);
    if (!origin.ok()) {
        return fail(ErrorCode::invalid_argument, concat("the origin ", origin.error().message), "line 1");
    }
    out.origin = origin.value();
    out.source = std::move(source);
    return out;
}

std::string Seals::wrong_home(const LogOrigin& origin) const {
    if (!head_) {
        return "the bundle does not say whose log it is";
    }
    return origin.server != head_->server ? concat("it is of server ", origin.server, ", the bundle of ", head_->server)
           : origin.project != head_->project
               ? concat("it is of project ", origin.project, ", the bundle of ", head_->project)
               : std::string();
}

std::vector<NoteKey> Seals::keys_for(std::string_view origin) const {
    std::vector<NoteKey> out;
    out.reserve(trusted_.size() + bundled_.size());
    for (const TrustedKey& key : trusted_) {
        out.push_back(note_key(std::string(origin), key.key));
    }
    for (const Key& key : bundled_) {
        if (trusted_.empty()) {
            out.push_back(note_key(std::string(origin), key.key.key));
        }
    }
    return out;
}

void Seals::begin(Findings& findings, Place place, const BundleHead& head) {
    head_ = head;
    findings.report().trust = trusted_.empty() ? Trust::none : Trust::given;
    for (const TrustedKey& key : trusted_) {
        const auto origin = parse_origin(key.name);
        if (origin.ok() && origin.value().server != head.server) {
            findings.fail(
                Check::keys, place,
                concat("the key that you gave is of server ", origin.value().server, ", the bundle of ", head.server));
        }
    }
    compare_own(findings);
}

void Seals::add_key(Findings& findings, Place place, std::string_view vkey) {
    findings.done(Check::keys);
    const auto key = parse_vkey(vkey);
    if (!key.ok()) {
        findings.fail(Check::keys, place, key.error().message);
        return;
    }
    const auto origin = parse_origin(key.value().name);
    const std::string wrong = origin.ok() ? wrong_home(origin.value()) : origin.error().message;
    if (!wrong.empty()) {
        findings.fail(Check::keys, place, concat("the key cannot sign for this log: ", wrong));
        return;
    }
    if (std::any_of(bundled_.begin(), bundled_.end(), [&](const Key& one) { return one.key == key.value(); })) {
        findings.fail(Check::keys, place, "the key stands here a second time");
        return;
    }
    const bool known = std::any_of(trusted_.begin(), trusted_.end(),
                                   [&](const TrustedKey& one) { return one.key == key.value().key; });
    if (!trusted_.empty() && !known) {
        findings.fail(Check::keys, place, "the bundle names a key of the server that is not the one you gave");
    }
    if (trusted_.empty()) {
        findings.report().trust = Trust::bundle;
    }
    bundled_.push_back({key.value(), place});
}

void Seals::compare_own(Findings& findings) {
    for (const OwnCheckpoint& own : own_) {
        if (own.checkpoint.head.size != tree_.size()) {
            continue;
        }
        findings.done(Check::own_checkpoints);
        if (own.checkpoint.head.root != tree_.root()) {
            findings.fail(Check::own_checkpoints, {.leaf = tree_.size(), .line = 0},
                          concat("the checkpoint in ", own.source,
                                 " was made over other entries: the log was rewritten, or is another"));
        }
    }
}

void Seals::add_leaf(Findings& findings, std::string_view leaf) {
    tree_.append(leaf_hash(leaf));
    if (!own_.empty()) {
        compare_own(findings);
    }
}

void Seals::check_continues(Findings& findings, const LeafFields& leaf, uint64_t number) {
    const CanonicalValue continues = leaf.body.find("continues");
    if (!continues) {
        if (tree_.size() > 0) {
            findings.fail(Check::epochs, leaf.place, "the new epoch does not say what it continues");
        }
        return;
    }
    if (const Status shape = check_members(continues, kContinuesMembers); !shape.ok()) {
        findings.fail(Check::epochs, leaf.place,
                      concat("what the new epoch continues cannot be read: ", shape.error().text()));
        return;
    }
    const auto size = static_cast<uint64_t>(*continues.find("size").integer());
    if (size != tree_.size()) {
        findings.fail(
            Check::epochs, leaf.place,
            concat("the new epoch says that it continues ", size, " entries, but ", tree_.size(), " stand before it"));
    } else if (digest_in(continues.find("root")) != tree_.root()) {
        findings.fail(
            Check::epochs, leaf.place,
            "the new epoch says that it continues another log: the root is not that of the entries before it");
    }
    const auto origin = parse_origin(*continues.find("origin").text());
    const std::string wrong = origin.ok() ? wrong_home(origin.value()) : origin.error().message;
    if (!wrong.empty()) {
        findings.fail(Check::epochs, leaf.place, concat("the new epoch continues a log that is not this: ", wrong));
    } else if (epoch_ ? origin.value().epoch != *epoch_ : origin.value().epoch >= number) {
        findings.fail(Check::epochs, leaf.place,
                      concat("the new epoch ", number, " says that it continues epoch ", origin.value().epoch,
                             epoch_ ? concat("; it was ", *epoch_) : std::string()));
    }
}

void Seals::start_epoch(Findings& findings, const LeafFields& leaf) {
    findings.done(Check::epochs);
    const Status shape = check_known_members(leaf.body, kEpochMembers);
    const auto number = shape.ok() ? epoch_number(*leaf.body.find("epoch").text()) : std::nullopt;
    if (!number) {
        findings.fail(Check::epochs, leaf.place,
                      concat("the new epoch cannot be read: ",
                             shape.ok() ? "epoch: must be a number, '-' and 16 hex digits" : shape.error().text()));
        return;
    }
    if (epoch_ && *number <= *epoch_) {
        findings.fail(Check::epochs, leaf.place, concat("epoch ", *number, " follows epoch ", *epoch_));
    }
    check_continues(findings, leaf, *number);
    if (const uint64_t before = epoch_.value_or(continued_epoch(leaf)); before > 0) {
        remember({before, tree_.size(), tree_.root()});
    }
    epoch_ = number;
    ++findings.counts().epochs;
    findings.fact("epoch", leaf.place,
                  concat("epoch ", *number, " begins here, behind ", tree_.size(),
                         " entries: the server was set up anew or restored from a backup"));
}

void Seals::remember(const Told& told) {
    const auto at = [](const Told& one) { return std::pair(one.epoch, one.size); };
    if (told_.empty() || at(told_.back()) < at(told)) {
        told_.push_back(told);
    }
}

void Seals::check_seen(Findings& findings, Place place, const SeenFields& seen) const {
    findings.done(Check::seen);
    const auto found =
        std::lower_bound(told_.begin(), told_.end(), seen, [](const Told& one, const SeenFields& wanted) {
            return std::pair(one.epoch, one.size) < std::pair(wanted.epoch, wanted.size);
        });
    if (found != told_.end() && found->epoch == seen.epoch && found->size == seen.size) {
        if (found->root != seen.root) {
            findings.fail(
                Check::seen, place,
                concat("the device had seen another log of ", seen.size,
                       " entries: the server has shown it another history, or the device says what is not so"));
        }
        return;
    }
    const bool behind_all = found == told_.end() || found->epoch != seen.epoch;
    if (epoch_ && seen.epoch < *epoch_ && behind_all) {
        findings.fact("lost", place,
                      concat("the device had seen ", seen.size, " entries in epoch ", seen.epoch,
                             ", which this log has not: they were lost when the server was put back to a backup"));
        return;
    }
    findings.fail(Check::seen, place,
                  concat("the device had seen a checkpoint over ", seen.size, " entries in epoch ", seen.epoch,
                         " that is not among those before this entry"));
}

void Seals::check_epoch(Findings& findings, Place place, const LogOrigin& origin) {
    if (!epoch_) {
        epoch_ = origin.epoch;
        ++findings.counts().epochs;
    } else if (origin.epoch != *epoch_) {
        findings.fail(Check::epochs, place,
                      concat("the checkpoint is of epoch ", origin.epoch, ", but the log is in epoch ", *epoch_));
    }
}

void Seals::check_order(Findings& findings, Place place, const TreeHead& head) {
    if (last_ && head.size == last_->size) {
        findings.fail(Check::checkpoints, place,
                      head.root == last_->root
                          ? concat("a second checkpoint of ", head.size, " entries")
                          : concat("a second checkpoint of ", head.size,
                                   " entries with another root: the server has signed two histories"));
    } else if (last_ && head.size < last_->size) {
        findings.fail(Check::checkpoints, place,
                      concat("the checkpoint of ", head.size, " entries comes behind one of ", last_->size));
    } else if (head.size != tree_.size()) {
        findings.fail(Check::checkpoints, place,
                      concat("the checkpoint of ", head.size, " entries stands behind entry ", tree_.size()));
    }
    last_ = head;
}

void Seals::check_root(Findings& findings, Place place, const TreeHead& head) {
    if (head.size != tree_.size()) {
        return;  // check_order has spoken of it
    }
    findings.done(Check::roots);
    if (head.root == tree_.root()) {
        last_good_size_ = head.size;
        return;
    }
    findings.fail(Check::roots, place,
                  last_good_size_ == head.size
                      ? concat("the root is not that of entries 1 to ", head.size, "; another checkpoint has that")
                  : last_good_size_ == 0
                      ? concat("entries 1 to ", head.size, " are not the ones that this checkpoint was made over")
                      : concat("among entries ", last_good_size_ + 1, " to ", head.size,
                               " is one that is not what this checkpoint was made over (it held up to entry ",
                               last_good_size_, ")"));
}

void Seals::check_signature(Findings& findings, Place place, const SignedNote& note, const Checkpoint& checkpoint) {
    const std::vector<NoteKey> keys = keys_for(checkpoint.origin);
    if (keys.empty()) {
        findings.fail(Check::seals, place,
                      "no key of the server is known: none was given, and none stands before this checkpoint");
        return;
    }
    findings.done(Check::seals);
    if (const auto verified = verify_note(note, keys); !verified.ok()) {
        findings.fail(Check::seals, place,
                      concat("the checkpoint is not signed by the server: ", verified.error().message));
    }
}

void Seals::add_checkpoint(Findings& findings, Place place, std::string_view text) {
    ++findings.counts().checkpoints;
    findings.done(Check::checkpoints);
    place.leaf = tree_.size();
    const auto note = parse_note(text);
    const auto checkpoint = note.ok() ? parse_checkpoint(note.value().text) : Result<Checkpoint>(note.error());
    const auto origin =
        checkpoint.ok() ? parse_origin(checkpoint.value().origin) : Result<LogOrigin>(checkpoint.error());
    if (!origin.ok()) {
        findings.fail(Check::checkpoints, place, concat("the checkpoint cannot be read: ", origin.error().text()));
        return;
    }
    if (const std::string wrong = wrong_home(origin.value()); !wrong.empty()) {
        findings.fail(Check::checkpoints, place, concat("the checkpoint is not of this log: ", wrong));
        return;
    }
    check_epoch(findings, place, origin.value());
    check_order(findings, place, checkpoint.value().head);
    if (checkpoint.value().head.size == tree_.size()) {
        remember({origin.value().epoch, tree_.size(), tree_.root()});
    }
    check_root(findings, place, checkpoint.value().head);
    check_signature(findings, place, note.value(), checkpoint.value());
}

void Seals::finish(Findings& findings) {
    const uint64_t covered = last_ ? last_->size : 0;
    if (covered < tree_.size() || !last_) {
        findings.fail(Check::checkpoints, {.leaf = covered + 1, .line = 0},
                      last_ ? concat("no checkpoint covers entries ", covered + 1, " to ", tree_.size())
                            : "there is no checkpoint: nothing is signed by the server");
    }
    for (const OwnCheckpoint& own : own_) {
        const uint64_t size = own.checkpoint.head.size;
        const std::string wrong = wrong_home(own.origin);
        const auto verified = verify_note(own.note, keys_for(own.checkpoint.origin));
        if (!wrong.empty()) {
            findings.fail(Check::own_checkpoints, {},
                          concat("the checkpoint in ", own.source, " is not of this log: ", wrong));
        } else if (!verified.ok()) {
            findings.fail(
                Check::own_checkpoints, {},
                concat("the checkpoint in ", own.source, " is not signed by the server: ", verified.error().message));
        } else if (size > tree_.size()) {
            findings.done(Check::own_checkpoints);
            findings.fail(Check::own_checkpoints, {.leaf = tree_.size() + 1, .line = 0},
                          concat("the checkpoint in ", own.source, " covers ", size, " entries, the bundle has ",
                                 tree_.size(), ": the rest was cut off, or the bundle is older"));
        }
    }
}

}  // namespace countersign::verify
