#pragma once
// Temperature scaling: one number that makes a model's probabilities mean what they say, without changing its answers.
// Source: Guo, Pleiss, Sun and Weinberger 2017, "On Calibration of Modern Neural Networks", 4.2.

#include <cstdint>
#include <span>
#include <vector>

namespace countersign::demo {

// A model's scores for a text that it was not trained on, and the right answer.
struct Scored {
    std::vector<double> scores;
    uint32_t answer = 0;
};

double mean_log_loss(std::span<const Scored> scored, double temperature);

// The temperature from 0.001 to 1000 with the least mean log loss, found by golden-section search on its logarithm
// (the loss is convex in 1/temperature, so there is one minimum). `scored` is not empty.
double fit_temperature(std::span<const Scored> scored);

}  // namespace countersign::demo
