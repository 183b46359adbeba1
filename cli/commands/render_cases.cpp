// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/render_cases.h"

#include <algorithm>
#include <map>

#include "cli/commands/render_component_case.h"
#include "cli/commands/render_template.h"
#include "compiler/ftss/compile_ftss.h"
#include "runtime/base/file_system.h"
#include "runtime/base/json.h"
#include "runtime/template/render_tree.h"
#include "runtime/value/value_json.h"

namespace fcc::commands {

using base::JsonNode;
using value::Value;

static bool IsEscaped(const Value& value, std::string_view what) {
  Value kind = value.Get("$");
  return kind.IsString() && kind.string() == what;
}

// The text that a node stands for; texts that kept their type are {"$text": v}.
static std::string TextOf(const Value& node) {
  if (node.IsString()) {
    return std::string(node.string());
  }
  Value value = node.Get("$text");
  if (IsEscaped(value, "undefined")) {
    return "";
  }
  Value escaped = value.Get("$");
  return escaped.IsString() ? std::string(escaped.string())
                            : value.ToDisplayString();
}

static std::string CamelCase(std::string_view dashed) {
  std::string out;
  for (size_t i = 0; i < dashed.size(); ++i) {
    if (dashed[i] != '-') {
      out += dashed[i];
    } else if (++i < dashed.size()) {
      char c = dashed[i];
      out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    }
  }
  return out;
}

static Value Sorted(const Value& members, bool camel) {
  std::map<std::string, Value> sorted;
  for (const auto& member : members.object().members()) {
    std::string name(member.name());
    sorted[camel ? CamelCase(name) : name] = member.value;
  }
  Value out = Value::NewObject();
  for (auto& [name, value] : sorted) {
    out.MutableObject().Set(name, std::move(value));
  }
  return out;
}

static Value CanonicalEvents(const Value& events) {
  std::map<std::string, Value> sorted;
  int number = 0;
  for (const Value& event : events.array().items) {
    Value one = Sorted(event, false);
    one.MutableObject().Remove("nocolon");
    sorted[value::ToJson(one) + std::to_string(number++)] = one;
  }
  Value out = Value::NewArray();
  for (auto& [text, event] : sorted) {
    out.MutableArray().items.push_back(std::move(event));
  }
  return out;
}

static Value CanonicalElement(const Value& node) {
  std::map<std::string, Value> parts;
  for (const auto& member : node.object().members()) {
    std::string name(member.name());
    const Value& part = member.value;
    if (name == "children") {
      Value children = CanonicalTree(part);
      if (!children.array().items.empty()) {
        parts[name] = std::move(children);
      }
    } else if (name == "events") {
      parts[name] = CanonicalEvents(part);
    } else if (name == "model" || name == "component" || name == "change" ||
               name == "generics") {
      // No part of the comparison.
    } else if ((name == "class" || name == "style" || name == "id" ||
                name == "slot") &&
               IsEscaped(part, "undefined")) {
      // As if it were not there.
    } else if (name == "attrs" || name == "data" || name == "marks") {
      Value sorted = Sorted(part, name == "attrs");
      if (sorted.object().size() != 0) {
        parts[name] = std::move(sorted);
      }
    } else {
      parts[name] = part;
    }
  }
  Value out = Value::NewObject();
  for (auto& [name, value] : parts) {
    out.MutableObject().Set(name, std::move(value));
  }
  return out;
}

Value CanonicalTree(const Value& nodes) {
  Value out = Value::NewArray();
  auto& items = out.MutableArray().items;
  for (const Value& node : nodes.array().items) {
    if (!node.IsString() && node.Get("$text").IsUndefined()) {
      items.push_back(CanonicalElement(node));
      continue;
    }
    std::string text = TextOf(node);
    if (text.empty()) {
      continue;
    }
    if (!items.empty() && items.back().IsString()) {
      text.insert(0, items.back().string());
      items.pop_back();
    }
    items.push_back(Value::String(text));
  }
  return out;
}

static std::string_view TextOr(const JsonNode& one, std::string_view key,
                               std::string_view fallback = {}) {
  const JsonNode* found = one.Find(key);
  return found != nullptr ? found->StringOr(fallback) : fallback;
}

static std::map<std::string, std::string> FilesOf(const JsonNode& one) {
  std::map<std::string, std::string> files;
  if (const JsonNode* found = one.Find("files")) {
    for (const base::JsonMember& member : found->members) {
      files["/" + std::string(member.key)] =
          std::string(member.value->StringOr(""));
    }
  }
  return files;
}

static std::string ErrorsOf(const diagnostics::Sink& sink) {
  std::string out;
  for (const diagnostics::Diagnostic& problem : sink.diagnostics()) {
    if (problem.severity == diagnostics::Severity::kError) {
      out += (out.empty() ? "" : "; ") + problem.message;
    }
  }
  return out;
}

// Empty when one of accepted_trees is the tree.
static std::string CompareTree(const JsonNode& one, const Value& nodes) {
  Value got = CanonicalTree(tmpl::EscapeForJson(nodes));
  std::string wanted;
  if (const JsonNode* accepted = one.Find("accepted_trees")) {
    for (const JsonNode* candidate : accepted->items) {
      Value want = CanonicalTree(value::FromJson(*candidate));
      if (want.DeepEquals(got)) {
        return "";
      }
      wanted += (wanted.empty() ? "" : "\n      or ") + value::ToJson(want);
    }
  }
  return "wanted " + wanted + "\n      got " + value::ToJson(got);
}

// Empty when the case passes.
static std::string RunComponentCase(const JsonNode& one) {
  std::string_view verdict = TextOr(one, "verdict");
  ComponentCase rendered = RenderComponentCase(one, FilesOf(one));
  if (verdict == "reject") {
    return rendered.rejected ? "" : "accepted, an error is wanted";
  }
  if (verdict != "accept") {
    return "";
  }
  return rendered.failure.empty() ? CompareTree(one, rendered.nodes)
                                  : rendered.failure;
}

// Empty when the case passes.
static std::string RunTemplateCase(const JsonNode& one) {
  std::string_view verdict = TextOr(one, "verdict");
  std::string_view entry = TextOr(one, "entry");
  base::MemoryFileSystem fs(FilesOf(one));
  source::SourceSet sources;
  diagnostics::Sink sink;
  base::Result<CompiledTemplate> compiled =
      CompileTemplate(fs, "/", entry, {}, sources, sink);
  if (!compiled) {
    return compiled.error().message;
  }
  bool rejected = sink.has_errors();
  if (verdict == "reject") {
    return rejected ? "" : "accepted, an error is wanted";
  }
  if (rejected && verdict == "accept") {
    return "rejected: " + ErrorsOf(sink);
  }
  base::Result<Value> data = EvaluateData(TextOr(one, "data_js", "{}"));
  if (!data) {
    return data.error().message;
  }
  base::Result<TemplateTree> tree = RenderTemplate(*compiled, entry, *data);
  if (!tree) {
    return tree.error().message;
  }
  return verdict == "accept" ? CompareTree(one, tree->nodes) : "";
}

static std::string RunSheetCase(const JsonNode& one) {
  std::map<std::string, std::string> files;
  for (auto& [path, text] : FilesOf(one)) {
    files[path.substr(1)] = text;
  }
  const JsonNode* width = one.Find("device_width");
  source::SourceSet sources;
  diagnostics::Sink sink;
  ftss::InstantiatedCss css = ftss::CompileAndInstantiate(
      files, TextOr(one, "entry"),
      width != nullptr && width->IsNumber() ? width->number : 375,
      TextOr(one, "suffix"), sources, sink);
  std::string_view judge = TextOr(one, "judge");
  if (judge == "reject") {
    return css.ok ? "accepted, an error is wanted" : "";
  }
  if (judge != "tokens") {
    return "";
  }
  if (!css.ok) {
    return "rejected: " + ErrorsOf(sink);
  }
  std::string_view want = TextOr(one, "expected");
  return ftss::SameCssTokens(css.css, want)
             ? ""
             : "wanted " + std::string(want) + "\n      got " + css.css;
}

base::Result<CaseResults> RunCases(std::string_view json) {
  base::JsonDocument document = base::ParseJson(json);
  const JsonNode* cases = document.root->Find("cases");
  if (!document.ok() || cases == nullptr || !cases->IsArray()) {
    return base::Error{base::ErrorKind::kCorrupt,
                       document.ok() ? "no `cases` in the case file"
                                     : document.errors[0].message};
  }
  CaseResults results;
  for (const JsonNode* one : cases->items) {
    std::string id(TextOr(*one, "id"));
    const std::string_view needs = TextOr(*one, "needs");
    if (!needs.empty() && needs != "components") {
      results.skipped.push_back(std::move(id));
      continue;
    }
    std::string failure = !needs.empty() ? RunComponentCase(*one)
                          : TextOr(*one, "kind") == "wxss"
                              ? RunSheetCase(*one)
                              : RunTemplateCase(*one);
    if (failure.empty()) {
      ++results.passed;
    } else {
      results.failures.push_back({std::move(id), std::move(failure)});
    }
  }
  return results;
}

}  // namespace fcc::commands
