#pragma once

// exp and ln from IEEE 754 additions, multiplications and divisions only. The C library's own differ in the last bit
// between versions and platforms; a model trained here must have the same bytes everywhere, so they are not used.
//
// Contract: relative error below 1e-15 in the range of normal numbers (tests/demo/elementary_test.cpp holds them
// against the C library). Built with -ffp-contract=off like everything of ours.

namespace countersign::demo {

// 0 below -700, and the value for 700 above 700: a probability never overflows.
double exponential(double x);

// For x > 0, normal; anything else is a bug and stops the process.
double natural_log(double x);

}  // namespace countersign::demo
