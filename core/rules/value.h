#pragma once
// A CEL value: sixteen bytes, trivially copyable, owning nothing. Strings, lists, maps and records point into memory
// that somebody else keeps: the caller's (for what an Activation holds), a Program's (constants) or an Arena's (what an
// evaluation makes). That is what lets an evaluation run without allocating.
//
// Contract: an accessor may be called only on its own kind. The entries of a map are sorted by key (compare.h,
// compare_keys) without duplicates, so that every walk over a map has one order. A timestamp is seconds since 1970 and
// nanoseconds from 0 to 999'999'999, years 1 to 9999; a duration is nanoseconds in 64 bits (some 292 years each way).

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace countersign::rules {

enum class Kind : uint8_t {
    unset,  // a declared field that has no value here
    null_type,
    boolean,
    int64,
    uint64,
    float64,
    string,
    bytes,
    list,
    map,
    timestamp,
    duration,
    type,
    optional,
    record,
    dyn,      // of types only: known when the expression runs
    param,    // of types only: the T of list(T) in a signature
    failure,  // of the machine only: an error that && or || may still absorb
    builder,  // of the machine only: a list or map under construction
};

class Value;
struct MapEntry;
struct RecordType;

// Fields in the order of their RecordType.
struct Record {
    const RecordType* type = nullptr;
    const Value* fields = nullptr;
};

struct Timestamp {
    int64_t seconds = 0;
    uint32_t nanos = 0;
};

class Value {
public:
    Value() = default;  // unset

    static Value null() { return Value(Kind::null_type, 0); }

    static Value boolean(bool v) {
        Value out(Kind::boolean, 0);
        out.payload_.boolean = v;
        return out;
    }

    static Value int64(int64_t v) {
        Value out(Kind::int64, 0);
        out.payload_.int64 = v;
        return out;
    }

    static Value uint64(uint64_t v) {
        Value out(Kind::uint64, 0);
        out.payload_.uint64 = v;
        return out;
    }

    static Value float64(double v) {
        Value out(Kind::float64, 0);
        out.payload_.float64 = v;
        return out;
    }

    static Value string(std::string_view v) { return of_text(Kind::string, v); }

    static Value bytes(std::string_view v) { return of_text(Kind::bytes, v); }

    // The name must live as long as the program: type names are static.
    static Value type(std::string_view name) { return of_text(Kind::type, name); }

    static Value list(std::span<const Value> v) { return of_pointer(Kind::list, v.data(), v.size()); }

    static Value map(std::span<const MapEntry> v) { return of_pointer(Kind::map, v.data(), v.size()); }

    static Value timestamp(Timestamp v) {
        Value out(Kind::timestamp, v.nanos);
        out.payload_.int64 = v.seconds;
        return out;
    }

    static Value duration(int64_t nanos) {
        Value out(Kind::duration, 0);
        out.payload_.int64 = nanos;
        return out;
    }

    // nullptr: the empty optional.
    static Value optional(const Value* v) { return of_pointer(Kind::optional, v, 0); }

    static Value record(const Record* v) { return of_pointer(Kind::record, v, 0); }

    static Value failure(uint32_t index) { return Value(Kind::failure, index); }

    static Value builder(void* v) { return of_pointer(Kind::builder, v, 0); }

    Kind kind() const { return kind_; }

    bool is(Kind kind) const { return kind_ == kind; }

    bool as_boolean() const { return payload_.boolean; }

    int64_t as_int64() const { return payload_.int64; }

    uint64_t as_uint64() const { return payload_.uint64; }

    double as_float64() const { return payload_.float64; }

    // Of strings, bytes and types.
    std::string_view as_text() const { return {static_cast<const char*>(payload_.pointer), size_}; }

    std::span<const Value> as_list() const { return {static_cast<const Value*>(payload_.pointer), size_}; }

    inline std::span<const MapEntry> as_map() const;

    Timestamp as_timestamp() const { return {payload_.int64, size_}; }

    int64_t as_duration() const { return payload_.int64; }

    const Value* as_optional() const { return static_cast<const Value*>(payload_.pointer); }

    const Record* as_record() const { return static_cast<const Record*>(payload_.pointer); }

    uint32_t as_failure() const { return size_; }

    void* as_builder() const { return const_cast<void*>(payload_.pointer); }

    // Bytes of a text, elements of a list, entries of a map; otherwise meaningless.
    uint32_t raw_size() const { return size_; }

private:
    Value(Kind kind, uint32_t size) : kind_(kind), size_(size) {}

    static Value of_pointer(Kind kind, const void* pointer, size_t size) {
        Value out(kind, static_cast<uint32_t>(size));
        out.payload_.pointer = pointer;
        return out;
    }

    static Value of_text(Kind kind, std::string_view text) { return of_pointer(kind, text.data(), text.size()); }

    union Payload {
        int64_t int64 = 0;
        uint64_t uint64;
        double float64;
        bool boolean;
        const void* pointer;
    };

    Kind kind_ = Kind::unset;
    uint32_t size_ = 0;  // see raw_size; the nanoseconds of a timestamp; the index of a failure
    Payload payload_;
};

static_assert(sizeof(Value) == 16);

struct MapEntry {
    Value key;
    Value value;
};

std::span<const MapEntry> Value::as_map() const {
    return {static_cast<const MapEntry*>(payload_.pointer), size_};
}

inline bool is_number(Kind kind) {
    return kind == Kind::int64 || kind == Kind::uint64 || kind == Kind::float64;
}

// What type(x) gives: "int", "google.protobuf.Timestamp"; for a record its declared name.
std::string_view type_name(const Value& value);
// As people read it in an error: "int", "timestamp", "null".
std::string_view kind_name(Kind kind);

}  // namespace countersign::rules
