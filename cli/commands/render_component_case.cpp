// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/render_component_case.h"

#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "compiler/driver/build_session.h"
#include "runtime/app/view_tree.h"
#include "runtime/base/file_system.h"
#include "runtime/base/format.h"
#include "runtime/package/package.h"
#include "runtime/value/value_json.h"
#include "simulator/scenario/app_session.h"

namespace fcc::commands {

using base::JsonNode;
using value::Value;

static void CollectOf(const JsonNode& nodes, std::string_view tag,
                      std::string_view part,
                      std::map<std::string, Value>& members) {
  for (const JsonNode* node : nodes.items) {
    if (!node->IsObject()) {
      continue;
    }
    const JsonNode* name = node->Find("tag");
    const JsonNode* found = node->Find(part);
    if (name != nullptr && name->StringOr("") == tag && found != nullptr) {
      for (const base::JsonMember& member : found->members) {
        members.emplace(member.key, value::FromJson(*member.value));
      }
    }
    if (const JsonNode* children = node->Find("children")) {
      CollectOf(*children, tag, part, members);
    }
  }
}

// What the accepted trees show of a component: its `props` or its `attrs`.
static std::map<std::string, Value> ShownOf(const JsonNode& one,
                                            std::string_view tag,
                                            std::string_view part) {
  std::map<std::string, Value> members;
  if (const JsonNode* trees = one.Find("accepted_trees")) {
    for (const JsonNode* tree : trees->items) {
      CollectOf(*tree, tag, part, members);
    }
  }
  return members;
}

static std::string_view TypeOf(const Value& value) {
  switch (value.kind()) {
    case value::Kind::kString:
      return "String";
    case value::Kind::kNumber:
      return "Number";
    case value::Kind::kBool:
      return "Boolean";
    case value::Kind::kArray:
      return "Array";
    case value::Kind::kObject:
      return "Object";
    case value::Kind::kUndefined:
    case value::Kind::kNull:
    case value::Kind::kDate:
    case value::Kind::kFunction:
    case value::Kind::kBytes:
    case value::Kind::kRegExp:
      return "null";
  }
  return "null";
}

// The right side of one property's declaration.
static std::string Declaration(const JsonNode* declared, const Value& shown) {
  if (declared == nullptr) {
    return std::string(TypeOf(shown));
  }
  if (declared->IsString()) {
    return std::string(declared->StringOr("null"));
  }
  if (!declared->IsObject()) {
    return "null";
  }
  const JsonNode* type = declared->Find("type");
  std::string text = base::format(
      "{{type:{}", type != nullptr ? type->StringOr("null") : TypeOf(shown));
  if (const JsonNode* initial = declared->Find("value")) {
    text += ",value:" + value::ToJson(value::FromJson(*initial));
  }
  if (const JsonNode* optional = declared->Find("optionalTypes")) {
    text += ",optionalTypes:[";
    for (const JsonNode* item : optional->items) {
      // A constructor that JSON has lost.
      text += item->IsString() ? std::string(item->StringOr("")) + "," : "";
    }
    text += "]";
  }
  return text + "}";
}

static std::string Properties(const JsonNode& one, std::string_view tag,
                              const JsonNode& component) {
  const JsonNode* declared = component.Find("properties");
  if (declared == nullptr) {
    return "{}";
  }
  const std::map<std::string, Value> props = ShownOf(one, tag, "props");
  std::set<std::string> names;
  for (const base::JsonMember& member : declared->members) {
    names.insert(std::string(member.key));
  }
  for (const auto& [name, value] : props) {
    names.insert(name);
  }
  if (names.empty()) {
    for (const auto& [name, value] : ShownOf(one, tag, "attrs")) {
      names.insert(name);
    }
  }
  std::string text = "{";
  for (const std::string& name : names) {
    const auto shown = props.find(name);
    text += base::format(
        "{}:{},", value::ToJson(Value::String(name)),
        Declaration(declared->Find(name),
                    shown != props.end() ? shown->second : Value()));
  }
  return text + "}";
}

static std::string JsonOf(const JsonNode& component, std::string_view name,
                          std::string_view fallback) {
  const JsonNode* found = component.Find(name);
  return found == nullptr ? std::string(fallback)
                          : value::ToJson(value::FromJson(*found));
}

static std::map<std::string, std::string> ProjectOf(
    const JsonNode& one, const std::map<std::string, std::string>& files,
    std::string_view page) {
  std::map<std::string, std::string> project;
  for (const auto& [path, text] : files) {
    project["/project" + path] = text;
  }
  project["/project/app.json"] = base::format("{{\"pages\":[\"{}\"]}}", page);
  project["/project/app.js"] = "App({})";
  const JsonNode* data = one.Find("data_js");
  project[base::format("/project/{}.js", page)] = base::format(
      "Page({{data:({})}})", data != nullptr ? data->StringOr("{}") : "{}");
  Value using_components = Value::NewObject();
  const JsonNode* options = one.Find("opts");
  const JsonNode* components =
      options != nullptr ? options->Find("components") : nullptr;
  if (components != nullptr) {
    for (const base::JsonMember& member : components->members) {
      const std::string base =
          base::format("/project/components/{}/index", member.key);
      const JsonNode& component = *member.value;
      using_components.MutableObject().Set(member.key,
                                           Value::String(base.substr(8)));
      const JsonNode* wxml = component.Find("wxml");
      project[base + ".wxml"] = wxml != nullptr ? wxml->StringOr("") : "";
      project[base + ".json"] =
          base::format("{{\"component\":true,\"componentGenerics\":{}}}",
                       JsonOf(component, "generics", "{}"));
      project[base + ".js"] = base::format(
          "Component({{properties:{},data:{},options:{},externalClasses:{}}})",
          Properties(one, member.key, component),
          JsonOf(component, "data", "{}"), JsonOf(component, "options", "{}"),
          JsonOf(component, "externalClasses", "[]"));
    }
  }
  project[base::format("/project/{}.json", page)] = base::format(
      "{{\"usingComponents\":{}}}", value::ToJson(using_components));
  return project;
}

ComponentCase RenderComponentCase(
    const JsonNode& one, const std::map<std::string, std::string>& files) {
  ComponentCase result;
  const JsonNode* entry = one.Find("entry");
  std::string page(entry != nullptr ? entry->StringOr("") : "");
  page = page.substr(0, page.rfind('.'));
  base::MemoryFileSystem fs(ProjectOf(one, files, page));
  driver::BuildOptions options;
  options.project_dir = "/project";
  options.output = driver::Output::kPackages;
  options.check = false;
  options.jobs = 1;
  driver::BuildSession session(fs, options);
  driver::BuildResult built = session.Build();
  for (const diagnostics::Diagnostic& diagnostic : built.diagnostics) {
    if (diagnostic.severity == diagnostics::Severity::kError) {
      result.rejected = true;
      result.failure =
          base::format("{}: {}", diagnostic.path, diagnostic.message);
      return result;
    }
  }
  base::Result<std::unique_ptr<package::Bundle>> bundle =
      package::Bundle::Open(built.TakePackages());
  if (!bundle) {
    result.failure = bundle.error().message;
    return result;
  }
  scenario::AppSession running(**bundle, scenario::SessionLimits());
  if (const base::Status status = running.Restart(""); !status) {
    result.failure = status.error().message;
    return result;
  }
  running.Settle();
  for (const app::ErrorReport& error : running.host().errors()) {
    result.failure += error.message + "\n";
  }
  const std::optional<app::PageInfo> front = running.RunningApp().CurrentPage();
  if (!front) {
    result.failure = "no page was opened";
    return result;
  }
  const JsonNode* opts = one.Find("opts");
  const JsonNode* props = opts != nullptr ? opts->Find("props") : nullptr;
  app::ViewTreeOptions shown;
  shown.virtual_hosts = true;
  shown.props = props != nullptr && props->boolean;
  result.nodes =
      app::ViewTree(*running.RunningApp().PageRoot(front->id), shown);
  return result;
}

}  // namespace fcc::commands
