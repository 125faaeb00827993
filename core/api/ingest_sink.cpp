#include "core/api/ingest_sink.h"

#include <algorithm>

#include "core/api/answers.h"
#include "core/base/concat.h"

namespace countersign::api {

namespace {

class LinesSink : public BodySink {
public:
    LinesSink(ProjectId project, ActorId actor, const ApiLimits& limits)
        : project_(std::move(project)), actor_(std::move(actor)), limits_(limits), reader_(limits) {}

    Result<Work> feed(std::string_view piece) override {
        CS_TRY_STATUS(reader_.feed(piece));
        return reader_.has_lines() ? take() : Work();
    }

    Response finish(Workspace& workspace) override {
        auto rest = reader_.finish();
        auto done = take()(workspace);
        if (!rest.ok() || !done.ok()) {
            return problem(rest.ok() ? done.error() : rest.error());
        }
        summary_.lines = reader_.lines_read();
        std::sort(summary_.errors.begin(), summary_.errors.end(),
                  [](const LineError& a, const LineError& b) { return a.line < b.line; });
        // Lines were refused, others are in: the caller has to look, so it is no plain success.
        return json_response(summary_.failed == 0 ? 200 : 207, to_json(summary_));
    }

private:
    Work take() {
        return [this, lines = reader_.take_lines(), errors = reader_.take_errors()](Workspace& workspace) {
            for (const LineError& error : errors) {
                summary_.report(error, limits_.reported_errors);
            }
            return ingest(workspace, project_, actor_, lines, summary_);
        };
    }

    ProjectId project_;
    ActorId actor_;
    ApiLimits limits_;
    IngestReader reader_;
    IngestSummary summary_;  // touched on the writer lane only
};

// A whole JSON document; bounded like any other request, because it has to be held to be parsed.
class DocumentSink : public BodySink {
public:
    DocumentSink(ProjectId project, ActorId actor, const ApiLimits& limits)
        : project_(std::move(project)), actor_(std::move(actor)), limits_(limits) {}

    Result<Work> feed(std::string_view piece) override {
        if (body_.size() + piece.size() > limits_.push_bytes) {
            return fail(ErrorCode::exhausted,
                        concat("a JSON document may have at most ", limits_.push_bytes,
                               " bytes; send JSON Lines (application/jsonl), which has no such limit"));
        }
        body_.append(piece);
        return Work();
    }

    Response finish(Workspace& workspace) override { return or_problem(record(workspace)); }

private:
    Result<Response> record(Workspace& workspace) {
        const Json json = CS_TRY(parse_json(body_, {.members = 100'000}));
        IngestSummary summary;
        std::vector<ReadLine> lines;
        const JsonArray one{json};
        const JsonArray& all = json.array() != nullptr ? *json.array() : one;
        for (const Json& line : all) {
            ++summary.lines;
            auto read = read_ingest_line(line);
            if (read.ok()) {
                lines.push_back({summary.lines, std::move(read).value()});
            } else {
                summary.report({summary.lines, read.error()}, limits_.reported_errors);
            }
        }
        CS_TRY_STATUS(ingest(workspace, project_, actor_, lines, summary));
        return json_response(summary.failed == 0 ? 200 : 207, to_json(summary));
    }

    ProjectId project_;
    ActorId actor_;
    ApiLimits limits_;
    std::string body_;
};

}  // namespace

Result<std::unique_ptr<BodySink>> make_ingest_sink(const ProjectId& project, const ActorId& actor,
                                                   const ApiLimits& limits, std::string_view content_type) {
    const std::string_view type = content_type.substr(0, content_type.find(';'));
    if (type == "application/json") {
        return std::unique_ptr<BodySink>(std::make_unique<DocumentSink>(project, actor, limits));
    }
    if (type == "application/jsonl" || type == "application/x-ndjson" || type == "application/jsonlines") {
        return std::unique_ptr<BodySink>(std::make_unique<LinesSink>(project, actor, limits));
    }
    return fail(ErrorCode::invalid_argument,
                concat("'", type.substr(0, 60), "' is not read here; send application/jsonl or application/json"),
                "content-type");
}

}  // namespace countersign::api
