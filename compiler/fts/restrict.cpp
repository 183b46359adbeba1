// SPDX-License-Identifier: Apache-2.0

#include "compiler/fts/restrict.h"

#include <algorithm>
#include <map>

#include "runtime/base/format.h"

namespace fcc::fts {

using diagnostics::Kind;
using js::NodeId;
using NodeKind = js::Kind;

namespace {

class Restricter : public js::Rewriter {
 public:
  Restricter(js::Ast& tree,
             const std::function<std::string(std::string_view)>& resolve,
             const std::set<std::string, std::less<>>& shown,
             diagnostics::Sink& sink)
      : js::Rewriter(tree), resolve_(resolve), shown_(shown), sink_(sink) {}

  NodeId Visit(NodeId id) override;
  // Declares the names that are undefined here.
  void DeclareUnknown();
  Restricted Take() { return std::move(result_); }

 private:
  void RefuseStatement(NodeId id, std::string_view word);
  // True when the name is not there.
  bool VisitIdentifier(NodeId id);
  NodeId VisitRead(NodeId id);
  NodeId VisitConstructor(NodeId id, NodeId object);
  // An assignment's or delete's operand: its own last step is no reading.
  void VisitTarget(NodeId id);
  NodeId VisitCall(NodeId id);
  NodeId VisitString(NodeId id);
  bool IsToString(NodeId id) const;
  bool IsFree(NodeId id, std::string_view name) const;
  bool ReadsConstructor(NodeId id) const;

  // The function called `name`, with its text where that is shown.
  NodeId WithText(std::string_view name, NodeId function);
  std::string_view KeyText(NodeId key) const;

