#include "core/rules/compiler.h"

#include "core/base/concat.h"
#include "core/rules/fallible.h"
#include "core/rules/parser.h"
#include "core/rules/source.h"

namespace countersign::rules {

namespace {

Status check_result(const Ast& ast, const Checked& checked, const CompileOptions& options) {
    const Type& found = checked.types[ast.root];
    if (!options.result || found.kind == options.result->kind || found.kind == Kind::dyn) {
        return success();
    }
    return error_at(ast.source, ast[ast.root].begin,
                    concat(options.what, " must be ", options.result->text(), ", but is ", found.text()));
}

}  // namespace

Compiler::Compiler(const Ast& ast, const Checked& checked, Code& code, const CompileOptions& options)
    : ast_(ast),
      checked_(checked),
      emitter_(code),
      folding_(ast, checked, code.arena, {.refuse_failures = options.strict && options.refuse_constant_failures}),
      options_(options),
      fallible_(fallible_nodes(ast, checked)),
      locals_(checked.locals) {}

Status Compiler::all() {
    const Emitter::Block block(emitter_);
    if (kind(ast_.root) == Kind::boolean) {
        // A condition ends where it is decided.
        Label no;
        CS_TRY(condition(ast_.root, false, no));
        emitter_.emit({.op = Op::finish, .a = emitter_.constant(Value::boolean(true))});
        emitter_.bind(no);
        emitter_.emit({.op = Op::finish, .a = emitter_.constant(Value::boolean(false))});
        return finished();
    }
    const Operand result = CS_TRY(operand(ast_.root));
    emitter_.stand_at(ast_[ast_.root].begin);
    if (options_.result && options_.result->kind == Kind::boolean && kind(ast_.root) != Kind::boolean) {
        emitter_.emit({.op = Op::require_bool, .a = result});
    }
    emitter_.emit({.op = Op::finish, .a = result});
    return finished();
}

Status Compiler::finished() const {
    if (emitter_.overflowed()) {
        return fail(ErrorCode::exhausted, "the expression needs too many constants or intermediate values", "column 1");
    }
    return success();
}

Result<Program> compile(std::string_view source, const Environment& environment, const CompileOptions& options) {
    const Ast ast = CS_TRY(parse(source));
    const Checked checked = CS_TRY(check(ast, environment, options.strict));
    CS_TRY(check_result(ast, checked, options));
    auto code = std::make_shared<Code>();
    code->environment = environment;
    code->source = source;
    code->result = checked.types[ast.root];
    CS_TRY(Compiler(ast, checked, *code, options).all());
    code->cost = code->instructions.size();
    return Program(std::move(code));
}

const std::string& Program::source() const {
    return code_->source;
}

const Type& Program::result() const {
    return code_->result;
}

const Environment& Program::environment() const {
    return code_->environment;
}

}  // namespace countersign::rules
