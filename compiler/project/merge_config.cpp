// SPDX-License-Identifier: Apache-2.0
//
// __wxConfig__, in the order and with the defaults of FinClip's own tool:
// defaults, app.json, app.ext.json over it (shallow), ext.json over that
// (deep), and then what the platform adds.

#include <algorithm>

#include "compiler/project/project_internal.h"
#include "runtime/value/value_json.h"

namespace fcc::project {

using base::JsonKind;
using base::JsonMember;
using base::JsonNode;
using value::Object;
using value::Value;

static Value Strings(const std::vector<std::string>& items) {
  Value list = Value::NewArray();
  for (const std::string& item : items) {
    list.MutableArray().items.push_back(Value::String(item));
  }
  return list;
}

static void OverlayDeep(Object& into, const JsonNode& from) {
  for (const JsonMember& member : from.members) {
    Value* present = into.FindMutable(member.key);
    if (member.value->IsObject() && present != nullptr && present->IsObject()) {
      OverlayDeep(present->MutableObject(), *member.value);
    } else {
      into.Set(member.key, value::FromJson(*member.value));
    }
  }
}

static const JsonNode* RootOf(LoadContext& context, std::string_view path) {
  if (!context.project.index.Has(path)) {
    return nullptr;
  }
  const JsonFile* file = ReadJson(context, path);
  return file == nullptr || !file->root().IsObject() ? nullptr : &file->root();
}

static Value DefaultWindow() {
  return Value::ObjectOf({
      {"backgroundTextStyle", Value::String("light")},
      {"navigationBarBackgroundColor", Value::String("#000000")},
      {"navigationBarTitleText", Value::String("")},
      {"navigationBarTextStyle", Value::String("white")},
  });
}

static Value PageConfigs(const Project& project) {
  Value pages = Value::NewObject();
  for (const std::string& route : project.pages) {
    if (const Component* page = project.Find(route)) {
      pages.MutableObject().Set(route, page->config);
    }
  }
  for (const Component& component : project.components) {
    if (!component.is_page) {
      pages.MutableObject().Set(component.path, component.config);
    }
  }
  return pages;
}

static Value SubPackages(const Project& project, const JsonNode& app) {
  Value list = Value::NewArray();
  size_t next = 1;
  for (const char* key : {"subPackages", "subpackages"}) {
    const JsonNode* written = app.Find(key);
    if (written == nullptr || !written->IsArray()) {
      continue;
    }
    for (const JsonNode* item : written->items) {
      const JsonNode* root = item->Find("root");
      // Entries that were refused have no package.
      if (next >= project.packages.size() || root == nullptr ||
          base::NormalizePath(TrimSlashes(root->StringOr(""))) !=
              project.packages[next].root) {
        continue;
      }
      const Package& package = project.packages[next++];
      Value entry = value::FromJson(*item);
      Object& members = entry.MutableObject();
      members.Set("root", Value::String(package.root));
      members.Set("packageName", Value::String(package.name));
      members.Set("pageFullPath", Strings(package.pages));
      list.MutableArray().items.push_back(std::move(entry));
    }
  }
  return list;
}

static Value Dialect() {
  auto pair = [](const char* first, const char* second) {
    return Value::ArrayOf({Value::String(first), Value::String(second)});
  };
  return Value::ObjectOf({
      {"prefix", pair("wx", "ft")},
      {"wxml", pair("wxml", "fxml")},
      {"wxss", pair("wxss", "ftss")},
      {"wxs", pair("wxs", "fts")},
  });
}

// "@name" of the theme file; false when `text` is no such reference or names
// nothing.
static bool ThemeValue(const JsonNode& theme, std::string_view text,
                       Value& resolved) {
  if (text.empty() || text.front() != '@') {
    return false;
  }
  const JsonNode* found = theme.Find(text.substr(1));
  if (found == nullptr) {
    return false;
  }
  resolved = value::FromJson(*found);
  return true;
}

// The members of `from` that refer to the theme, with their values.
static Value ThemedPart(const Value& from, const JsonNode& theme) {
  Value part = Value::NewObject();
  if (!from.IsObject()) {
    return part;
  }
  for (const Object::Member& member : from.object().members()) {
    Value resolved;
    if (member.value.IsString() &&
        ThemeValue(theme, member.value.string(), resolved)) {
      part.MutableObject().Set(member.name(), std::move(resolved));
    }
  }
  return part;
}

// The light theme's values in the place of the references, until the host says
// which theme it is.
static void ApplyTheme(Value& value, const JsonNode& theme) {
  if (value.IsArray()) {
    for (Value& item : value.MutableArray().items) {
      ApplyTheme(item, theme);
    }
    return;
  }
  if (!value.IsObject()) {
    return;
  }
  Object& object = value.MutableObject();
  std::vector<std::string> names;
  for (const Object::Member& member : object.members()) {
    names.emplace_back(member.name());
  }
  for (const std::string& name : names) {
    Value* member = object.FindMutable(name);
    Value resolved;
    if (member->IsString()) {
      if (ThemeValue(theme, member->string(), resolved)) {
        *member = std::move(resolved);
      }
    } else {
      ApplyTheme(*member, theme);
    }
  }
}

static void AddTheme(LoadContext& context, Object& config) {
  Project& project = context.project;
  const JsonNode& app = project.app_json->root();
  const JsonNode* darkmode = app.Find("darkmode");
  if (darkmode == nullptr || !darkmode->BoolOr(false)) {
    return;
  }
  const JsonNode* location = Member(context, *project.app_json, app,
                                    "themeLocation", JsonKind::kString);
  std::string path =
      location == nullptr ? "theme.json" : TrimSlashes(location->string);
  const JsonNode* theme = RootOf(context, path);
  if (theme == nullptr) {
    if (location != nullptr && !project.index.Has(path)) {
      context.sink.Report(diagnostics::Kind::kFileNamedMissing,
                          project.app_json->At(*location), path);
    }
    return;
  }
  Value themes = Value::ObjectOf({{"__page", Value::String("app")}});
  for (const char* name : {"light", "dark"}) {
    const JsonNode* values = theme->Find(name);
    Value part = Value::NewObject();
    if (values != nullptr && values->IsObject()) {
      const Value* window = config.Find("window");
      if (window != nullptr) {
        part = ThemedPart(*window, *values);
      }
      const Value* tab_bar = config.Find("tabBar");
      Value bar = tab_bar == nullptr ? Value::Null() : *tab_bar;
      ApplyTheme(bar, *values);
      part.MutableObject().Set("tabBar", std::move(bar));
    }
    themes.MutableObject().Set(name, std::move(part));
  }
  const JsonNode* light = theme->Find("light");
  if (light != nullptr && light->IsObject()) {
    for (const char* key : {"window", "tabBar"}) {
      if (Value* member = config.FindMutable(key)) {
        ApplyTheme(*member, *light);
      }
    }
    for (Component& component : project.components) {
      if (component.is_page) {
        Value page = Value::ObjectOf({
            {"__page", Value::String(component.path)},
        });
        for (const char* name : {"light", "dark"}) {
          const JsonNode* values = theme->Find(name);
          page.MutableObject().Set(name,
                                   values != nullptr && values->IsObject()
                                       ? ThemedPart(component.config, *values)
                                       : Value::NewObject());
        }
        ApplyTheme(component.config, *light);
        component.config.MutableObject().Set("__theme__", std::move(page));
      }
    }
  }
  config.Set("__themeKey__", Value::String("light"));
  config.Set("__theme__", std::move(themes));
}

void MergeConfig(LoadContext& context) {
  Project& project = context.project;
  const JsonNode& app = project.app_json->root();
  bool tourist = project.app_id.empty();
  Value merged = Value::NewObject();
  Object& config = merged.MutableObject();
  config.Set("appid", Value::String(tourist ? "touristappid" : project.app_id));
  config.Set("debug", Value::Bool(false));
  config.Set("babel", Value::Bool(true));
  config.Set("appname",
             Value::String(project.name.empty() ? "debug" : project.name));
  config.Set("window", DefaultWindow());
  for (const JsonMember& member : app.members) {
    if (member.key == "subPackages" || member.key == "subpackages") {
      continue;
    }
    if (member.key == "window") {
      if (member.value->IsObject()) {
        OverlayDeep(config.FindMutable("window")->MutableObject(),
                    *member.value);
      }
      continue;
    }
    config.Set(member.key, value::FromJson(*member.value));
  }
  if (const JsonNode* ext = RootOf(context, "app.ext.json")) {
    for (const JsonMember& member : ext->members) {
      config.Set(member.key, value::FromJson(*member.value));
    }
  }
  if (const JsonNode* ext = RootOf(context, "ext.json")) {
    OverlayDeep(config, *ext);
  }
  config.Set("pages", Strings(project.pages));
  config.Set("subpackages", SubPackages(project, app));
  if (config.Find("usingComponents") == nullptr) {
    config.Set("usingComponents", Value::NewObject());
  }
  if (tourist) {
    config.Set("isTourist", Value::Bool(true));
  }
  AddTheme(context, config);
  Value pages = PageConfigs(project);
  if (config.Find("window") == nullptr || !config.Find("window")->IsObject()) {
    config.Set("window", DefaultWindow());
  }
  config.FindMutable("window")->MutableObject().Set("pages", pages);
  // FinClip's tool writes the same once more under this name.
  config.Set("windows", Value::ObjectOf({{"pages", pages}}));
  config.Set("__dsl__", Dialect());
  config.Set("root", Value::String(project.entry_page));
  project.config = std::move(merged);
}

}  // namespace fcc::project
