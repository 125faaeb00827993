#include "native/cli/stats/exported_file.h"

#include <utility>

#include "core/base/concat.h"
#include "native/cli/console.h"
#include "native/cli/input_file.h"

namespace countersign::native {

namespace {

constexpr size_t kLongestLine_bytes = size_t{4} << 20;

class Lines {
public:
    Lines(std::string name, const std::function<void(const table::ExportedItem&)>& take)
        : name_(std::move(name)), take_(take) {}

    Status feed(std::string_view piece) {
        for (size_t end = piece.find('\n'); end != std::string_view::npos; end = piece.find('\n')) {
            line_ += piece.substr(0, end);
            piece.remove_prefix(end + 1);
            CS_TRY_STATUS(finish_line());
        }
        line_ += piece;
        return line_.size() <= kLongestLine_bytes
                   ? success()
                   : Status(error({ErrorCode::exhausted, "a record has at most 4 MiB", {}}));
    }

    Status finish() {
        CS_TRY_STATUS(finish_line());
        return records_ > 0 ? success() : Status(fail(ErrorCode::invalid_argument, "has no record", name_));
    }

private:
    Status finish_line() {
        ++number_;
        if (line_.find_first_not_of(" \t\r") == std::string::npos) {
            line_.clear();
            return success();
        }
        const auto item = table::read_exported(line_);
        line_.clear();
        if (!item.ok()) {
            return error(item.error());
        }
        ++records_;
        take_(item.value());
        return success();
    }

    Error error(Error of) const {
        of.field = concat(name_, ": line ", number_, of.field.empty() ? "" : ", ", of.field);
        return of;
    }

    std::string name_;
    const std::function<void(const table::ExportedItem&)>& take_;
    std::string line_;
    uint64_t number_ = 0;
    uint64_t records_ = 0;
};

}  // namespace

Status read_export(const std::string& file, const std::function<void(const table::ExportedItem&)>& take) {
    InputFile source = CS_TRY(InputFile::open(file));
    Lines lines(file == "-" ? "standard input" : file, take);
    Progress progress("read", "KiB");
    for (std::string piece; CS_TRY(source.next(piece)); piece.clear()) {
        CS_TRY_STATUS(lines.feed(piece));
        progress.at(source.read() / 1024, source.size() / 1024);
    }
    progress.finish();
    return lines.finish();
}

}  // namespace countersign::native
