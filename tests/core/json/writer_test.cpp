#include "core/json/writer.h"

#include <catch_amalgamated.hpp>

using namespace countersign;

TEST_CASE("a writer makes compact JSON in the order of the calls") {
    JsonWriter writer;
    writer.begin_object().member("b", int64_t{1}).name("a").begin_array().null().boolean(true).text("x").end_array();
    writer.member_bool("c", false).name("d").begin_object().end_object().end_object();
    CHECK(std::move(writer).take() == R"({"b":1,"a":[null,true,"x"],"c":false,"d":{}})");
}

TEST_CASE("only what JSON demands is escaped") {
    std::string out;
    append_json_text(out, "q\" b\\ \n\t\x01 é 東 /");
    CHECK(out == R"("q\" b\\ \n\t\u0001 é 東 /")");
}
