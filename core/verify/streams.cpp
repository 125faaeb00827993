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

Streams::Stream& Streams::stream_of(Findings& findings, Place place, const Link& link) {
    const auto found = streams_.find(link.stream);
    if (found != streams_.end()) {
        return found->second;
    }
    Stream& made = streams_.try_emplace(std::string(link.stream)).first->second;
    if (link.old) {
        made.tips.push_back({link.seq - 1, link.prev.value_or(Digest()), {}, {}, {}});
    } else {
        findings.fail(Check::streams, place,
                      concat("stream ", link.stream, " sends, but no entry before has opened it"));
    }
    return made;
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
    const auto placed =
        std::find_if(tips.begin(), tips.end(), [&](const Tip& tip) { return link.waits && link.seq == tip.seq + 1; });
    if (placed != tips.end()) {
        return index(placed);
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
    const auto is_sibling = [&](const Tip& tip) {
        return is_beside(tip) && (!tip.prev || !link.prev || *tip.prev == *link.prev);
    };
    if (!link.waits && std::any_of(tips.begin(), tips.end(), is_beside) &&
        std::none_of(tips.begin(), tips.end(), is_sibling)) {
        findings.fail(Check::streams, place, other_prev);
    }
    stream.first_fork = stream.first_fork.value_or(link.seq);
    stream.forks.try_emplace(link.seq, place);
    ++findings.counts().forks;
    findings.fact("fork", place,
                  concat("stream ", link.stream, " goes on twice behind its operation ", link.seq - 1,
                         ": the device was copied, or set back to an older state"));
    stream.tips.emplace_back();
    return stream.tips.size() - 1;
}

void Streams::add(Findings& findings, Place place, const Link& link, std::string_view actor) {
    Stream& stream = stream_of(findings, place, link);
    if (stream.key && actor != stream.account) {
        findings.fail(Check::streams, place,
                      concat(named(link), " is by ", actor, ", but the stream was opened by ", stream.account));
    }
    const size_t index = tip_for(stream, findings, place, link);
    Tip& tip = stream.tips[index];
    tip.seq = link.seq;
    tip.prev = link.prev;
    tip.hash = link.hash;
    happenings_.push_back({&stream, index, place, {}, {}, link.counts && !(link.old && !stream.key)});
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
        Tip& tip = happening.stream->tips[happening.tip];
        if (!happening.job) {
            std::optional<Place>& from = happening.counts ? tip.unsigned_from : tip.unsigned_waits;
            from = from.value_or(happening.place);
        } else if (hold[*happening.job] != 0) {
            tip.unsigned_from.reset();
            tip.unsigned_waits.reset();
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
            // The server says once that a stream is forked.
            if (stream.noted.empty() || (seq == stream.first_fork && !stream.noted.contains(seq))) {
                findings.fail(
                    Check::streams, place,
                    concat("stream ", name, " has a second operation ", seq, ", and no entry says that it was forked"));
            }
        }
        for (const Tip& tip : stream.tips) {
            if (tip.unsigned_waits && !tip.unsigned_from) {
                findings.fact(
                    "unsigned", *tip.unsigned_waits,
                    concat("from here to its operation ", tip.seq, ", stream ", name,
                           " has not signed what it sent: it counts for nothing, unless a lead has let it in"));
            }
        }
    }
}

}  // namespace countersign::verify
