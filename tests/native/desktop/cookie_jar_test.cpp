#include "native/desktop/link/cookie_jar.h"

#include <catch_amalgamated.hpp>

#include "native/platform/files.h"
#include "tests/support/fakes.h"
#include "tests/support/temporary_folder.h"

using namespace countersign;
using namespace countersign::desktop;

namespace {

std::vector<api::Header> set_cookies(std::initializer_list<const char*> values) {
    std::vector<api::Header> out{{"content-type", "application/json"}};
    for (const char* value : values) {
        out.emplace_back("set-cookie", value);
    }
    return out;
}

}  // namespace

TEST_CASE("a jar sends what the server set last, and nothing that has ended or was taken back") {
    testing::ManualClock clock;
    CookieJar jar(clock, {});
    CHECK(jar.header().empty());
    jar.take(set_cookies({"a=1; Path=/; HttpOnly; Max-Age=60", "b=x=y;max-age=3600"}));
    CHECK(jar.header() == "a=1; b=x=y");
    jar.take(set_cookies({"a=2; Max-Age=60"}));
    CHECK(jar.header() == "b=x=y; a=2");
    clock.advance(Duration{61 * kSecond_us});
    CHECK(jar.header() == "b=x=y");
    jar.take(set_cookies({"b=; Path=/; Max-Age=0"}));
    CHECK(jar.header().empty());
    jar.take(set_cookies({"", "=no name", "; ;", "c=3; Max-Age=soon"}));
    CHECK(jar.header() == "c=3");
}

TEST_CASE("a jar finds its cookies again after a restart, in a file that only its owner may read") {
    const testing::TemporaryFolder folder;
    testing::ManualClock clock;
    {
        CookieJar jar(clock, folder / "session");
        jar.take(set_cookies({"countersign_session=secret; Max-Age=100"}));
    }
    CHECK((std::filesystem::status(folder / "session").permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    CHECK(CookieJar(clock, folder / "session").header() == "countersign_session=secret");
    clock.advance(Duration{101 * kSecond_us});
    CHECK(CookieJar(clock, folder / "session").header().empty());
    REQUIRE(native::write_file(folder / "session", "what is this\n\n12 \n99999999999999999 ok 1", true).ok());
    CHECK(CookieJar(clock, folder / "session").header() == "ok=1");
}
