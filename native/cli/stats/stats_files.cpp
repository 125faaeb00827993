#include "native/cli/stats/stats_files.h"

#include <utility>

#include "native/cli/console.h"
#include "native/cli/input_file.h"

namespace countersign::native {

namespace {

// "answers.csv: line 7, column 'label': ..."
Error in_file(const Error& error, const std::string& file) {
    Error out = error;
    const std::string name = file == "-" ? "standard input" : file;
    out.field = out.field.empty() || out.field == file ? name : name + ": " + out.field;
    return out;
}

Status feed_all(InputFile& source, table::RecordReader& reader) {
    Progress progress("read", "KiB");
    for (std::string piece; CS_TRY(source.next(piece)); piece.clear()) {
        CS_TRY_STATUS(reader.feed(piece));
        progress.at(source.read() / 1024, source.size() / 1024);
    }
    progress.finish();
    return reader.finish();
}

template <class Reader>
auto read_with(const std::string& file, Reader&& reader) -> decltype(reader.finish()) {
    CS_TRY_STATUS(read_records(file, reader));
    auto done = reader.finish();
    return done.ok() ? std::move(done) : decltype(done)(in_file(done.error(), file));
}

}  // namespace

Status read_records(const std::string& file, table::RecordSink& sink) {
    InputFile source = CS_TRY(InputFile::open(file));
    table::RecordReader reader(sink);
    const Status done = feed_all(source, reader);
    return done.ok() ? success() : Status(in_file(done.error(), file));
}

Result<table::NamedAnswers> read_answers(const AnswerOptions& options) {
    return read_with(options.file, table::AnswerReader(options.labels));
}

Result<table::NamedPredictions> read_predictions(const std::string& file) {
    return read_with(file, table::PredictionReader());
}

Result<table::NamedTimes> read_durations(const std::string& file) {
    return read_with(file, table::DurationReader());
}

Result<table::NamedAudit> read_audit(const std::string& file) {
    return read_with(file, table::AuditReader());
}

Result<table::NamedGivenLabels> read_given_labels(const std::string& file) {
    return read_with(file, table::GivenLabelReader());
}

}  // namespace countersign::native
