#pragma once
// What was decided, newest first: to be undone until it is synced, amended afterwards.

#include <cstdint>
#include <string>

#include "shell/models/common.h"

namespace countersign::shell {

struct DoneRow {
    std::string review;  // id
    std::string item;
    std::string text;
    Verdict verdict = Verdict::accept;
    LabelModel label;
    std::string when;
    FateModel fate;
    bool can_undo = false;
    bool can_amend = false;
};

class DoneRows {
public:
    virtual ~DoneRows() = default;
    virtual int64_t count() const = 0;
    virtual const DoneRow* row(int64_t index) = 0;
};

struct DoneModel {
    std::string project;
    LoadModel load;
    DoneRows* rows = nullptr;
    int64_t selected = -1;
    std::string search;
};

}  // namespace countersign::shell
