#include "core/rules/parser.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/rules/habits.h"
#include "core/rules/lexer.h"
#include "core/rules/literals.h"
#include "core/rules/macros.h"
#include "core/rules/source.h"

namespace countersign::rules {

namespace {

struct Level {
    std::string_view symbol;
    Operator op;
    int precedence;
};

constexpr int kOr = 1;
constexpr int kAnd = 2;
constexpr int kRelation = 3;
constexpr int kAddition = 4;
constexpr int kMultiplication = 5;

constexpr std::array<Level, 14> kLevels = {{
    {"||", Operator::none, kOr},
    {"&&", Operator::none, kAnd},
    {"<", Operator::less, kRelation},
    {"<=", Operator::less_equal, kRelation},
    {">", Operator::greater, kRelation},
    {">=", Operator::greater_equal, kRelation},
    {"==", Operator::equal, kRelation},
    {"!=", Operator::not_equal, kRelation},
    {"in", Operator::in, kRelation},
    {"+", Operator::add, kAddition},
    {"-", Operator::subtract, kAddition},
    {"*", Operator::multiply, kMultiplication},
    {"/", Operator::divide, kMultiplication},
    {"%", Operator::modulo, kMultiplication},
}};

class Parser {
public:
    Parser(Ast& ast, Tokens tokens) : ast_(ast), tokens_(std::move(tokens.all)), wrong_(std::move(tokens.error)) {}

    Status all() {
        if (tokens_.size() == 1 && token().kind == TokenKind::end) {
            return error(0, "the expression is empty");
        }
        ast_.root = CS_TRY(expression());
        if (token().kind != TokenKind::end) {
            return unexpected("an operator or the end");
        }
        return success();
    }

private:
    const Token& token() const { return tokens_[at_]; }

    std::string_view text(const Token& t) const {
        return std::string_view(ast_.source).substr(t.begin, t.end - t.begin);
    }

    std::string_view text() const { return text(token()); }

    bool at(std::string_view symbol) const { return token().kind == TokenKind::symbol && text() == symbol; }

    bool take(std::string_view symbol) {
        const bool found = at(symbol);
        at_ += found ? 1 : 0;
        return found;
    }

    Error error(uint32_t offset, std::string message) const {
        return error_at(ast_.source, offset, std::move(message));
    }

    // "expected ')' before 'and'; CEL writes && for and"
    Error unexpected(std::string_view wanted) const {
        if (token().kind == TokenKind::wrong) {
            return wrong_.error();
        }
        const bool end = token().kind == TokenKind::end;
        const std::string found = end ? "the end" : concat("'", utf8::shortened(text(), 30), "'");
        const std::string_view previous = at_ > 0 ? text(tokens_[at_ - 1]) : std::string_view();
        const std::string_view next = end ? std::string_view() : text(tokens_[at_ + 1]);
        return error(token().begin,
                     concat("expected ", wanted, " before ", found, habit_advice(previous, text(), next)));
    }

    Status expect(std::string_view symbol) {
        if (!take(symbol)) {
            return unexpected(concat("'", symbol, "'"));
        }
        return success();
    }

    Result<NodeId> add(Node node) {
        for (const NodeId child : node.children) {
            node.height = std::max(node.height, ast_[child].height + 1);
        }
        if (node.height > kMaxHeight) {
            return fail(
                ErrorCode::exhausted,
                concat("more than ", kMaxHeight, " operators upon each other; split the condition, or use a list"),
                place_of(ast_.source, node.offset));
        }
        ast_.nodes.push_back(std::move(node));
        return static_cast<NodeId>(ast_.nodes.size() - 1);
    }

    Result<NodeId> expression() {
        if (nesting_ >= kMaxNesting) {
            return fail(ErrorCode::exhausted, concat("more than ", kMaxNesting, " levels of parentheses and brackets"),
                        place_of(ast_.source, token().begin));
        }
        ++nesting_;
        const NodeId whole = CS_TRY(conditional());
        --nesting_;
        return whole;
    }

    Result<NodeId> conditional() {
        const NodeId condition = CS_TRY(binary(kOr));
        if (!at("?")) {
            return condition;
        }
        const uint32_t offset = token().begin;
        ++at_;
        const NodeId yes = CS_TRY(binary(kOr));
        if (!take(":")) {
            return unexpected("':' and the other value of condition ? value : other");
        }
        const NodeId no = CS_TRY(expression());
        Node node{.kind = NodeKind::conditional, .begin = ast_[condition].begin, .offset = offset};
        node.children = {condition, yes, no};
        return add(std::move(node));
    }

    const Level* level() const {
        const bool word = token().kind == TokenKind::name && text() == "in";
        if (token().kind != TokenKind::symbol && !word) {
            return nullptr;
        }
        const auto found =
            std::find_if(kLevels.begin(), kLevels.end(), [&](const Level& l) { return l.symbol == text(); });
        return found == kLevels.end() ? nullptr : &*found;
    }

