// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/settings_schema.h"

#include "cli/commands/command.h"
#include "runtime/value/value_json.h"

namespace fcc::commands {

using tool_env::Language;
using value::Value;

// Settings are written as people write JSON: dryRun.
static std::string CamelOf(std::string_view name) {
  std::string out;
  for (size_t at = 0; at < name.size(); ++at) {
    if (name[at] == '-' && at + 1 < name.size()) {
      out += static_cast<char>(name[++at] - 32);
    } else {
      out += name[at];
    }
  }
  return out;
}

static Value TypeOf(const Flag& flag) {
  switch (flag.kind) {
    case FlagKind::kSwitch:
      return Value::ObjectOf({{"type", Value::String("boolean")}});
    case FlagKind::kNumber:
      return Value::ObjectOf(
          {{"type", Value::String("integer")}, {"minimum", Value::Number(0)}});
    case FlagKind::kChoice: {
      std::vector<Value> choices;
      for (const std::string& choice : tool_env::SplitChoices(flag.choices)) {
        choices.push_back(Value::String(choice));
      }
      return Value::ObjectOf({{"enum", Value::ArrayOf(std::move(choices))}});
    }
    case FlagKind::kText:
    case FlagKind::kPath:
      return Value::ObjectOf({{"type", Value::String("string")}});
    case FlagKind::kJson:
      return Value::NewObject();
  }
  FCC_CHECK(false);
}

static Value SchemaOf(const Flag& flag, Language language) {
  Value type = TypeOf(flag);
  if (flag.use == FlagUse::kRepeated) {
    type = Value::ObjectOf(
        {{"anyOf", Value::ArrayOf(
                       {type, Value::ObjectOf({{"type", Value::String("array")},
                                               {"items", type}})})}});
  }
  type.MutableObject().Set("description",
                           Value::String(flag.help.In(language)));
  if (!flag.fallback.empty() && flag.kind != FlagKind::kNumber) {
    type.MutableObject().Set("default", Value::String(flag.fallback));
  }
  return type;
}

static void AddFlags(std::span<const Flag> flags, Language language,
                     value::Object& properties) {
  for (const Flag& flag : flags) {
    if (flag.use != FlagUse::kHidden && flag.name != "help" &&
        flag.name != "config") {
      properties.Set(CamelOf(flag.name), SchemaOf(flag, language));
    }
  }
}

static Value ObjectSchema(Value properties) {
  return Value::ObjectOf({{"type", Value::String("object")},
                          {"additionalProperties", Value::Bool(false)},
                          {"properties", std::move(properties)}});
}

std::string SettingsSchema(Language language) {
  Value top = Value::NewObject();
  top.MutableObject().Set("$schema",
                          Value::ObjectOf({{"type", Value::String("string")}}));
  AddFlags(tool_env::CommonFlags(), language, top.MutableObject());
  for (const Command& command : AllCommands()) {
    Value section = Value::NewObject();
    AddFlags(command.spec->flags, language, section.MutableObject());
    AddFlags(tool_env::CommonFlags(), language, section.MutableObject());
    Value schema = ObjectSchema(std::move(section));
    schema.MutableObject().Set(
        "description", Value::String(command.spec->summary.In(language)));
    top.MutableObject().Set(command.spec->name, std::move(schema));
  }
  Value root = ObjectSchema(std::move(top));
  root.MutableObject().Set(
      "$schema", Value::String("https://json-schema.org/draft/2020-12/schema"));
  root.MutableObject().Set("title", Value::String("fcc.config.json"));
  return value::ToJson(root, 2) + "\n";
}

}  // namespace fcc::commands
