#include "core/calibration/logistic.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/stats/elementary.h"
#include "core/stats/logistic.h"

namespace countersign::calibration {

namespace {

constexpr double kPriorVariance = 10'000;
constexpr int kMostSteps = 100;
constexpr int kMostHalvings = 40;

using Matrix = std::array<Coefficients, kMostCoefficients>;

double dot(const Coefficients& a, const Coefficients& b) {
    double sum = 0;
    for (size_t k = 0; k < kMostCoefficients; ++k) {
        sum += a[k] * b[k];
    }
    return sum;
}

// ln(1 + exp(z)).
double softplus(double z) {
    return std::max(z, 0.0) + stats::log1p(stats::exp(-std::abs(z)));
}

double loss_at(const std::vector<LogisticRow>& rows, const LogisticPlan& plan, const Coefficients& at) {
    double sum = 0;
    for (const LogisticRow& row : rows) {
        const double z = dot(row.features, at);
        sum += row.weight * softplus(row.right ? -z : z);
    }
    for (size_t k = 0; k < kMostCoefficients; ++k) {
        const double off = at[k] - plan.centre[k];
        sum += off * off / (2 * kPriorVariance);
    }
    return sum;
}

// The solution of a symmetric positive definite system, by elimination; a held coefficient's row is that of the unit
// matrix.
Coefficients solve(Matrix matrix, Coefficients right) {
    for (size_t k = 0; k < kMostCoefficients; ++k) {
        for (size_t below = k + 1; below < kMostCoefficients; ++below) {
            const double factor = matrix[below][k] / matrix[k][k];
            for (size_t column = k; column < kMostCoefficients; ++column) {
                matrix[below][column] -= factor * matrix[k][column];
            }
            right[below] -= factor * right[k];
        }
    }
    Coefficients out{};
    for (size_t k = kMostCoefficients; k-- > 0;) {
        double rest = right[k];
        for (size_t column = k + 1; column < kMostCoefficients; ++column) {
            rest -= matrix[k][column] * out[column];
        }
        out[k] = rest / matrix[k][k];
    }
    return out;
}

struct Slope {
    Coefficients gradient{};
    Matrix hessian{};
};

Slope slope_at(const std::vector<LogisticRow>& rows, const LogisticPlan& plan, const Coefficients& at) {
    Slope out;
    for (const LogisticRow& row : rows) {
        const double p = stats::sigmoid(dot(row.features, at));
        const double off = row.weight * (p - (row.right ? 1 : 0));
        const double curvature = row.weight * p * (1 - p);
        for (size_t k = 0; k < kMostCoefficients; ++k) {
            out.gradient[k] += off * row.features[k];
            for (size_t j = 0; j < kMostCoefficients; ++j) {
                out.hessian[k][j] += curvature * row.features[k] * row.features[j];
            }
        }
    }
    for (size_t k = 0; k < kMostCoefficients; ++k) {
        if (plan.free[k]) {
            out.gradient[k] += (at[k] - plan.centre[k]) / kPriorVariance;
            out.hessian[k][k] += 1 / kPriorVariance;
            continue;
        }
        out.gradient[k] = 0;
        for (size_t j = 0; j < kMostCoefficients; ++j) {
            out.hessian[k][j] = out.hessian[j][k] = 0;
        }
        out.hessian[k][k] = 1;
    }
    return out;
}

}  // namespace

LogisticFit fit_logistic(const std::vector<LogisticRow>& rows, const LogisticPlan& plan) {
    Coefficients at = plan.held;
    for (size_t k = 0; k < kMostCoefficients; ++k) {
        at[k] = plan.free[k] ? plan.centre[k] : plan.held[k];
    }
    double loss = loss_at(rows, plan, at);
    for (int step = 0; step < kMostSteps; ++step) {
        const Slope slope = slope_at(rows, plan, at);
        const Coefficients down = solve(slope.hessian, slope.gradient);
        // Half of this is what the step promises; below rounding there is nothing to win.
        const double promise = dot(down, slope.gradient);
        if (promise <= 1e-14 * (1 + loss)) {
            break;
        }
        double part = 1;
        Coefficients next = at;
        double next_loss = loss;
        for (int halving = 0; halving < kMostHalvings; ++halving, part /= 2) {
            for (size_t k = 0; k < kMostCoefficients; ++k) {
                next[k] = at[k] - (part * down[k]);
            }
            next_loss = loss_at(rows, plan, next);
            if (next_loss < loss) {
                break;
            }
        }
        if (!(next_loss < loss)) {
            break;
        }
        at = next;
        loss = next_loss;
    }
    return {.coefficients = at, .loss = loss};
}

}  // namespace countersign::calibration
