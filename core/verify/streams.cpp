#include "core/verify/streams.h"

#include <algorithm>

#include "core/base/concat.h"

namespace countersign::verify {

namespace {

std::string head_text(const Streams::Link& link) {
    return concat("countersign-head1\n", link.stream, '\n', link.seq, '\n', to_hex(link.hash), '\n');
}

std::string named(const Streams::Link& link) {
    return concat("operation ", link.seq, " of stream ", link.stream);
}

}  // namespace

Streams::Stream& Streams::stream_of(Findings& findings, Place place, std::string_view name) {
    const auto found = streams_.find(name);
    if (found != streams_.end()) {
        return found->second;
    }
    findings.fail(Check::streams, place, concat("stream ", name, " sends, but no entry before has opened it"));
    return streams_.try_emplace(std::string(name)).first->second;
}

void Streams::open(Findings& findings, Place place, std::string_view stream, const Opening& opening) {
    const auto [at, is_new] = streams_.try_emplace(std::string(stream));
    if (!is_new) {
        findings.fail(Check::streams, place, concat("stream ", stream, " is opened a second time"));
        return;
    }
    at->second.account = opening.account;
    at->second.key = opening.key;
    ++findings.counts().streams;
}

Streams::Tip& Streams::tip_for(Stream& stream, Findings& findings, Place place, const Link& link) {
    if (stream.tips.empty()) {
        stream.tips.emplace_back();
    }
    std::vector<Tip>& tips = stream.tips;
    const auto goes_on = std::find_if(tips.begin(), tips.end(), [&](const Tip& tip) {
        return link.seq == tip.seq + 1 && (!link.prev || *link.prev == tip.hash);
    });
    if (goes_on != tips.end()) {
        return *goes_on;
    }
    const auto longest =
        std::max_element(tips.begin(), tips.end(), [](const Tip& a, const Tip& b) { return a.seq < b.seq; });
    if (link.seq > longest->seq) {
        findings.fail(Check::streams, place,
                      link.seq == longest->seq + 1
                          ? concat(named(link), " does not follow the one before it: its `prev` is another hash")
                          : concat(named(link), " comes where ", longest->seq + 1, " was expected"));
        return *longest;
    }
    const auto is_beside = [&](const Tip& tip) { return tip.seq == link.seq; };
    if (std::any_of(tips.begin(), tips.end(),
                    [&](const Tip& tip) { return is_beside(tip) && tip.hash == link.hash; })) {
        findings.fail(Check::streams, place, concat(named(link), " is recorded a second time"));
        return *std::find_if(tips.begin(), tips.end(),
                             [&](const Tip& tip) { return is_beside(tip) && tip.hash == link.hash; });
    }
    const bool beside = std::any_of(tips.begin(), tips.end(), is_beside);
    if (beside && link.prev && std::none_of(tips.begin(), tips.end(), [&](const Tip& tip) {
            return is_beside(tip) && tip.prev == *link.prev;
        })) {
        findings.fail(Check::streams, place,
                      concat(named(link), " does not follow the one before it: its `prev` is another hash"));
    }
    stream.forks.try_emplace(link.seq, place);
    ++findings.counts().forks;
    findings.fact("fork", place,
                  concat("stream ", link.stream, " goes on twice behind its operation ", link.seq - 1,
                         ": the device was copied, or set back to an older state"));
    return tips.emplace_back();
}

void Streams::add(Findings& findings, Place place, const Link& link, std::string_view actor) {
    Stream& stream = stream_of(findings, place, link.stream);
    if (!actor.empty() && stream.key && actor != stream.account) {
        findings.fail(Check::streams, place,
                      concat(named(link), " is by ", actor, ", but the stream was opened by ", stream.account));
    }
    Tip& tip = tip_for(stream, findings, place, link);
    tip.seq = link.seq;
    tip.prev = link.prev.value_or(Digest());
    tip.hash = link.hash;
    if (!tip.unsigned_from) {
        tip.unsigned_from = place;
    }
    findings.done(Check::streams);
}

void Streams::sign(Findings& findings, Place place, const Link& link, const crypto::Signature& signature) {
    const auto found = streams_.find(link.stream);
    if (found == streams_.end() || !found->second.key) {
        findings.fail(Check::signatures, place, concat("the key of stream ", link.stream, " is not known"));
        return;
    }
    ++findings.counts().signatures;
    findings.done(Check::signatures);
    if (!crypto::verify(*found->second.key, head_text(link), signature)) {
        findings.fail(Check::signatures, place, concat("the signature below ", named(link), " does not hold"));
        return;
    }
    for (Tip& tip : found->second.tips) {
        if (tip.seq == link.seq && tip.hash == link.hash) {
            tip.unsigned_from.reset();
        }
    }
}

void Streams::note_fork(std::string_view stream, uint64_t seq) {
    const auto found = streams_.find(stream);
    if (found != streams_.end()) {
        found->second.noted.insert(seq);
    }
}

void Streams::finish(Findings& findings) {
    for (const auto& [name, stream] : streams_) {
        for (const Tip& tip : stream.tips) {
            if (tip.unsigned_from) {
                findings.fail(
                    Check::signatures, *tip.unsigned_from,
                    concat("from here to its operation ", tip.seq, ", stream ", name, " has not signed what it sent"));
            }
        }
        for (const auto& [seq, place] : stream.forks) {
            if (!stream.noted.contains(seq)) {
                findings.fail(
                    Check::streams, place,
                    concat("stream ", name, " has a second operation ", seq, ", and no entry says that it was forked"));
            }
        }
    }
}

}  // namespace countersign::verify
