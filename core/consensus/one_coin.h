#pragma once
// One number a reviewer: the probability that he is right; wrong labels alike. For very few answers, or when somebody
// must be able to work it out by hand. Its classes are alike too: with a class prior estimated by EM it collapses onto
// one label (web relevance judgements: 19 % right, majority 54 %), which guard.h would find out.

#include "core/consensus/expectation.h"

namespace countersign::consensus {

enum class ClassPrior {
    uniform,
    estimated  // only to show what it does
};

Consensus one_coin(const stats::AnswerTable& table, const Evidence& evidence = {}, const IterationLimits& limits = {},
                   ClassPrior prior = ClassPrior::uniform);

}  // namespace countersign::consensus