  const std::function<std::string(std::string_view)>& resolve_;
  const std::set<std::string, std::less<>>& shown_;
  diagnostics::Sink& sink_;
  Restricted result_;
  // In the order of their names, so that the output depends on nothing else.
  std::map<std::string, js::SymbolId, std::less<>> unknown_;
  // Patterns round the node: what stands in them is mostly written.
  int patterns_ = 0;
};

}  // namespace

// What the language has, and what lowered code may stand on: the parts of the
// standard library that reach nothing outside.
static constexpr std::string_view kKnownGlobals[] = {
    "Array",
    "Boolean",
    "Date",
    "Error",
    "Infinity",
    "JSON",
    "Map",
    "Math",
    "NaN",
    "Number",
    "Object",
    "RangeError",
    "RegExp",
    "Set",
    "String",
    "Symbol",
    "TypeError",
    "arguments",
    "console",
    "decodeURI",
    "decodeURIComponent",
    "encodeURI",
    "encodeURIComponent",
    "getDate",
    "getRegExp",
    "isFinite",
    "isNaN",
    "module",
    "parseFloat",
    "parseInt",
    "require",
    "undefined",
};

bool Restricter::IsFree(NodeId id, std::string_view name) const {
  return ast.Is(id, NodeKind::kIdentifier) &&
         ast.SymbolOf(id) == js::SymbolId::kNone && ast.NameTextOf(id) == name;
}

void Restricter::RefuseStatement(NodeId id, std::string_view word) {
  base::Span span = ast[id].span;
  const uint32_t length = static_cast<uint32_t>(word.size());
  span.end = std::min(span.end, span.begin + length);
  sink_.Report(Kind::kFtsStatement, {ast.file().id(), span}, std::string(word));
}

bool Restricter::VisitIdentifier(NodeId id) {
  if (ast.SymbolOf(id) != js::SymbolId::kNone) {
    return false;
  }
  const std::string name(ast.NameTextOf(id));
  if (std::find(std::begin(kKnownGlobals), std::end(kKnownGlobals), name) !=
      std::end(kKnownGlobals)) {
    result_.uses_get_date |= name == "getDate";
    result_.uses_get_reg_exp |= name == "getRegExp";
    return false;
  }
  const auto [at, added] = unknown_.try_emplace(name);
  if (added) {
    js::Symbol symbol;
    // Code that may be strict declares no variable of this one name.
    symbol.name = ast.Intern(name == "eval" ? "_eval" : name);
    at->second = ast.NewSymbol(symbol);
    const source::Location location = ast.LocationOf(id);
    if (name == "exports") {
      sink_.Report(Kind::kFtsExports, location);
    } else {
      sink_.Report(Kind::kFtsUnknownGlobal, location, name);
    }
  }
  ast.As<js::Identifier>(id).set_symbol(at->second);
  return true;
}

// Reading a name that is not there throws, whatever the web view has under it.
NodeId Restricter::VisitRead(NodeId id) {
  if (!VisitIdentifier(id) || patterns_ != 0) {
    return id;
  }
  result_.uses_unknown = true;
  const base::Span span = ast[id].span;
  const std::string name(ast.NameTextOf(id));
  return ast.NewCall(span, ast.NewGlobal(span, kUnknown),
                     {id, ast.NewString(span, name)});
}

bool Restricter::ReadsConstructor(NodeId id) const {
  if (ast.Is(id, NodeKind::kMember)) {
    return ast.TextOf(ast.As<js::Member>(id).name()) == "constructor";
  }
  if (ast.Is(id, NodeKind::kIndex)) {
    const NodeId index = ast.As<js::Index>(id).index();
    return ast.Is(index, NodeKind::kString) &&
           ast.NameTextOf(index) == "constructor";
  }
  return false;
}

NodeId Restricter::VisitConstructor(NodeId id, NodeId object) {
  result_.uses_constructor_of = true;
  const base::Span span = ast[id].span;
  const NodeId visited = Visit(object);
  return ast.NewCall(span, ast.NewGlobal(span, kConstructorOf), {visited});
}

void Restricter::VisitTarget(NodeId id) {
  if (ast.Is(id, NodeKind::kMember) || ast.Is(id, NodeKind::kIndex)) {
    VisitChildren(id);
  } else if (ast.Is(id, NodeKind::kIdentifier)) {
    VisitIdentifier(id);
  } else {
    Visit(id);
  }
}

// `x.toString()`, of whatever x.
bool Restricter::IsToString(NodeId id) const {
  const js::Call call = ast.As<js::Call>(id);
  return ast.Is(call.callee(), NodeKind::kMember) &&
         !ast[id].Has(js::flag::kOptional) &&
         !ast[call.callee()].Has(js::flag::kOptional) &&
         !ast.Is(ast.As<js::Member>(call.callee()).object(),
                 NodeKind::kSuper) &&
         ast.Items(call.arguments()).empty() &&
         ast.TextOf(ast.As<js::Member>(call.callee()).name()) == "toString";
}

NodeId Restricter::VisitCall(NodeId id) {
  js::Call call = ast.As<js::Call>(id);
  if (IsToString(id)) {
    result_.uses_to_string = true;
    const base::Span span = ast[id].span;
    const NodeId object = Visit(ast.As<js::Member>(call.callee()).object());
    return ast.NewCall(span, ast.NewGlobal(span, kToString), {object});
  }
  if (!IsFree(call.callee(), "require")) {
    VisitChildren(id);
    return id;
  }
  const auto arguments = ast.Items(call.arguments());
  if (arguments.size() != 1 || !ast.Is(arguments[0], NodeKind::kString)) {
    sink_.Report(Kind::kFtsRequireArgument, ast.LocationOf(id));
    return id;
  }
  const std::string written(ast.NameTextOf(arguments[0]));
  const source::Location location = ast.LocationOf(arguments[0]);
  const std::string path = resolve_(written);
  if (path.empty()) {
    sink_.Report(Kind::kFtsRequireMissing, location, written,
                 ast.file().path());
    return id;
  }
  arguments[0] = ast.NewString(location.span, path);
  std::vector<std::string>& paths = result_.requires_paths;
  if (std::find(paths.begin(), paths.end(), path) == paths.end()) {
    paths.push_back(path);
  }
  return id;
}

NodeId Restricter::WithText(std::string_view name, NodeId function) {
  const bool is_function = ast.Is(function, NodeKind::kFunction) ||
                           ast.Is(function, NodeKind::kArrow);
  if (!is_function || ast[function].Has(js::flag::kMethod) ||
      !shown_.contains(name)) {
    return function;
  }
  result_.uses_text = true;
  const base::Span span = ast[function].span;
  return ast.NewCall(
      span, ast.NewGlobal(span, kText),
      {function, ast.NewString(span, span.In(ast.file().text()))});
}

std::string_view Restricter::KeyText(NodeId key) const {
  return ast.Is(key, NodeKind::kName) || ast.Is(key, NodeKind::kString)
             ? ast.NameTextOf(key)
             : std::string_view();
}

// What a string literal says. Differs from JavaScript: a backslash that begins
// no escape of the language stays, so that `getRegExp('\d+')` is what it looks
// like; real libraries count on it.
NodeId Restricter::VisitString(NodeId id) {
  const base::Span span = ast[id].span;
  std::string_view raw = span.In(ast.file().text());
  if (raw.size() < 2 || raw.find('\\') == std::string_view::npos) {
    return id;
  }
  raw = raw.substr(1, raw.size() - 2);
  std::string text;
  bool differs = false;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      text += raw[i];
      continue;
    }
    switch (raw[++i]) {
      case 'n':
        text += '\n';
        break;
      case 't':
        text += '\t';
        break;
      case 'r':
        text += '\r';
        break;
      case '\\':
      case '\'':
      case '"':
        text += raw[i];
        break;
      case 'x':
      case 'u':
      case '\n':
      case '\r':
        // As JavaScript has them; one literal follows one rule or the other.
        return id;
      default:
        differs = true;
        text += '\\';
        text += raw[i];
        break;
    }
  }
  return differs ? ast.NewString(span, text) : id;
}

