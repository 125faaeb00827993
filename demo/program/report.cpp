#include "demo/program/report.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/ppm.h"
#include "demo/classifier/millionths.h"

namespace countersign::demo {

namespace {

constexpr size_t kConfusions = 15;

// Fixed decimals without locale: "0.816".
std::string fixed(int64_t millionths, int decimals) {
    int64_t unit = 1'000'000;
    for (int i = 0; i < decimals; ++i) {
        unit /= 10;
    }
    const int64_t rounded = (millionths + (unit / 2)) / unit;
    const int64_t one = 1'000'000 / unit;
    std::string fraction = concat(rounded % one);
    fraction.insert(0, static_cast<size_t>(decimals) - std::min(fraction.size(), static_cast<size_t>(decimals)), '0');
    return concat(rounded / one, ".", fraction);
}

std::string left(std::string text, size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string right(const std::string& text, size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string percent(uint32_t part, uint32_t whole) {
    if (whole == 0) {
        return "-";
    }
    const double share = static_cast<double>(part) / whole;
    return to_percent(Ppm{static_cast<int32_t>(to_millionths(share))}, 1);
}

std::string topic_table(const Model& model, const Measures& measures) {
    std::string text = "topic                 texts  found      predicted  right\n";
    for (size_t i = 0; i < model.labels.size(); ++i) {
        const LabelMeasure& label = measures.labels[i];
        text += concat(left(model.labels[i], 20), right(concat(label.texts), 7), "  ",
                       left(percent(label.right, label.texts), 9), right(concat(label.predicted), 11), "  ",
                       percent(label.right, label.predicted), "\n");
    }
    return text;
}

std::string confusion_table(const Model& model, const Measures& measures) {
    std::string text = "texts  is -> was taken for\n";
    for (size_t i = 0; i < std::min(kConfusions, measures.confusions.size()); ++i) {
        const Confusion& confusion = measures.confusions[i];
        text += concat(right(concat(confusion.texts), 5), "  ", model.labels[confusion.answer], " -> ",
                       model.labels[confusion.predicted], "\n");
    }
    return text;
}

std::string share_table(const Measures& measures) {
    std::string text = "confidence    texts  share of all  wrong\n";
    for (const Share& share : measures.shares) {
        text += concat("at least ", fixed(to_millionths(share.floor), 1), right(concat(share.texts), 7), "  ",
                       left(percent(share.texts, measures.texts), 12), right(concat(share.wrong), 7), " (",
                       percent(share.wrong, share.texts), ")\n");
    }
    return text;
}

}  // namespace

std::string line_of(const CrossValidation& tried) {
    return concat(left(description_of(tried.candidate), 68), "  log loss ", fixed(tried.log_loss_millionths, 3),
                  "  accuracy ", fixed(tried.accuracy_millionths, 3), "\n");
}

std::string training_report(const Model& model) {
    std::string text = concat("model ", model.name, ": trained on ", model.examples, " examples (", model.references,
                              " of them entries of the index), ", model.labels.size(), " topics, ",
                              model.vocabulary.terms().size(), " terms\n");
    text += concat("training set SHA-256 ", model.examples_sha256, "\n");
    text += concat("chosen by five-fold cross-validation, least log loss: ", description_of(model.candidate),
                   ", temperature ", fixed(model.temperature_millionths, 3), "\n");
    for (const CrossValidation& tried : model.alternatives) {
        text += "  " + line_of(tried);
    }
    return text;
}

std::string evaluation_report(const Model& model, const Measures& measures) {
    std::string text = concat("evaluated on ", measures.texts, " texts\n");
    text += concat("accuracy ", percent(measures.right, measures.texts), " (", measures.right, " right)\n");
    text += concat("log loss ", fixed(to_millionths(measures.log_loss), 3), "\n");
    text += concat("expected calibration error ", fixed(to_millionths(measures.calibration_error), 3),
                   " (ten bins of equal width)\n\n");
    text += share_table(measures) + "\n" + topic_table(model, measures) + "\n" + confusion_table(model, measures);
    return text;
}

}  // namespace countersign::demo
