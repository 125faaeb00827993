#pragma once
// The mathematical functions that Dear ImGui draws with, built from the operations that IEEE 754 defines exactly
// (+ - * / sqrt), so that a circle has the same vertices natively and in wasm. libm's sine differs between C libraries
// in its last bit, and one bit is enough to move a pixel.
//
// Contract: sine and cosine for arguments up to some thousand radians, accurate to the last bit or two of a float.
// power, logarithm and number serve sliders, which the desk does not have; they are libm's.

#include <cmath>
#include <cstdlib>

namespace countersign::shell {

[[noreturn]] void imgui_broken(int line);

namespace arithmetic {

float sine(float x);
float cosine(float x);
float arc_cosine(float x);
float arc_tangent(float y, float x);

template <class Number>
Number absolute(Number x) {
    return x < 0 ? -x : x;
}

template <class Number>
Number sign(Number x) {
    return static_cast<Number>(x < 0 ? -1 : x > 0 ? 1 : 0);
}

inline float square_root(float x) {
    return std::sqrt(x);  // one instruction, correctly rounded
}

inline double square_root(double x) {
    return std::sqrt(x);
}

inline float round_up(float x) {
    return std::ceil(x);
}

inline float remainder(float x, float y) {
    return std::fmod(x, y);  // exact by definition
}

inline float power(float x, float y) {
    return std::pow(x, y);
}

inline double power(double x, double y) {
    return std::pow(x, y);
}

inline float logarithm(float x) {
    return std::log(x);
}

inline double logarithm(double x) {
    return std::log(x);
}

inline double number(const char* text) {
    return std::strtod(text, nullptr);
}

}  // namespace arithmetic
}  // namespace countersign::shell
