#pragma once
// Result<T>: a value or an Error; the only way a core, shell or web function fails. Status is a Result without value.
//
// Use:   Result<Policy> load_policy(std::string_view bytes);
//        const Policy policy = CS_TRY(load_policy(bytes));     // returns the error from the enclosing function
//        if (auto saved = store.save(x); !saved.ok()) { show(saved.error()); }
// Contract: value() of a failed and error() of a good Result stop the process. Nothing here throws.

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "core/base/check.h"
#include "core/base/error.h"

namespace countersign {

template <class T>
class [[nodiscard]] Result {
public:
    // Implicit on purpose: `return value;` and `return fail(...)` both read as what they are.
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)

    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

    bool ok() const { return state_.index() == 0; }

    const T& value() const& {
        CS_CHECK(ok());
        return *std::get_if<0>(&state_);
    }

    T& value() & {
        CS_CHECK(ok());
        return *std::get_if<0>(&state_);
    }

    // By value, so that `for (const Row& row : rows().value())` holds what it walks over.
    T value() && {
        CS_CHECK(ok());
        return std::move(*std::get_if<0>(&state_));
    }

    const Error& error() const {
        CS_CHECK(!ok());
        return *std::get_if<1>(&state_);
    }

private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;

    Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

    bool ok() const { return !error_.has_value(); }

    void value() const { CS_CHECK(ok()); }

    const Error& error() const {
        CS_CHECK(!ok());
        return *error_;
    }

private:
    std::optional<Error> error_;
};

using Status = Result<void>;

inline Status success() {
    return {};
}

inline Error fail(ErrorCode code, std::string message, std::string field = {}) {
    return Error{code, std::move(message), std::move(field)};
}

}  // namespace countersign

// The value of a Result, or return of its error from the enclosing function.
#define CS_TRY(...)                         \
    __extension__({                         \
        auto cs_try_result = (__VA_ARGS__); \
        if (!cs_try_result.ok()) {          \
            return cs_try_result.error();   \
        }                                   \
        std::move(cs_try_result).value();   \
    })

// The same for a Status, as a statement of its own.
#define CS_TRY_STATUS(...)                                             \
    do {                                                               \
        if (auto cs_try_status = (__VA_ARGS__); !cs_try_status.ok()) { \
            return cs_try_status.error();                              \
        }                                                              \
    } while (false)
