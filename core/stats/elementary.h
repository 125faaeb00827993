#pragma once

// exp and ln from IEEE 754 additions, multiplications and divisions only. C libraries differ in the last bit, and what
// statistics say must be the same bytes natively and in wasm (docs/adr/arithmetic-of-our-own.md). Call them with their
// namespace, stats::exp(x), and never those of <cmath>: tests/checks/words.mjs refuses these in folders of statistics.
// std::sqrt, std::floor, std::ldexp and their like are exact and may be used.
//
// Contract: relative error below 4e-16 (tests/core/stats/elementary_test.cpp, against values of 50 digits).

namespace countersign::stats {

// 0 below -745.2 and infinite above 709.8; not a number for what is none.
double exp(double x);
// exp(x) - 1 without cancellation near 0.
double expm1(double x);

// -infinite for 0; not a number below.
double log(double x);
// ln(1 + x) without cancellation near 0; -infinite for -1.
double log1p(double x);

// x^y for x >= 0: exp(y ln x), with relative error below 1e-13 for results between 1e-100 and 1e100. 0^0 is 1.
double pow(double x, double y);

}  // namespace countersign::stats