    Result<NodeId> binary(int lowest) {
        NodeId left = CS_TRY(unary());
        for (const Level* l = level(); l != nullptr && l->precedence >= lowest; l = level()) {
            left = l->op == Operator::none ? CS_TRY(logical(left, *l)) : CS_TRY(operation(left, *l));
        }
        return left;
    }

    Result<NodeId> operation(NodeId left, const Level& l) {
        Node node{.kind = NodeKind::binary, .op = l.op, .begin = ast_[left].begin, .offset = token().begin};
        ++at_;
        node.children = {left, CS_TRY(binary(l.precedence + 1))};
        return add(std::move(node));
    }

    // a && b && c is one node: a long chain is not deep.
    Result<NodeId> logical(NodeId left, const Level& l) {
        const NodeKind kind = l.precedence == kOr ? NodeKind::any_of : NodeKind::all_of;
        Node node{.kind = kind, .begin = ast_[left].begin, .offset = token().begin};
        node.children = {left};
        while (take(l.symbol)) {
            node.children.push_back(CS_TRY(binary(l.precedence + 1)));
        }
        return add(std::move(node));
    }

    bool number_follows_minus() const {
        const TokenKind after = tokens_[at_ + 1].kind;
        return at("-") && (after == TokenKind::integer || after == TokenKind::decimal);
    }

    // A run of ! and - is read without recursion.
    Result<NodeId> unary() {
        std::vector<Token> signs;
        while ((at("!") || at("-")) && !number_follows_minus()) {
            signs.push_back(token());
            ++at_;
        }
        NodeId operand = CS_TRY(member());
        for (; !signs.empty(); signs.pop_back()) {
            const Token& sign = signs.back();
            const NodeKind kind = text(sign) == "!" ? NodeKind::invert : NodeKind::negate;
            Node node{.kind = kind, .begin = sign.begin, .offset = sign.begin};
            node.children = {operand};
            operand = CS_TRY(add(std::move(node)));
        }
        return operand;
    }

    Result<NodeId> member() {
        NodeId left = CS_TRY(primary());
        for (;;) {
            if (at(".")) {
                left = CS_TRY(dot(left));
            } else if (at("[")) {
                left = CS_TRY(index(left));
            } else {
                return left;
            }
        }
    }

    Result<NodeId> dot(NodeId left) {
        ++at_;
        const bool optional = take("?");
        const Token name = token();
        const bool quoted = name.kind == TokenKind::quoted_name;
        if (name.kind != TokenKind::name && !quoted) {
            return unexpected("the name of a field or function");
        }
        ++at_;
        std::string_view spelt = text(name);
        if (quoted) {
            spelt = spelt.substr(1, spelt.size() - 2);
        }
        if (!optional && !quoted && at("(")) {
            return call(spelt, name, &left);
        }
        Node node{.kind = NodeKind::select, .optional = optional, .begin = ast_[left].begin, .offset = name.begin};
        node.text = spelt;
        node.children = {left};
        return add(std::move(node));
    }

    Result<NodeId> index(NodeId left) {
        Node node{.kind = NodeKind::index, .begin = ast_[left].begin, .offset = token().begin};
        ++at_;
        node.optional = take("?");
        node.children = {left, CS_TRY(expression())};
        CS_TRY(expect("]"));
        return add(std::move(node));
    }

    Result<NodeId> call(std::string_view name, const Token& at_name, const NodeId* receiver) {
        ++at_;  // (
        std::vector<NodeId> arguments;
        while (!at(")")) {
            arguments.push_back(CS_TRY(expression()));
            if (!at(")") && !take(",")) {
                return unexpected("')' or ','");
            }
        }
        ++at_;
        Node node{
            .kind = NodeKind::call, .method = receiver != nullptr, .begin = at_name.begin, .offset = at_name.begin};
        node.begin = receiver != nullptr ? ast_[*receiver].begin : at_name.begin;
        node.text = name;
        const MacroCall macro{name, node.method, receiver != nullptr ? *receiver : 0, arguments, at_name.begin};
        if (CS_TRY(expand_macro(ast_, macro, node))) {
            return add(std::move(node));
        }
        if (receiver != nullptr) {
            node.children.push_back(*receiver);
        }
        node.children.insert(node.children.end(), arguments.begin(), arguments.end());
        return add(std::move(node));
    }

