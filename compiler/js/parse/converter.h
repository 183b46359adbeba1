// SPDX-License-Identifier: Apache-2.0
//
// tree-sitter's tree → our Ast. tree-sitter is lenient: it takes reserved words
// as names, forgets that some places allow no line break, lets commas stand in
// a row… What of that shows in tokens is refused here, on the way; what shows
// in the tree is refused by early/.
//
// One construct, one file: convert_expressions.cpp, convert_patterns.cpp, …

#ifndef FCC_COMPILER_JS_PARSE_CONVERTER_H_
#define FCC_COMPILER_JS_PARSE_CONVERTER_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/js/parse/cst_parts.h"

namespace fcc::js {

class Converter {
 public:
  // The tree was made of the part of the file that begins at `base`, and of
  // what was inserted into it, which outlives this. With `find_blocks` a block
  // that tree-sitter took for an object is told by `blocks`, else it is
  // refused.
  Converter(Ast& ast, const Grammar& grammar, uint32_t base,
            const Insertions& insertions, bool find_blocks,
            const ParseOptions& options, diagnostics::Sink& sink);
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  // Statements that tree-sitter could not read are left out; who reports them
  // is Parse.
  NodeId ConvertProgram(TSNode root);
  // Where the insides of blocks begin that were read as objects, in the part.
  // When there are any, what was made and reported is worth nothing.
  std::vector<uint32_t> TakeBlocks();

 private:
  // The children of one node, comments left out. They live on a stack shared by
  // the whole conversion, so items are handed out as copies.
  class Children {
   public:
    Children(Converter& converter, const CstNode& parent);
    ~Children() { converter_.stack_.resize(begin_); }
    Children(const Children&) = delete;
    Children& operator=(const Children&) = delete;

    size_t size() const { return end_ - begin_; }
    CstNode operator[](size_t i) const { return converter_.stack_[begin_ + i]; }
    // Null kind kOther with an empty raw when there is none: ask `Has` first.
    CstNode Get(CstField field) const;
    bool Has(CstField field) const;
    CstNode Get(Cst kind) const;
    bool Has(Cst kind) const;
    // The first named child without a field.
    CstNode FirstNamed() const;

   private:
    Converter& converter_;
    size_t begin_;
    size_t end_;
  };

  // What `yield` and `await` mean, and whether code is strict.
  struct Context {
    bool generator = false;
    bool async = false;
    bool strict = false;
    // `await` is an identifier: sloppy scripts outside async functions.
    bool await_is_name = false;
  };

  CstNode Wrap(const CstPart& part) const;
  // Calls fn(CstNode) for each child, comments left out. A list is as long as
  // the text is: what it holds is converted while it is told.
  template <typename Fn>
  void ForEachPart(const CstNode& parent, Fn&& fn);
  // The first child, comments and brackets included; null when there is none.
  CstNode FirstPart(const CstNode& parent);
  bool IsModuleItem(const CstNode& node) const;
  std::string_view Text(const CstNode& node) const {
    return node.span.In(text_);
  }
  std::string_view Text(base::Span span) const { return span.In(text_); }

  template <typename... Args>
  void Error(diagnostics::Kind kind, base::Span span, const Args&... args) {
    sink_.Report(kind, {ast_.file().id(), span}, args...);
  }
  // "unexpected `text of the span`".
  void ErrorUnexpected(base::Span span);
  // Once a text.
  void ReportTooDeep(const CstNode& node);
  // One level down: `id` becomes what `inner` makes of the node, on a stack of
  // its own from kDeep on. False, and reported, past kMaxDepth.
  bool Descend(const CstNode& node, NodeId (Converter::*inner)(const CstNode&),
               NodeId& id);
  NodeId Broken(base::Span span) { return ast_.New<Kind::kNull>(span); }

  // ---- Text between tokens (trivia.cpp) ----
  bool HasLineBreak(uint32_t begin, uint32_t end) const;
  // Where the next token begins; `line_break` says if one was passed.
  uint32_t SkipTrivia(uint32_t at, bool& line_break) const;
  // After a statement that must end in `;`, a line break, `}` or the end.
  void CheckStatementEnd(const CstNode& statement);
  void CheckHtmlComment(const CstNode& comment);

  // ---- Names and literals (convert_literals.cpp) ----
  // The name with its escapes decoded.
  NameId NameFrom(base::Span span);
  NodeId IdentifierFrom(const CstNode& node);
  // An identifier that is `yield` or `await` read as an operator.
  NodeId WordAsIdentifier(base::Span span);
  NodeId PrivateNameFrom(const CstNode& node);
  NodeId StringLiteral(const CstNode& node);
  NodeId NumberLiteral(const CstNode& node);
  NodeId RegExpLiteral(const CstNode& node);
  NodeId TemplateLiteral(const CstNode& node, bool tagged);
  NodeId TemplateElementFrom(base::Span raw, bool tagged);

