// Sequential tests of skill: how often they are wrong, and after how many answers they decide.

#include "core/people/skill_evidence.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/stats/random.h"

using namespace countersign;
using namespace countersign::people;
using audit::Verdict;
using Catch::Matchers::WithinAbs;

namespace {

struct Tried {
    double good = 0;  // share of the runs with this verdict
    double bad = 0;
    double between = 0;
    double answers = 0;  // until the first verdict, mean; of undecided ones the most
};

template <class Test>
Tried run(double correctness, int runs, int most, uint64_t seed) {
    stats::Random random(seed);
    Tried out;
    for (int i = 0; i < runs; ++i) {
        Test test;
        int answers = 0;
        int decided_after = most;
        while (answers < most) {
            test.observe(random.uniform() < correctness ? Verdict::right : Verdict::wrong);
            ++answers;
            if (test.verdict() != SkillVerdict::undecided) {
                decided_after = std::min(decided_after, answers);
            }
        }
        out.answers += decided_after;
        out.good += test.verdict() == SkillVerdict::good ? 1 : 0;
        out.bad += test.verdict() == SkillVerdict::bad ? 1 : 0;
        out.between += test.verdict() == SkillVerdict::between ? 1 : 0;
    }
    return {out.good / runs, out.bad / runs, out.between / runs, out.answers / runs};
}

}  // namespace

TEST_CASE("Wald's test decides after about twenty answers and is wrong one time in twenty at most") {
    const Tried good = run<SkillSprt>(0.9, 4000, 400, 1);
    const Tried bad = run<SkillSprt>(0.7, 4000, 400, 2);
    std::printf("SPRT: good after %.1f answers, wrong %.3f; bad after %.1f, wrong %.3f\n", good.answers, good.bad,
                bad.answers, bad.good);
    CHECK_THAT(good.answers, WithinAbs(25, 1.5));
    CHECK_THAT(bad.answers, WithinAbs(19, 1.5));
    CHECK(good.bad <= 0.055);
    CHECK(bad.good <= 0.055);
    CHECK(good.good + good.bad > 0.999);
}

TEST_CASE("Wald's test by hand: twelve right ones in a row, or three wrong ones, decide") {
    // ln 19 = 2.944; a right answer adds ln(9/7) = .2513, a wrong one takes ln 3 = 1.0986.
    SkillSprt good;
    for (int i = 0; i < 11; ++i) {
        good.observe(Verdict::right);
        CHECK(good.verdict() == SkillVerdict::undecided);
    }
    good.observe(Verdict::right);
    CHECK(good.verdict() == SkillVerdict::good);
    good.observe(Verdict::wrong);
    CHECK(good.verdict() == SkillVerdict::good);
    CHECK(good.answers() == 12);
    SkillSprt bad;
    bad.observe(Verdict::wrong);
    bad.observe(Verdict::wrong);
    CHECK(bad.verdict() == SkillVerdict::undecided);
    bad.observe(Verdict::wrong);
    CHECK(bad.verdict() == SkillVerdict::bad);
    CHECK(skill_verdict_name(bad.verdict()) == "bad");
}

TEST_CASE("evidence may be looked at after every answer and is wrong one time in twenty at most") {
    // At the edge of both hypotheses and between them, 200 answers, looked at after each.
    const Tried at_bad = run<SkillEvidence>(0.7, 300, 200, 3);
    const Tried at_good = run<SkillEvidence>(0.9, 300, 200, 4);
    const Tried between = run<SkillEvidence>(0.8, 100, 600, 5);
    const Tried excellent = run<SkillEvidence>(0.98, 200, 100, 6);
    const Tried guessing = run<SkillEvidence>(0.5, 200, 100, 7);
    std::printf(
        "evidence: at 0.7 said better %.3f, at 0.9 said worse %.3f; at 0.8 between %.3f; decided after %.1f "
        "(0.98), %.1f (0.9), %.1f (0.7), %.1f (0.5) answers\n",
        at_bad.good + at_bad.between, at_good.bad + at_good.between, between.between, excellent.answers,
        at_good.answers, at_bad.answers, guessing.answers);
    CHECK(at_bad.good + at_bad.between <= 0.05);
    CHECK(at_good.bad + at_good.between <= 0.05);
    CHECK(between.between > 0.8);
    CHECK(excellent.good > 0.95);
    CHECK(excellent.answers < 25);
    CHECK(at_good.good > 0.95);
    CHECK(at_good.answers < 60);
    CHECK(at_bad.bad > 0.95);
    CHECK(at_bad.answers < 40);
    CHECK(guessing.answers < 12);
}
