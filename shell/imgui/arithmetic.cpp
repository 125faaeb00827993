#include "shell/imgui/arithmetic.h"

#include <cstdint>

#include "core/base/check.h"

namespace countersign::shell {

void imgui_broken(int line) {
    check_failed("an invariant of Dear ImGui", "imgui", line);
}

namespace arithmetic {
namespace {

constexpr double kHalfPi = 1.5707963267948966;
constexpr double kPi = 3.1415926535897931;

// Taylor polynomials on [-pi/4, pi/4]; the first omitted terms are below 1e-12.
double sine_near_zero(double r) {
    const double s = r * r;
    return r * (1 + s * (-1.0 / 6 + s * (1.0 / 120 + s * (-1.0 / 5040 + s * (1.0 / 362880 - s / 39916800)))));
}

double cosine_near_zero(double r) {
    const double s = r * r;
    return 1 + s * (-1.0 / 2 + s * (1.0 / 24 + s * (-1.0 / 720 + s * (1.0 / 40320 - s / 3628800))));
}

double sine_of(double x, int64_t quarter_turns) {
    const double scaled = x / kHalfPi;
    const auto nearest = static_cast<int64_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    const double r = x - static_cast<double>(nearest) * kHalfPi;
    switch ((nearest + quarter_turns) & 3) {
        case 0: return sine_near_zero(r);
        case 1: return cosine_near_zero(r);
        case 2: return -sine_near_zero(r);
        default: return -cosine_near_zero(r);
    }
}

// Three halvings by atan(x) = 2 atan(x / (1 + sqrt(1 + x^2))) bring any argument below 0.2.
double arc_tangent_of(double x) {
    for (int i = 0; i < 3; i++) {
        x = x / (1 + std::sqrt(1 + x * x));
    }
    const double s = x * x;
    const double series =
        1 + s * (-1.0 / 3 + s * (1.0 / 5 + s * (-1.0 / 7 + s * (1.0 / 9 + s * (-1.0 / 11 + s / 13)))));
    return 8 * x * series;
}

}  // namespace

float sine(float x) {
    return static_cast<float>(sine_of(static_cast<double>(x), 0));
}

float cosine(float x) {
    return static_cast<float>(sine_of(static_cast<double>(x), 1));
}

float arc_tangent(float y, float x) {
    const double dy = static_cast<double>(y);
    const double dx = static_cast<double>(x);
    if (x == 0) {
        return static_cast<float>(y == 0 ? 0 : (y > 0 ? kHalfPi : -kHalfPi));
    }
    const double angle = arc_tangent_of(dy / dx);
    return static_cast<float>(x > 0 ? angle : (y < 0 ? angle - kPi : angle + kPi));
}

float arc_cosine(float x) {
    const double value = static_cast<double>(x);
    if (value <= -1) {
        return static_cast<float>(kPi);
    }
    if (value >= 1) {
        return 0;
    }
    return static_cast<float>(2 * arc_tangent_of(std::sqrt((1 - value) / (1 + value))));
}

}  // namespace arithmetic
}  // namespace countersign::shell
