// SPDX-License-Identifier: Apache-2.0

#include "runtime/package/app_config.h"

#include <algorithm>

#include "runtime/base/format.h"
#include "runtime/base/json.h"
#include "runtime/package/manifest.h"
#include "runtime/value/value_json.h"

namespace fcc::package {

using base::JsonMember;
using base::JsonNode;
using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string_view ComponentEntry::ComponentOf(std::string_view tag) const {
  for (const auto& [name, target] : using_components) {
    if (name == tag) {
      return target;
    }
  }
  return {};
}

const ComponentEntry* AppConfig::Find(std::string_view path) const {
  auto found = std::lower_bound(
      components.begin(), components.end(), path,
      [](const ComponentEntry& entry, std::string_view wanted) {
        return entry.path < wanted;
      });
  return found != components.end() && found->path == path ? &*found : nullptr;
}

const PackageEntry* AppConfig::FindPackage(std::string_view name) const {
  for (const PackageEntry& entry : packages) {
    if (entry.name == name) {
      return &entry;
    }
  }
  return nullptr;
}

const PluginEntry* AppConfig::FindPlugin(std::string_view key) const {
  for (const PluginEntry& entry : plugins) {
    if (entry.key == key) {
      return &entry;
    }
  }
  return nullptr;
}

static std::string StringMember(const JsonNode& node, std::string_view key) {
  const JsonNode* found = node.Find(key);
  return found == nullptr ? "" : std::string(found->StringOr(""));
}

static bool BoolMember(const JsonNode& node, std::string_view key) {
  const JsonNode* found = node.Find(key);
  return found != nullptr && found->BoolOr(false);
}

static std::vector<std::string> StringsMember(const JsonNode& node,
                                              std::string_view key) {
  std::vector<std::string> strings;
  if (const JsonNode* found = node.Find(key)) {
    for (const JsonNode* item : found->items) {
      strings.emplace_back(item->StringOr(""));
    }
  }
  return strings;
}

static Pairs PairsMember(const JsonNode& node, std::string_view key) {
  Pairs pairs;
  if (const JsonNode* found = node.Find(key)) {
    for (const JsonMember& member : found->members) {
      pairs.emplace_back(member.key, member.value->StringOr(""));
    }
  }
  return pairs;
}

static value::Value ValueMember(const JsonNode& node, std::string_view key) {
  const JsonNode* found = node.Find(key);
  return found == nullptr ? value::Value::NewObject() : value::FromJson(*found);
}

static ComponentEntry ParseComponent(const JsonNode& node) {
  ComponentEntry entry;
  entry.path = StringMember(node, "path");
  entry.is_page = BoolMember(node, "page");
  entry.is_component = BoolMember(node, "component");
  entry.package = StringMember(node, "package");
  entry.template_entry = StringMember(node, "template");
  entry.style_entry = StringMember(node, "style");
  entry.script = StringMember(node, "script");
  entry.using_components = PairsMember(node, "usingComponents");
  entry.placeholders = PairsMember(node, "placeholders");
  entry.generics = PairsMember(node, "generics");
  entry.config = ValueMember(node, "config");
  return entry;
}

base::Result<AppConfig> ParseAppConfig(std::string_view text) {
  base::JsonDocument document = base::ParseJson(text);
  if (!document.ok() || !document.root->IsObject()) {
    return base::Error{base::ErrorKind::kCorrupt,
                       base::format("`{}` is no JSON object", kAppConfigName)};
  }
  const JsonNode& root = *document.root;
  AppConfig config;
  config.app_id = StringMember(root, "appid");
  config.entry_page = StringMember(root, "entryPage");
  config.pages = StringsMember(root, "pages");
  config.script = StringMember(root, "script");
  config.style_entry = StringMember(root, "style");
  config.config = ValueMember(root, "config");
  if (const JsonNode* packages = root.Find("packages")) {
    for (const JsonNode* item : packages->items) {
      PackageEntry entry;
      entry.name = StringMember(*item, "name");
      entry.root = StringMember(*item, "root");
      entry.independent = BoolMember(*item, "independent");
      entry.pages = StringsMember(*item, "pages");
      config.packages.push_back(std::move(entry));
    }
  }
  if (const JsonNode* plugins = root.Find("plugins")) {
    for (const JsonNode* item : plugins->items) {
      config.plugins.push_back(
          {StringMember(*item, "key"), StringMember(*item, "provider"),
           StringMember(*item, "package"), StringMember(*item, "main"),
           StringMember(*item, "export"), PairsMember(*item, "pages")});
    }
  }
  if (const JsonNode* components = root.Find("components")) {
    for (const JsonNode* item : components->items) {
      config.components.push_back(ParseComponent(*item));
    }
  }
  auto by_path = [](const ComponentEntry& a, const ComponentEntry& b) {
    return a.path < b.path;
  };
  if (!std::is_sorted(config.components.begin(), config.components.end(),
                      by_path)) {
    return base::Error{
        base::ErrorKind::kCorrupt,
        base::format("`components` of `{}` is not sorted", kAppConfigName)};
  }
  return config;
}

namespace {

// Members in a fixed order; empty ones are left out.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
  ~ObjectWriter() { out_ += '}'; }