    Result<NodeId> primary() {
        const Token t = token();
        switch (t.kind) {
            case TokenKind::integer:
            case TokenKind::decimal: return number(t, false);
            case TokenKind::string: {
                ++at_;
                return constant(t, CS_TRY(text_literal({ast_.source, t.begin, t.end}, ast_.arena)));
            }
            case TokenKind::name: return name(t, false);
            case TokenKind::symbol: return symbol(t);
            case TokenKind::quoted_name: return error(t.begin, "a name in backticks stands only behind a dot");
            case TokenKind::end:
            case TokenKind::wrong: break;
        }
        return missing_value();
    }

    Error missing_value() const {
        const bool after_percent = at_ > 0 && text(tokens_[at_ - 1]) == "%";
        return unexpected(after_percent ? "a value after '%' (write 0.8 for 80 %)" : "a value");
    }

    Result<NodeId> symbol(const Token& t) {
        const Token after = tokens_[at_ + 1];  // a symbol is never the last token
        if (number_follows_minus()) {
            ++at_;
            return number(after, true);
        }
        if (take("(")) {
            const NodeId inside = CS_TRY(expression());
            CS_TRY(expect(")"));
            ast_.nodes[inside].begin = t.begin;
            ast_.nodes[inside].enclosed = true;
            return inside;
        }
        if (at("[")) {
            return list();
        }
        if (at("{")) {
            return map();
        }
        if (at(".") && after.kind == TokenKind::name) {
            ++at_;
            return name(after, true);
        }
        return missing_value();
    }

    Result<NodeId> constant(const Token& t, Value value) {
        return add(Node{.kind = NodeKind::constant, .begin = t.begin, .offset = t.begin, .constant = value});
    }

    Result<NodeId> number(const Token& t, bool negative) {
        ++at_;
        const Literal literal{ast_.source, t.begin, t.end};
        return constant(t, t.kind == TokenKind::integer ? CS_TRY(integer_literal(literal, negative))
                                                        : CS_TRY(decimal_literal(literal, negative)));
    }

    Result<NodeId> name(const Token& t, bool rooted) {
        const std::string_view word = text(t);
        if (word == "true" || word == "false" || word == "null") {
            ++at_;
            return constant(t, word == "null" ? Value::null() : Value::boolean(word == "true"));
        }
        if (word == "in") {
            return missing_value();
        }
        if (const std::string advice = reserved_advice(word); !advice.empty()) {
            return error(t.begin, advice);
        }
        ++at_;
        const bool operand_follows = token().kind == TokenKind::name || token().kind == TokenKind::string;
        if ((word == "not" || word == "NOT") && operand_follows && text() != "in") {
            return error(t.begin, concat("CEL writes ! for ", word));
        }
        if (at("(")) {
            return call(word, t, nullptr);
        }
        Node node{.kind = NodeKind::name, .rooted = rooted, .begin = t.begin, .offset = t.begin};
        node.text = word;
        return add(std::move(node));
    }

    Status element(Node& node, std::string_view close) {
        if (node.children.size() >= 2 * kMaxElements) {
            return fail(ErrorCode::exhausted, concat("more than ", kMaxElements, " elements in a list or map"),
                        place_of(ast_.source, token().begin));
        }
        node.optional_children.push_back(take("?"));
        node.children.push_back(CS_TRY(expression()));
        if (node.kind == NodeKind::map) {
            CS_TRY(expect(":"));
            node.children.push_back(CS_TRY(expression()));
        }
        if (!at(close) && !take(",")) {
            return unexpected(concat("'", close, "' or ','"));
        }
        return success();
    }

    Result<NodeId> elements(NodeKind kind, std::string_view close) {
        Node node{.kind = kind, .begin = token().begin, .offset = token().begin};
        ++at_;
        while (!at(close)) {
            CS_TRY(element(node, close));
        }
        ++at_;
        return add(std::move(node));
    }

    Result<NodeId> list() { return elements(NodeKind::list, "]"); }

    Result<NodeId> map() { return elements(NodeKind::map, "}"); }

    Ast& ast_;
    std::vector<Token> tokens_;
    Status wrong_;  // why the last token is none
    size_t at_ = 0;
    uint32_t nesting_ = 0;
};

}  // namespace

std::string_view operator_text(Operator op) {
    const auto found = std::find_if(kLevels.begin(), kLevels.end(), [&](const Level& l) { return l.op == op; });
    return found == kLevels.end() ? "" : found->symbol;
}

Result<Ast> parse(std::string_view source) {
    if (source.size() > kMaxSource_bytes) {
        return fail(ErrorCode::exhausted,
                    concat("the expression has ", source.size(), " bytes; at most ", kMaxSource_bytes, " are allowed"),
                    "column 1");
    }
    if (utf8::first_invalid(source) != utf8::kValid) {
        return fail(ErrorCode::invalid_argument, "the expression is not valid UTF-8", "column 1");
    }
    Ast ast;
    ast.source = source;
    CS_TRY(Parser(ast, tokens_of(ast.source)).all());
    return ast;
}

}  // namespace countersign::rules
