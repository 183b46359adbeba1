// SPDX-License-Identifier: Apache-2.0
//
// What expressions stand for among the platform's functions: `wx`, names that
// hold it or something taken from it, what frameworks put in its place, and the
// objects that its functions hand out.

#ifndef FCC_COMPILER_JS_FACTS_ALIASES_H_
#define FCC_COMPILER_JS_FACTS_ALIASES_H_

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "compiler/js/ast.h"
#include "compiler/js/facts/facts.h"

namespace fcc::js {

struct Alias {
  ApiRoot root = ApiRoot::kWx;
  // What was taken from it: "" the whole object, "request",
  // "createMapContext()" its result, "createMapContext().addMarkers", and so
  // on. One that begins with `@` leads to the object but is not it yet.
  std::string path;

  bool IsWhole() const { return path.empty(); }
  bool IsPart() const { return !path.empty() && path.front() != '@'; }
  bool operator==(const Alias&) const = default;
};

class Aliases {
 public:
  // Reads the whole tree: functions may use a name above its declaration.
  explicit Aliases(const Ast& ast);

  std::optional<Alias> Of(NodeId id) const;

 private:
  // What a name or a member of `this` was given so far.
  struct Given {
    std::optional<Alias> alias;
    bool conflict = false;
  };

  void Find(NodeId id);
  void FindPromisified(NodeId call);
  void FindObserver(NodeId call);
  void FindWrapper(NodeId call);
  void Bind(NodeId target, NodeId value);
  void BindPattern(NodeId pattern, const Alias& whole);
  void BindImport(NodeId id);
  void Give(Given& given, NodeId value);
  std::optional<Alias> OfIdentifier(NodeId id) const;
  std::optional<Alias> OfCall(NodeId id) const;
  std::optional<Alias> MemberOf(NodeId object, std::string_view name) const;
  bool IsNothing(NodeId id) const;
  // `this`, or a name that people keep it under.
  bool IsSelf(NodeId id) const;
  // The last name of a callee.
  std::string_view CalleeName(NodeId callee) const;

  const Ast& ast_;
  std::unordered_map<SymbolId, Given> symbols_;
  std::unordered_map<std::string_view, Given> members_;
  // `wx.p` after promisifyAll(wx, wx.p = {}).
  std::set<std::string, std::less<>> promisified_;
};

// The constant text of a property's key; empty when it is computed.
std::string ConstantKey(const Ast& ast, NodeId property, NodeId key);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_FACTS_ALIASES_H_