  void Key(std::string_view key) {
    if (!first_) {
      out_ += ',';
    }
    first_ = false;
    base::AppendJsonString(out_, key);
    out_ += ':';
  }
  void String(std::string_view key, std::string_view text) {
    if (!text.empty()) {
      Key(key);
      base::AppendJsonString(out_, text);
    }
  }
  void Bool(std::string_view key, bool flag) {
    if (flag) {
      Key(key);
      out_ += "true";
    }
  }
  void Strings(std::string_view key, const std::vector<std::string>& items) {
    Key(key);
    out_ += '[';
    for (size_t i = 0; i < items.size(); ++i) {
      out_ += i == 0 ? "" : ",";
      base::AppendJsonString(out_, items[i]);
    }
    out_ += ']';
  }
  void PairsIfAny(std::string_view key, const Pairs& pairs) {
    if (!pairs.empty()) {
      Key(key);
      ObjectWriter inner(out_);
      for (const auto& [name, target] : pairs) {
        inner.Key(name);
        base::AppendJsonString(out_, target);
      }
    }
  }
  void Json(std::string_view key, const value::Value& value) {
    Key(key);
    out_ += value::ToJson(value);
  }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace

static void AppendComponent(std::string& out, const ComponentEntry& entry) {
  ObjectWriter writer(out);
  writer.String("path", entry.path);
  writer.Bool("page", entry.is_page);
  writer.Bool("component", entry.is_component);
  writer.String("package", entry.package);
  writer.String("template", entry.template_entry);
  writer.String("style", entry.style_entry);
  writer.String("script", entry.script);
  writer.PairsIfAny("usingComponents", entry.using_components);
  writer.PairsIfAny("placeholders", entry.placeholders);
  writer.PairsIfAny("generics", entry.generics);
  writer.Json("config", entry.config);
}

static void AppendPackage(std::string& out, const PackageEntry& entry) {
  ObjectWriter writer(out);
  writer.String("name", entry.name);
  writer.String("root", entry.root);
  writer.Bool("independent", entry.independent);
  writer.Strings("pages", entry.pages);
}

static void AppendPlugin(std::string& out, const PluginEntry& entry) {
  ObjectWriter writer(out);
  writer.String("key", entry.key);
  writer.String("provider", entry.provider);
  writer.String("package", entry.package);
  writer.String("main", entry.main);
  writer.String("export", entry.exported);
  writer.PairsIfAny("pages", entry.pages);
}

std::string WriteAppConfig(const AppConfig& config) {
  std::string out;
  {
    ObjectWriter writer(out);
    writer.String("appid", config.app_id);
    writer.String("entryPage", config.entry_page);
    writer.String("script", config.script);
    writer.String("style", config.style_entry);
    writer.Strings("pages", config.pages);
    writer.Key("packages");
    out += '[';
    for (size_t i = 0; i < config.packages.size(); ++i) {
      out += i == 0 ? "\n" : ",\n";
      AppendPackage(out, config.packages[i]);
    }
    out += "]";
    if (!config.plugins.empty()) {
      writer.Key("plugins");
      out += '[';
      for (size_t i = 0; i < config.plugins.size(); ++i) {
        out += i == 0 ? "\n" : ",\n";
        AppendPlugin(out, config.plugins[i]);
      }
      out += "]";
    }
    writer.Key("components");
    out += '[';
    for (size_t i = 0; i < config.components.size(); ++i) {
      out += i == 0 ? "\n" : ",\n";
      AppendComponent(out, config.components[i]);
    }
    out += "]";
    writer.Json("config", config.config);
  }
  out += '\n';
  return out;
}

}  // namespace fcc::package
