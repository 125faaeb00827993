#include <catch_amalgamated.hpp>
#include <sodium.h>

TEST_CASE("libsodium uses what the processor has") {
    REQUIRE(sodium_init() >= 0);
#if defined(__x86_64__) && !defined(_MSC_VER)
    CHECK((sodium_runtime_has_ssse3() != 0) == (__builtin_cpu_supports("ssse3") != 0));
    CHECK((sodium_runtime_has_avx2() != 0) == (__builtin_cpu_supports("avx2") != 0));
#else
    SUCCEED("there is nothing to choose from");
#endif
}
