#include "core/consensus/span_consensus.h"

#include <algorithm>

#include "core/consensus/guard.h"

namespace countersign::consensus {

namespace {

struct Piece {
    size_t text = 0;
    uint32_t label = 0;
    uint32_t begin = 0;
    uint32_t end = 0;
};

void keep_distinct(std::vector<uint32_t>& values) {
    std::ranges::sort(values);
    values.erase(std::ranges::unique(values).begin(), values.end());
}

// By label and position. Only what somebody marked: of the rest all have said the same.
std::vector<Piece> cut(const ReviewedText& text, size_t number) {
    std::vector<uint32_t> labels;
    for (const SpanReview& review : text.reviews) {
        for (const agreement::MarkedSpan& span : review.spans) {
            labels.push_back(span.label);
        }
    }
    keep_distinct(labels);
    std::vector<Piece> out;
    for (const uint32_t label : labels) {
        std::vector<uint32_t> cuts;
        for (const SpanReview& review : text.reviews) {
            for (const agreement::MarkedSpan& span : review.spans) {
                if (span.label == label) {
                    cuts.push_back(std::min(span.begin, text.length));
                    cuts.push_back(std::min(span.end, text.length));
                }
            }
        }
        keep_distinct(cuts);
        for (size_t i = 1; i < cuts.size(); ++i) {
            out.push_back({number, label, cuts[i - 1], cuts[i]});
        }
    }
    return out;
}

bool marks(const SpanReview& review, const Piece& piece) {
    return std::ranges::any_of(review.spans, [&](const agreement::MarkedSpan& span) {
        return span.label == piece.label && span.begin < piece.end && piece.begin < span.end;
    });
}

// Pieces that belong, joined over small gaps.
std::vector<ConsensusSpan> join(std::span<const Piece> pieces, const Consensus& found, size_t first, uint32_t gap) {
    std::vector<ConsensusSpan> out;
    for (size_t i = 0; i < pieces.size(); ++i) {
        const Piece& piece = pieces[i];
        const double p = found.of_item(first + i)[1];
        if (p <= 0.5 + kTie) {
            continue;
        }
        const double weight = p * static_cast<double>(piece.end - piece.begin);
        const bool new_one =
            out.empty() || out.back().span.label != piece.label || piece.begin - out.back().span.end > gap;
        if (new_one) {
            out.push_back({{piece.begin, piece.end, piece.label}, weight});
        } else {
            out.back().span.end = piece.end;
            out.back().certainty += weight;
        }
    }
    for (ConsensusSpan& span : out) {
        span.certainty /= static_cast<double>(span.span.end - span.span.begin);
    }
    return out;
}

uint32_t lower_median(std::vector<uint32_t>& values) {
    std::ranges::sort(values);
    return values[(values.size() - 1) / 2];
}

// Moves the ends to the medians of its members', unless it would vanish or reach into the one before.
void settle_ends(const ReviewedText& text, std::vector<ConsensusSpan>& spans) {
    for (size_t i = 0; i < spans.size(); ++i) {
        agreement::MarkedSpan& span = spans[i].span;
        std::vector<uint32_t> begins;
        std::vector<uint32_t> ends;
        for (const SpanReview& review : text.reviews) {
            for (const agreement::MarkedSpan& member : review.spans) {
                if (member.label == span.label && member.begin < span.end && span.begin < member.end) {
                    begins.push_back(std::min(member.begin, text.length));
                    ends.push_back(std::min(member.end, text.length));
                }
            }
        }
        const bool follows = i > 0 && spans[i - 1].span.label == span.label;
        const bool followed = i + 1 < spans.size() && spans[i + 1].span.label == span.label;
        const uint32_t begin = std::max(lower_median(begins), follows ? spans[i - 1].span.end : 0);
        const uint32_t end = std::min(lower_median(ends), followed ? spans[i + 1].span.begin : text.length);
        if (begin < end) {
            span.begin = begin;
            span.end = end;
        }
    }
}

}  // namespace

std::vector<std::vector<ConsensusSpan>> span_consensus(std::span<const ReviewedText> texts, size_t reviewers,
                                                       const SpanOptions& options) {
    std::vector<Piece> pieces;
    std::vector<size_t> begins{0};
    std::vector<stats::Answer> answers;
    for (size_t i = 0; i < texts.size(); ++i) {
        for (const Piece& piece : cut(texts[i], i)) {
            for (const SpanReview& review : texts[i].reviews) {
                answers.push_back(
                    {static_cast<uint32_t>(pieces.size()), review.reviewer, marks(review, piece) ? 1U : 0U});
            }
            pieces.push_back(piece);
        }
        begins.push_back(pieces.size());
    }
    const stats::AnswerTable table(answers, pieces.size(), reviewers, 2);
    const GuardedConsensus found = guarded_consensus(table, {}, {.method = options.method});
    std::vector<std::vector<ConsensusSpan>> out;
    for (size_t i = 0; i < texts.size(); ++i) {
        const auto own = std::span(pieces).subspan(begins[i], begins[i + 1] - begins[i]);
        out.push_back(join(own, found.consensus, begins[i], options.gap));
        if (options.boundaries == Boundaries::of_members) {
            settle_ends(texts[i], out.back());
        }
    }
    return out;
}

}  // namespace countersign::consensus
