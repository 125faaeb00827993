#pragma once
// A table of any number of rows of one height, of which only those on the screen exist. Scroll positions are counted in
// whole pixels of 64 bits, so a million rows scroll as evenly as ten (a float could not tell neighbouring rows apart).
//
// The table asks its source for what it shows and never more; a row that is not loaded yet is drawn as a placeholder
// and asked for again with the next frame.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "shell/ui/core/text.h"

namespace countersign::shell {

struct Column {
    std::string_view title;
    float width = 0;  // device pixels; 0: what is left over
    bool sortable = false;
    Align align = Align::left;
    std::string_view spoken = {};  // the name where there is no title to be seen
};

class RowSource {
public:
    virtual ~RowSource() = default;
    virtual int64_t count() const = 0;
    // False: not here yet; whoever owns the data is now loading it.
    virtual bool loaded(int64_t row) = 0;
    virtual std::string row_name(int64_t row) = 0;
    // Paints a cell and returns its text for screen readers.
    virtual std::string paint_cell(Ui& ui, int64_t row, int column, const Rect& rect) = 0;
    // Rows too narrow for columns are painted as a whole.
    virtual void paint_narrow(Ui& ui, int64_t row, const Rect& rect) = 0;
};

struct TableSpec {
    std::string_view key;
    std::string_view name;
    std::span<const Column> columns;
    int64_t selected = -1;
    int sorted_by = -1;
    bool descending = false;
    bool narrow = false;  // no columns, rows painted whole
    bool empty_header = false;
};

struct TableResult {
    std::optional<int64_t> selected;  // by arrow keys
    std::optional<int64_t> pressed;   // by pointer or node
    std::optional<int> sort_by;
    int64_t first_row = 0;  // what can be seen
    int64_t end_row = 0;
};

TableResult table(Ui& ui, const Rect& rect, const TableSpec& spec, RowSource& source);

}  // namespace countersign::shell