NodeId Restricter::Visit(NodeId id) {
  switch (ast.KindOf(id)) {
    case NodeKind::kThrow:
      RefuseStatement(id, "throw");
      break;
    case NodeKind::kWith:
      RefuseStatement(id, "with");
      break;
    case NodeKind::kAwait:
      RefuseStatement(id, "await");
      break;
    case NodeKind::kImport:
    case NodeKind::kImportCall:
    case NodeKind::kImportMeta:
      RefuseStatement(id, "import");
      return id;
    case NodeKind::kExportDeclaration:
    case NodeKind::kExportNamed:
    case NodeKind::kExportDefault:
    case NodeKind::kExportAll:
      RefuseStatement(id, "export");
      return id;
    case NodeKind::kFunction:
    case NodeKind::kFunctionDeclaration:
    case NodeKind::kArrow:
      if (ast[id].Has(js::flag::kAsync)) {
        RefuseStatement(id, "async");
      } else if (!ast.Is(id, NodeKind::kArrow) &&
                 ast[id].Has(js::flag::kGenerator)) {
        RefuseStatement(id, "function*");
      }
      break;
    case NodeKind::kIdentifier:
      return VisitRead(id);
    case NodeKind::kString:
      return VisitString(id);
    case NodeKind::kNumber:
      // Strict code, as of a class, has no `010`; the value is known.
      ast[id].flags &= static_cast<uint16_t>(~js::flag::kLegacyOctal);
      if (ast[id].slots[2] != 0) {
        const double value = ast.NumberOf(id);
        return ast.NewNumber(ast[id].span, value);
      }
      return id;
    case NodeKind::kMember:
      if (ReadsConstructor(id) && !ast[id].Has(js::flag::kOptional)) {
        return VisitConstructor(id, ast.As<js::Member>(id).object());
      }
      break;
    case NodeKind::kIndex:
      if (ReadsConstructor(id) && !ast[id].Has(js::flag::kOptional)) {
        return VisitConstructor(id, ast.As<js::Index>(id).object());
      }
      break;
    case NodeKind::kAssign: {
      js::Assign assign = ast.As<js::Assign>(id);
      VisitTarget(assign.target());
      assign.set_value(Visit(assign.value()));
      if (ast.Is(assign.target(), NodeKind::kMember)) {
        assign.set_value(
            WithText(ast.TextOf(ast.As<js::Member>(assign.target()).name()),
                     assign.value()));
      }
      return id;
    }
    case NodeKind::kArrayPattern:
    case NodeKind::kObjectPattern:
      ++patterns_;
      VisitChildren(id);
      --patterns_;
      return id;
    case NodeKind::kForIn: {
      js::ForIn loop = ast.As<js::ForIn>(id);
      VisitTarget(loop.left());
      loop.set_right(Visit(loop.right()));
      loop.set_body(Visit(loop.body()));
      return id;
    }
    case NodeKind::kForOf: {
      js::ForOf loop = ast.As<js::ForOf>(id);
      VisitTarget(loop.left());
      loop.set_right(Visit(loop.right()));
      loop.set_body(Visit(loop.body()));
      return id;
    }
    case NodeKind::kProperty: {
      VisitChildren(id);
      js::Property property = ast.As<js::Property>(id);
      if (ast[id].Has(js::flag::kShorthand) &&
          ast.Is(property.value(), NodeKind::kCall)) {
        ast[id].flags &= static_cast<uint16_t>(~js::flag::kShorthand);
      }
      if (!ast[id].Has(js::flag::kComputed) &&
          ast[id].op == static_cast<uint8_t>(js::PropertyKind::kInit)) {
        property.set_value(WithText(KeyText(property.key()), property.value()));
      }
      return id;
    }
    case NodeKind::kUpdate:
      VisitTarget(ast.As<js::Update>(id).argument());
      return id;
    case NodeKind::kUnary:
      if (ast[id].op == static_cast<uint8_t>(js::UnaryOp::kDelete)) {
        VisitTarget(ast.As<js::Unary>(id).argument());
        return id;
      }
      if (ast[id].op == static_cast<uint8_t>(js::UnaryOp::kTypeOf) &&
          ast.Is(ast.As<js::Unary>(id).argument(), NodeKind::kIdentifier)) {
        VisitIdentifier(ast.As<js::Unary>(id).argument());
        return id;
      }
      break;
    case NodeKind::kCall:
      return VisitCall(id);
    case NodeKind::kThis: {
      result_.uses_this = true;
      const base::Span span = ast[id].span;
      return ast.NewCall(span, ast.NewGlobal(span, fts::kThis), {id});
    }
    default:
      break;
  }
  VisitChildren(id);
  return id;
}

void Restricter::DeclareUnknown() {
  if (unknown_.empty()) {
    return;
  }
  js::Program program = ast.As<js::Program>(ast.root());
  js::ListId body = program.body();
  for (auto at = unknown_.rbegin(); at != unknown_.rend(); ++at) {
    body = ast.Prepend(ast.NewVariable({}, js::DeclarationKind::kVar,
                                       at->second, NodeId::kNone),
                       body);
  }
  program.set_body(body);
}

Restricted RestrictToFts(
    js::Ast& ast,
    const std::function<std::string(std::string_view written)>& resolve,
    const std::set<std::string, std::less<>>& shown, diagnostics::Sink& sink) {
  Restricter restricter(ast, resolve, shown, sink);
  restricter.Visit(ast.root());
  restricter.DeclareUnknown();
  return restricter.Take();
}

}  // namespace fcc::fts
