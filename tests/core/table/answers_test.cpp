#include "core/table/answers.h"

#include <string>
#include <vector>

#include <catch_amalgamated.hpp>

using namespace countersign;
using table::NamedAnswers;

namespace {

Result<NamedAnswers> read(std::string_view file, const std::vector<std::string>& schema = {}) {
    table::AnswerReader answers(schema);
    table::RecordReader reader(answers);
    CS_TRY_STATUS(reader.feed(file));
    CS_TRY_STATUS(reader.finish());
    return answers.finish();
}

std::vector<uint32_t> labels_of(const NamedAnswers& named) {
    std::vector<uint32_t> out;
    for (const stats::Answer& answer : named.answers) {
        out.push_back(answer.label);
    }
    return out;
}

}  // namespace

TEST_CASE("answers are read under the names that platforms give the columns, others are passed over") {
    for (const std::string header :
         {"task,worker,label,seconds", "item,reviewer,label,x", "item_id,annotator,label,y"}) {
        CAPTURE(header);
        const auto named = read(header + "\nt2,w1,cat,3\nt1,w2,dog,4\nt2,w2,cat,5\n");
        REQUIRE(named.ok());
        CHECK(named.value().items.names() == std::vector<std::string>{"t2", "t1"});
        CHECK(named.value().reviewers.names() == std::vector<std::string>{"w1", "w2"});
        CHECK(named.value().labels == std::vector<std::string>{"cat", "dog"});
        CHECK(labels_of(named.value()) == std::vector<uint32_t>{0, 1, 0});
    }
}

TEST_CASE("labels without a schema are ordered by value where all are whole numbers, else by their bytes") {
    CHECK(read("task,worker,label\n1,1,10\n1,2,9\n1,3,-1\n").value().labels ==
          std::vector<std::string>{"-1", "9", "10"});
    CHECK(read("task,worker,label\n1,1,10\n1,2,9\n1,3,none\n").value().labels ==
          std::vector<std::string>{"10", "9", "none"});
    CHECK(labels_of(read("task,worker,label\n1,1,10\n1,2,9\n1,3,-1\n").value()) == std::vector<uint32_t>{2, 1, 0});
}

TEST_CASE("a schema says which labels there are, also those that nobody chose") {
    const auto named = read("{\"task\":1,\"worker\":\"a\",\"label\":\"no\"}\n", {"yes", "no", "maybe"});
    REQUIRE(named.ok());
    CHECK(named.value().labels == std::vector<std::string>{"yes", "no", "maybe"});
    CHECK(labels_of(named.value()) == std::vector<uint32_t>{1});
    CHECK(read("task,worker,label\n1,a,mabye\n", {"yes", "no", "maybe"}).error().text() ==
          "line 2, column 'label': there is no label 'mabye'; did you mean 'maybe'?");
}

TEST_CASE("what is missing in a file of answers is named") {
    CHECK(read("task;worker;label\n1;2;3\n").error().text() ==
          "line 2: there is no column 'item' or 'item_id' or 'task'; there are 'task;worker;label'");
    CHECK(read("task,worker,label\n1,,3\n").error().text() == "line 2, column 'worker': is empty");
    CHECK(read("task,worker,label\n").error().text() == "there is no answer in the file, only a header");
}

TEST_CASE("numbers are read as JSON has them, and nothing else is taken for one") {
    CHECK(table::read_number("-0.5").value() == -0.5);
    CHECK(table::read_number("12").value() == 12);
    CHECK(table::read_number("1e-3").value() == 1e-3);
    for (const char* none : {"", "1,5", "NaN", "0x10", "--1"}) {
        CAPTURE(none);
        CHECK(!table::read_number(none).ok());
    }
    CHECK(table::read_number("one").error().text() == "must be a number, but is 'one'");
}
