#include "demo/classifier/minimise.h"

#include <algorithm>
#include <cmath>
#include <deque>

namespace countersign::demo {

namespace {

using Numbers = std::vector<double>;

double dot(const Numbers& a, const Numbers& b) {
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

void add_scaled(Numbers& to, double factor, const Numbers& what) {
    for (size_t i = 0; i < to.size(); ++i) {
        to[i] += factor * what[i];
    }
}

double largest_entry(const Numbers& numbers) {
    double result = 0;
    for (const double number : numbers) {
        result = std::max(result, std::abs(number));
    }
    return result;
}

struct Pair {
    Numbers step;             // s = x_{k+1} - x_k
    Numbers gradient_change;  // y = g_{k+1} - g_k
    double curvature = 0;     // s y, above zero
};

// Algorithm 7.4, the two-loop recursion: the negative of H g.
Numbers direction_of(const Numbers& gradient, const std::deque<Pair>& pairs) {
    Numbers q = gradient;
    Numbers alpha(pairs.size());
    for (size_t i = pairs.size(); i-- > 0;) {
        alpha[i] = dot(pairs[i].step, q) / pairs[i].curvature;
        add_scaled(q, -alpha[i], pairs[i].gradient_change);
    }
    if (!pairs.empty()) {
        const Pair& last = pairs.back();
        const double scale = last.curvature / dot(last.gradient_change, last.gradient_change);
        for (double& number : q) {
            number *= scale;
        }
    }
    for (size_t i = 0; i < pairs.size(); ++i) {
        const double beta = dot(pairs[i].gradient_change, q) / pairs[i].curvature;
        add_scaled(q, alpha[i] - beta, pairs[i].step);
    }
    for (double& number : q) {
        number = -number;
    }
    return q;
}

struct Point {
    Numbers x;
    Numbers gradient;
    double value = 0;
};

// Algorithm 3.1: halves the step until the value falls enough. False when it never does.
bool line_search(const Objective& objective, const Point& from, const Numbers& direction, Point& to) {
    static constexpr double kSufficient = 1e-4;
    static constexpr int kHalvings = 40;
    const double slope = dot(from.gradient, direction);
    double length = 1;
    for (int i = 0; i < kHalvings; ++i, length /= 2) {
        to.x = from.x;
        add_scaled(to.x, length, direction);
        to.value = objective(to.x, to.gradient);
        if (to.value <= from.value + (kSufficient * length * slope)) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::vector<double> minimise(const Objective& objective, size_t size, const MinimiseOptions& options) {
    Point here{Numbers(size), Numbers(size), 0};
    Point next = here;
    here.value = objective(here.x, here.gradient);
    std::deque<Pair> pairs;
    for (uint32_t step = 0; step < options.max_steps; ++step) {
        if (largest_entry(here.gradient) <= options.gradient_tolerance) {
            break;
        }
        if (!line_search(objective, here, direction_of(here.gradient, pairs), next)) {
            break;
        }
        Pair pair{next.x, next.gradient, 0};
        add_scaled(pair.step, -1, here.x);
        add_scaled(pair.gradient_change, -1, here.gradient);
        pair.curvature = dot(pair.step, pair.gradient_change);
        if (pair.curvature > 0) {
            pairs.push_back(std::move(pair));
        }
        if (pairs.size() > options.memory) {
            pairs.pop_front();
        }
        std::swap(here, next);
    }
    return here.x;
}

}  // namespace countersign::demo
