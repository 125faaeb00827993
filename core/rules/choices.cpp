#include "core/rules/choices.h"

#include <algorithm>
#include <string>

#include "core/rules/diagnosis.h"
#include "core/rules/source.h"

namespace countersign::rules {

namespace {

Status check_text(const Ast& ast, NodeId field, const Field& declared, const Node& text) {
    if (text.kind != NodeKind::constant || !text.constant.is(Kind::string)) {
        return success();
    }
    const std::string value(text.constant.as_text());
    if (std::find(declared.choices.begin(), declared.choices.end(), value) != declared.choices.end()) {
        return success();
    }
    const std::string path = dotted_name(ast, field);
    return error_at(ast.source, text.begin, never_holds(path.empty() ? declared.name : path, value, declared.choices));
}

}  // namespace

Status check_choices(const Ast& ast, const Checked& checked, const Node& comparison) {
    if (comparison.op != Operator::equal && comparison.op != Operator::not_equal && comparison.op != Operator::in) {
        return success();
    }
    for (const size_t side : {size_t{0}, size_t{1}}) {
        const NodeId field = comparison.children[side];
        const Field* declared = checked.references[field].field;
        if (declared == nullptr || declared->choices.empty()) {
            continue;
        }
        const Node& other = ast[comparison.children[1 - side]];
        CS_TRY(check_text(ast, field, *declared, other));
        for (const NodeId element : other.kind == NodeKind::list ? other.children : std::vector<NodeId>{}) {
            CS_TRY(check_text(ast, field, *declared, ast[element]));
        }
    }
    return success();
}

}  // namespace countersign::rules
