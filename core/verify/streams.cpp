#include "core/verify/streams.h"

#include <algorithm>
#include <utility>

#include "core/base/concat.h"

namespace countersign::verify {

namespace {

// Enough for threads to share, and little to hold.
constexpr size_t kBatch = 2'000;

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

size_t Streams::tip_for(Stream& stream, Findings& findings, Place place, const Link& link) {
    if (stream.tips.empty()) {
        stream.tips.emplace_back();
    }
    const std::vector<Tip>& tips = stream.tips;
    const auto index = [&](std::vector<Tip>::const_iterator tip) { return static_cast<size_t>(tip - tips.begin()); };
    const auto goes_on = std::find_if(tips.begin(), tips.end(), [&](const Tip& tip) {
        return link.seq == tip.seq + 1 && (!link.prev || *link.prev == tip.hash);
    });
    if (goes_on != tips.end()) {
        return index(goes_on);
    }
    const auto longest =
        std::max_element(tips.begin(), tips.end(), [](const Tip& a, const Tip& b) { return a.seq < b.seq; });
    const std::string other_prev =
        concat(named(link), " does not follow the one before it: its `prev` is another hash");
    if (link.seq > longest->seq) {
        findings.fail(Check::streams, place,
                      link.seq == longest->seq + 1
                          ? other_prev
                          : concat(named(link), " comes where ", longest->seq + 1, " was expected"));
        return index(longest);
    }
    const auto same = std::find_if(tips.begin(), tips.end(),
                                   [&](const Tip& tip) { return tip.seq == link.seq && tip.hash == link.hash; });
    if (same != tips.end()) {
        findings.fail(Check::streams, place, concat(named(link), " is recorded a second time"));
        return index(same);
    }
    const auto is_beside = [&](const Tip& tip) { return tip.seq == link.seq; };
    const auto is_sibling = [&](const Tip& tip) { return is_beside(tip) && link.prev && tip.prev == *link.prev; };
    if (link.prev && std::any_of(tips.begin(), tips.end(), is_beside) &&
        std::none_of(tips.begin(), tips.end(), is_sibling)) {
        findings.fail(Check::streams, place, other_prev);
    }
    stream.forks.try_emplace(link.seq, place);
    ++findings.counts().forks;
    findings.fact("fork", place,
                  concat("stream ", link.stream, " goes on twice behind its operation ", link.seq - 1,
                         ": the device was copied, or set back to an older state"));
    stream.tips.emplace_back();
    return stream.tips.size() - 1;
}

void Streams::add(Findings& findings, Place place, const Link& link, std::string_view actor) {
    Stream& stream = stream_of(findings, place, link.stream);
    if (!actor.empty() && stream.key && actor != stream.account) {
        findings.fail(Check::streams, place,
                      concat(named(link), " is by ", actor, ", but the stream was opened by ", stream.account));
    }
    const size_t index = tip_for(stream, findings, place, link);
    Tip& tip = stream.tips[index];
    tip.seq = link.seq;
    tip.prev = link.prev.value_or(Digest());
    tip.hash = link.hash;
    happenings_.push_back({&stream, index, place, {}, {}});
    findings.done(Check::streams);
}

void Streams::sign(Findings& findings, Place place, const Link& link, const crypto::Signature& signature) {
    const auto found = streams_.find(link.stream);
    if (found == streams_.end() || !found->second.key) {
        findings.fail(Check::signatures, place, concat("the key of stream ", link.stream, " is not known"));
        return;
    }
    Stream& stream = found->second;
    ++findings.counts().signatures;
    findings.done(Check::signatures);
    // After failures two tips may have come to the same operation; it is told of once.
    std::string what = named(link);
    for (size_t i = 0; i < stream.tips.size(); ++i) {
        if (stream.tips[i].seq == link.seq && stream.tips[i].hash == link.hash) {
            happenings_.push_back({&stream, i, place, jobs_.size(), std::exchange(what, {})});
        }
    }
    jobs_.push_back({*stream.key, head_text(link), signature});
    if (jobs_.size() >= kBatch) {
        settle(findings);
    }
}

void Streams::settle(Findings& findings) {
    const std::vector<uint8_t> hold = batch_.verify(jobs_);
    CS_CHECK(hold.size() == jobs_.size());
    for (const Happening& happening : happenings_) {
        std::optional<Place>& unsigned_from = happening.stream->tips[happening.tip].unsigned_from;
        if (!happening.job) {
            unsigned_from = unsigned_from.value_or(happening.place);
        } else if (hold[*happening.job] != 0) {
            unsigned_from.reset();
        } else if (!happening.what.empty()) {
            findings.fail(Check::signatures, happening.place,
                          concat("the signature below ", happening.what, " does not hold"));
        }
    }
    happenings_.clear();
    jobs_.clear();
}

void Streams::note_fork(std::string_view stream, uint64_t seq) {
    const auto found = streams_.find(stream);
    if (found != streams_.end()) {
        found->second.noted.insert(seq);
    }
}

void Streams::finish(Findings& findings) {
    settle(findings);
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
