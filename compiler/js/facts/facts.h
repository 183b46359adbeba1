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

// What can be told of a value where it is written.
enum class ValueKind : uint8_t {
  kUnknown,
  // No argument was given at all.
  kMissing,
  kString,
  // Text with parts that are put in when it runs.
  kText,
  kNumber,
  kBoolean,
  kArray,
  kObject,
  kFunction,
};

// `title: 'x'` of an options object.
struct OptionUse {
  std::string name;
  base::Span span;
  ValueKind kind = ValueKind::kUnknown;
  // Of kString and kNumber; of kText what it begins with.
  std::string text;
  base::Span value_span;
};

// A mention of `wx.name`, however it was come by: member, `wx['name']`,
// `const {name} = wx`, an alias of wx, Taro's and uni's objects.
struct ApiUse {
  ApiRoot root = ApiRoot::kWx;
  std::string name;
  // What was taken from it or from its result: "().addMarkers" of
  // `wx.createMapContext().addMarkers`, ".derived" of `wx.worklet.derived`; ""
  // for the name itself.
  std::string rest;
  // The name; of a destructured one, where it is taken.
  base::Span span;
  bool is_call = false;
  // Only runs where the code has made sure that it is there: inside
  // `if (wx.name)`, `wx.canIUse('name') && …`, after `if (!wx.name) return`, or
  // as that test itself.
  bool guarded = false;
  // Runs while the app starts: at the top of the file, or in `onLaunch`.
  bool on_start = false;
  // Inside of a `try` that catches, in the same function.
  bool caught = false;
  // Of a call: its first argument.
  ValueKind argument = ValueKind::kUnknown;
  // Of an argument that is an object: the options given by name, and whether
  // there may be others.
  std::vector<OptionUse> options;
  bool open_options = false;
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
  // Texts of `externalClasses`.
  std::vector<std::string> external_classes;
  // More may be there than is listed: spread, computed names, behaviors, an
  // object that is not written in place.
  bool open_methods = false;
  bool open_data = false;
  bool has_observers = false;
  // `options` let sheets of others in, or its own out: addGlobalClass,
  // styleIsolation.
  bool opens_styles = false;
};

// `this.setData({'a.b': …})`.
struct SetDataCall {
  base::Span span;
  std::vector<NamedSpan> paths;
  // Those of `paths` whose value is written as `undefined`.
  std::vector<NamedSpan> undefined_paths;
  // The argument.
  base::Span argument;
  // It is `this.data`, or has all of it in it.
  bool whole = false;
  // Some names could not be told.
  bool open = false;
  // Runs once a round of a loop, or of forEach, in the same function.
  bool in_loop = false;
};

// `wx.navigateTo({url: '/pages/a/a?x=1'})` with a constant url.
struct RouteUse {
  // navigateTo, redirectTo, reLaunch, switchTab, preloadSubpackage…
  std::string function;
  std::string url;
  base::Span span;
};

enum class TextKind : uint8_t { kAddress, kSecret };

// A constant text that names a server, or that looks like a secret.
struct TextUse {
  TextKind kind = TextKind::kAddress;
  std::string text;
  // What it is given to: the key or the variable; "" where it has no name.
  std::string name;
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
  std::vector<TextUse> texts;
  // Every call of setInterval, and whether any interval is ever cleared.
  std::vector<NamedSpan> intervals;
  bool clears_intervals = false;
  // Names read from some `data` or `properties`: `this.data.name`. Open where
  // all of it is taken or a name is computed.
  std::vector<std::string> data_reads;
  bool data_reads_open = false;
  // `getContext('webgl')`.
  std::vector<NamedSpan> canvas_contexts;
  // Calls of methods whose names belong to one object of the platform only, and
  // whose object is handed out in ways that cannot be followed.
  std::vector<NamedSpan> telling_calls;
  // Names that `triggerEvent` is called with; open where one is computed.
  std::vector<std::string> triggered;
  bool triggered_open = false;
  // Calls of what older web views lack (builtins.h), by the names of its rows,
  // and what the script puts in their place.
  std::vector<NamedSpan> builtins;
  std::vector<std::string> defined_builtins;
  // Names below `extApi`, by which FinClipConf.js lists the functions that the
  // host adds to ft.
  std::vector<std::string> host_functions;
};

ScriptFacts CollectFacts(const Ast& ast);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_FACTS_FACTS_H_
