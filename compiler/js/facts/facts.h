// SPDX-License-Identifier: Apache-2.0
//
// What a script does that a checker must know, collected once from the tree as
// written: a rule never sees a tree. Texts are owned; spans are in the file.
//
// Wants a tree that BindScopes has seen and Lower has not.

#ifndef FCC_COMPILER_JS_FACTS_FACTS_H_
#define FCC_COMPILER_JS_FACTS_FACTS_H_

#include <string>
#include <vector>

#include "compiler/js/ast.h"
#include "runtime/base/span.h"

namespace fcc::js {

// The object that a platform function was taken from.
enum class ApiRoot : uint8_t { kWx, kFt, kTaro, kUni };

// A mention of `wx.name`, however it was come by: member, `wx['name']`,
// `const {name} = wx`, an alias of wx, Taro's and uni's objects.
struct ApiUse {
  ApiRoot root = ApiRoot::kWx;
  std::string name;
  // The name; of a destructured one, where it is taken.
  base::Span span;
  bool is_call = false;
  // Only runs where the code has made sure that it is there: inside
  // `if (wx.name)`, `wx.canIUse('name') && …`, after `if (!wx.name) return`, or
  // as that test itself.
  bool guarded = false;
  // Of a call whose first argument is an object: the options given by name.
  std::vector<std::string> options;
};

enum class DefinitionKind : uint8_t { kApp, kPage, kComponent, kBehavior };

struct NamedSpan {
  std::string name;
  base::Span span;
};

// `Page({…})`, `Component({…})`, ….
struct Definition {
  DefinitionKind kind = DefinitionKind::kPage;
  // The callee.
  base::Span span;
  // What can be called by name from a template: a page's functions, a
  // component's `methods`.
  std::vector<NamedSpan> methods;
  // Names below `data` and `properties`.
  std::vector<NamedSpan> data;
  std::vector<NamedSpan> properties;
  // More may be there than is listed: spread, computed names, behaviors, an
  // object that is not written in place.
  bool open_methods = false;
  bool open_data = false;
};

// `this.setData({'a.b': …})`.
struct SetDataCall {
  base::Span span;
  std::vector<NamedSpan> paths;
  // Some names could not be told.
  bool open = false;
};

// `wx.navigateTo({url: '/pages/a/a?x=1'})` with a constant url.
struct RouteUse {
  // navigateTo, redirectTo, reLaunch, switchTab, preloadSubpackage…
  std::string function;
  std::string url;
  base::Span span;
};

struct ScriptFacts {
  std::vector<ApiUse> apis;
  std::vector<Definition> definitions;
  std::vector<SetDataCall> set_data;
  std::vector<RouteUse> routes;
  // Names assigned as `this.name = …`, which makes them callable too.
  std::vector<std::string> assigned_to_this;
  // `eval(…)`, `new Function(…)`, `Function(…)`.
  std::vector<NamedSpan> dynamic_code;
};

ScriptFacts CollectFacts(const Ast& ast);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_FACTS_FACTS_H_
