#pragma once
// The checks that look at one leaf after the other. A new check is a new function and a line in the table.

#include <optional>
#include <span>

#include "core/verify/bundle.h"
#include "core/verify/leaf.h"
#include "core/verify/report.h"
#include "core/verify/seals.h"
#include "core/verify/streams.h"
#include "core/verify/texts.h"

namespace countersign::verify {

// What is kept between lines; its size does not grow with the log but for streams and commitments.
struct VerifyState {
    explicit VerifyState(SignatureBatch& batch) : streams(batch) {}

    Findings findings;
    std::optional<BundleHead> head;
    uint64_t last_seq = 0;  // of the newest leaf
    uint64_t newest_version = 0;
    Seals seals;
    Streams streams;
    Texts texts;
};

// Leaves that could be read, before they are added to the tree. `leaf.operation` is set where there is one.
using LeafCheck = void (*)(const LeafFields& leaf, VerifyState& state);

std::span<const LeafCheck> leaf_checks();

}  // namespace countersign::verify