  // ---- Expressions ----
  NodeId Expr(const CstNode& node);
  NodeId ExprInner(const CstNode& node);
  NodeId ChainLink(const CstNode& node, bool& optional);
  NodeId ChainObject(const CstNode& node, bool& optional);
  NodeId CallFrom(const CstNode& node, bool& optional);
  NodeId MemberFrom(const CstNode& node, bool& optional);
  NodeId SubscriptFrom(const CstNode& node, bool& optional);
  NodeId NewFrom(const CstNode& node);
  NodeId Parenthesized(const CstNode& node);
  bool IsTypeArguments(BinaryOp op, NodeId left, NodeId right) const;
  NodeId BinaryFrom(const CstNode& node);
  NodeId UnaryFrom(const CstNode& node);
  NodeId UpdateFrom(const CstNode& node);
  NodeId AssignFrom(const CstNode& node);
  NodeId YieldFrom(const CstNode& node);
  NodeId AwaitFrom(const CstNode& node);
  NodeId ArrayFrom(const CstNode& node);
  NodeId ObjectFrom(const CstNode& node);
  NodeId MetaPropertyFrom(const CstNode& node);
  // `name argument` where tree-sitter took the name for an operator.
  NodeId OperandOfName(const CstNode& node, NodeId name,
                       const CstNode& argument, diagnostics::Kind otherwise);
  ListId ArgumentsFrom(const CstNode& node);
  NodeId SequenceFrom(const CstNode& node);
  // A key; sets flag::kComputed in `flags` for `[x]`.
  NodeId KeyFrom(const CstNode& node, uint16_t& flags);

  // ---- Patterns ----
  NodeId Target(const CstNode& node);
  NodeId TargetInner(const CstNode& node);
  NodeId ArrayPatternFrom(const CstNode& node);
  NodeId ObjectPatternFrom(const CstNode& node);
  NodeId DefaultFrom(const CstNode& node);
  NodeId RestFrom(const CstNode& node);

  // ---- Functions and classes ----
  NodeId FunctionFrom(const CstNode& node, Kind kind);
  NodeId ArrowFrom(const CstNode& node);
  NodeId MethodFunction(const Children& children, base::Span span,
                        uint16_t flags);
  ListId ParametersFrom(const CstNode& node, bool& simple);
  NodeId ParameterFrom(const CstNode& node);
  NodeId FunctionBody(const CstNode& node);
  // True when the statements of `body` open with "use strict".
  bool OpensStrict(const CstNode& body);
  NodeId ClassFrom(const CstNode& node, Kind kind,
                   std::vector<NodeId> decorators);
  void MemberOfClass(const CstNode& node, bool derived,
                     std::vector<NodeId>& decorators,
                     std::vector<NodeId>& members);
  // A method_definition stands in classes and in object literals.
  enum class MethodOf : uint8_t { kObject, kClass, kDerivedClass };
  NodeId MethodFrom(const CstNode& node, MethodOf owner,
                    std::vector<NodeId> decorators);
  NodeId FieldFrom(const CstNode& node, std::vector<NodeId> decorators);
  NodeId DecoratorFrom(const CstNode& node);

  // ---- Statements ----
  NodeId Stmt(const CstNode& node);
  NodeId StmtInner(const CstNode& node);
  // The statements among the children, from index `from` on.
  ListId Statements(const Children& children, size_t from, bool directives);
  NodeId Single(NodeId statement);
  void CheckLoneLet(const CstNode& statement);
  void CheckSemicolon(const CstNode& node);
  void CheckExpressionStart(const CstNode& node);
  bool FindBlocks(const CstNode& node);
  NodeId BlockFrom(const CstNode& node);
  NodeId VariableFrom(const CstNode& node);
  NodeId ForFrom(const CstNode& node);
  NodeId ForInFrom(const CstNode& node);
  NodeId TryFrom(const CstNode& node);
  NodeId SwitchFrom(const CstNode& node);
  NodeId ReturnFrom(const CstNode& node);
  NodeId JumpFrom(const CstNode& node, Kind kind);
  NodeId IfFrom(const CstNode& node);
  // The expression between round brackets of a statement's head.
  NodeId Condition(const CstNode& node);

  // ---- Modules ----
  NodeId ImportFrom(const CstNode& node);
  NodeId ExportFrom(const CstNode& node);
  NodeId ModuleName(const CstNode& node);

  // ---- TypeScript ----
  NodeId EnumFrom(const CstNode& node, uint16_t flags);
  NodeId NamespaceFrom(const CstNode& node, uint16_t flags);
  NodeId ImportAliasFrom(const CstNode& node);
  NodeId TypeDeclarationFrom(const CstNode& node);
  NodeId AmbientFrom(const CstNode& node);
  NodeId EntityName(const CstNode& node);

  Ast& ast_;
  const Grammar& grammar_;
  const std::string_view text_;
  const uint32_t base_;
  const Insertions& insertions_;
  const bool find_blocks_;
  const ParseOptions& options_;
  diagnostics::Sink& sink_;
  Context context_;
  bool typescript_ = false;
  bool module_ = false;
  // What tree-sitter took for an operand although a line break ends the
  // statement before it: a statement of its own. Empty kind kOther when none.
  CstNode split_at_ = {};
  std::vector<uint32_t> blocks_;
  // Conversion goes on on a deep stack from here on.
  static constexpr int kDeep = 200;

  int depth_ = 0;
  int deepest_ = 0;
  bool too_deep_reported_ = false;
  std::vector<CstNode> stack_;
  CstParts parts_;
};

template <typename Fn>
void Converter::ForEachPart(const CstNode& parent, Fn&& fn) {
  parts_.ForEach(parent.raw, parent.shown_at, [&](const CstPart& part) {
    const CstNode node = Wrap(part);
    if (node.kind == Cst::kHtmlComment) {
      CheckHtmlComment(node);
    } else if (node.kind != Cst::kComment) {
      fn(node);
    }
    return true;
  });
}

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_PARSE_CONVERTER_H_
