#pragma once
// Alarms that may be looked at after every audit. H0: the error rate is at most eps0. An e-process is the capital of
// somebody who bets against H0 in a fair game: whatever happens, and whenever one looks, it reaches 1/alpha with
// probability at most alpha while H0 holds (Ville, 1939). Daily peeking costs nothing; a test at level alpha that is
// repeated every day is wrong sooner or later.
//
// Contract: audits in the order in which they were decided; 0 < eps0 < 1. Everything in logarithms, O(1) an audit.

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/ppm.h"

namespace countersign::audit {

enum class Verdict : uint8_t { right, wrong };

// For audits that were drawn with equal propensities. The bet is spread over all rates above eps0, by a Beta(a, b)
// prior cut off there (Robbins' method of mixtures), in closed form:
//   E = B(a+s, b+f) [1 - I_eps0(a+s, b+f)] / (B(a, b) [1 - I_eps0(a, b)] eps0^s (1 - eps0)^f), s wrong and f right.
class BetaMixtureAlarm {
public:
    explicit BetaMixtureAlarm(double eps0, double a = 1, double b = 30);

    void observe(Verdict verdict) { (verdict == Verdict::wrong ? wrong_ : right_) += 1; }

    double log_e() const;
    // It falls with every right one, so that looking after wrong ones sees every alarm.
    bool alarmed(double alpha) const;

    int64_t wrong() const { return wrong_; }

    int64_t right() const { return right_; }

private:
    double eps0_;
    double a_;
    double b_;
    double log_prior_;
    int64_t wrong_ = 0;
    int64_t right_ = 0;
};

// For propensities that differ: the mean over several bets lambda of prod (1 + lambda (z - eps0)), where z is the
// unbiased estimate of one approved item's error: x/pi for an audited one and 0 for one that was not. Every approved
// item counts, in order. Factors stay positive because z >= 0 and lambda < 1/eps0 (Waudby-Smith and Ramdas, 2023).
class WeightedAlarm {
public:
    explicit WeightedAlarm(double eps0);

    void observe_audited(Ppm propensity, double loss);
    void observe_unaudited(int64_t items = 1);

    double log_e() const;
    // The capital's highest point counts: what was reached once is an alarm.
    bool alarmed(double alpha) const;

private:
    static constexpr size_t kBets = 10;  // halved from one to the next, from half of 1/eps0 on

    double eps0_;
    std::array<double, kBets> bets_{};
    std::array<double, kBets> log_capitals_{};
    double highest_;
};

// For a change after a good while, where the capital of an e-process has shrunk: the sum of the e-processes that begin
// at every audit (Shiryaev and Roberts), M = (M + 1)(1 + lambda (x - eps0)), a mean over five bets. While the rate is
// at most eps0, the mean number of audits until it reaches a level is at least that level (Shin, Ramdas and Rinaldo,
// "E-detectors", 2023). A promise about how often, not about whether: it does alarm falsely, once in a thousand audits
// at most at level 1,000.
class ChangeAlarm {
public:
    explicit ChangeAlarm(double eps0);

    // `loss` of 0 to 1, drawn with equal propensities.
    void observe(double loss);

    double log_level() const;
    bool alarmed(double level = 1000) const;
    // After an alarm that was dealt with.
    void restart();

private:
    static constexpr size_t kBets = 5;

    double eps0_;
    std::array<double, kBets> bets_{};
    std::array<double, kBets> log_sums_{};
};

// The same for propensities that differ. A block is the run of items that were not audited and the audited one behind
// it; e-processes as of WeightedAlarm begin at every block, M = (M + 1) times the block's factor, a mean over ten bets.
// A block's factor has mean at most 1 while the rate is at most eps0, so that the mean number of audits until a false
// alarm is at least the level. Beside it the same sums cut off at 0 (Page, 1954), whose last cut says since when.
class WeightedChangeAlarm {
public:
    explicit WeightedChangeAlarm(double eps0);

    // `unaudited` items, then an audited one.
    void observe(int64_t unaudited, Ppm propensity, double loss);

    double log_level() const;

    // How many blocks had been seen when the evidence last began to rise: the earliest of the bets that have half of
    // the most evidence or more. A high bet forgets small beginnings; rather too early than too late.
    int64_t quiet_until() const;

private:
    static constexpr size_t kBets = 10;

    double eps0_;
    int64_t blocks_ = 0;
    std::array<double, kBets> bets_{};
    std::array<double, kBets> log_sums_{};
    std::array<double, kBets> cut_sums_{};
    std::array<int64_t, kBets> cut_at_{};
};

}  // namespace countersign::audit
