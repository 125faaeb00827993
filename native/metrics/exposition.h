#pragma once
// Writes metrics in Prometheus' text format, version 0.0.4 (prometheus.io, "Exposition formats"), for /metrics.
//
// Use:   Exposition out;
//        out.counter("countersign_http_bytes_sent_total", "Bytes sent.").sample({}, 12);
//        out.gauge("countersign_writer_queue", "Jobs that wait.").sample({{"store", "main"}}, 3);
//        out.histogram("countersign_commit_seconds", "Time of a commit.").durations({}, histogram.snapshot());
//        response.body = std::move(out).take();      // content type: Exposition::kContentType
// Contract: names follow [a-zA-Z_:][a-zA-Z0-9_:]*, label names the same without colon; a family is begun once; samples
// come right after their family. A breach is a bug and stops the process. Label values may hold any UTF-8 text.

#include <cstdint>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

#include "native/metrics/histogram.h"

namespace countersign::metrics {

struct Label {
    std::string_view name;
    std::string_view value;
};

class Exposition {
public:
    using Labels = std::initializer_list<Label>;
    static constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

    Exposition& counter(std::string_view name, std::string_view help) { return family(name, "counter", help); }

    Exposition& gauge(std::string_view name, std::string_view help) { return family(name, "gauge", help); }

    Exposition& histogram(std::string_view name, std::string_view help) { return family(name, "histogram", help); }

    Exposition& sample(Labels labels, int64_t value);
    // Microseconds, written as seconds.
    Exposition& sample_seconds(Labels labels, int64_t value_us);
    Exposition& durations(Labels labels, const DurationHistogram::Snapshot& value);

    std::string take() && { return std::move(text_); }

private:
    Exposition& family(std::string_view name, std::string_view type, std::string_view help);
    void line(std::string_view suffix, Labels labels, const Label* last, std::string_view value);

    std::string text_;
    std::string name_;
    std::string_view type_;
    std::set<std::string, std::less<>> families_;
};

// 1500000 -> "1.5", exactly.
std::string seconds_text(uint64_t us);

}  // namespace countersign::metrics
