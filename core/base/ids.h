#pragma once
// Identifiers as distinct types: an ItemId is not a ReviewId, and mixing them does not compile
// (tests/core/base/must_not_compile.cpp). All are opaque text, compared byte for byte.

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace countersign {

template <class Tag>
struct Id {
    std::string text;

    Id() = default;

    explicit Id(std::string id) : text(std::move(id)) {}

    bool empty() const { return text.empty(); }

    auto operator<=>(const Id&) const = default;
};

using ProjectId = Id<struct ProjectTag>;  // chosen by an administrator: [a-z0-9-], 1 to 64
using ItemId = Id<struct ItemTag>;        // chosen by the pipeline: any text of 1 to 200 bytes
using ActorId = Id<struct ActorTag>;      // an account's name or a service token's
using DeviceId = Id<struct DeviceTag>;    // issued by a server or made by the device: 32 hex digits
using StreamId = Id<struct StreamTag>;    // device and epoch: "<32 hex>.<16 hex>"
using OperationId = Id<struct OpTag>;     // UUID, made on the device before the first send; also names a review
using ModelId = Id<struct ModelTag>;      // a model's name with its version, as the pipeline spells it
using LabelId = Id<struct LabelTag>;      // a label of the policy

// Position of an event in its project's log: 1, 2, 3 ... without gaps. 0 means "before the first".
using EventSeq = uint64_t;

}  // namespace countersign

template <class Tag>
struct std::hash<countersign::Id<Tag>> {
    size_t operator()(const countersign::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.text); }
};
