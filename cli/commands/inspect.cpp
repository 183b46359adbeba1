// SPDX-License-Identifier: Apache-2.0
//
// `fcc inspect PATH`: what a package or container is and holds. Of a container
// without its key, what anyone can see.

#include "cli/commands/package_input.h"
#include "runtime/value/value.h"
#include "runtime/value/value_json.h"

namespace fcc::commands {

using value::Value;

static constexpr Positional kPositionals[] = {
    {"PATH",
     {"output folder, package zip or sealed package",
      "输出目录、包 zip 或密封包"},
     PositionalUse::kRequired},
};

static constexpr Flag kFlags[] = {
    {.name = "format",
     .kind = FlagKind::kChoice,
     .help = {"how to print", "输出格式"},
     .fallback = "text",
     .choices = "text|json"},
    kKeyFlag,
};

const CommandSpec kInspectSpec = {
    .name = "inspect",
    .summary = {"show what a package or container holds",
                "查看包或密封包的内容"},
    .positionals = kPositionals,
    .flags = kFlags,
};

static Value TextValue(std::string_view text) {
  return Value::String(text);
}
static Value Count(uint64_t number) {
  return Value::Number(static_cast<double>(number));
}

static void DescribeContainer(const package::SealedInfo& info, Value& facts) {
  value::Object& members = facts.MutableObject();
  members.Set("sealed", Value::Bool(true));
  members.Set("formatVersion", Count(info.version));
  members.Set("suite", TextValue(package::SuiteName(info.suite)));
  members.Set("container", TextValue(info.container_id));
  std::vector<Value> keys;
  for (const std::string& id : info.key_ids) {
    keys.push_back(TextValue(id));
  }
  members.Set("keys", Value::ArrayOf(std::move(keys)));
  members.Set("bytes", Count(info.container_bytes));
}

static base::Status DescribeFiles(package::Source& source, Value& facts) {
  std::vector<Value> files;
  uint64_t total = 0;
  for (const std::string& name : source.names()) {
    FCC_TRY_ASSIGN(const std::string bytes, source.Read(name));
    total += bytes.size();
    files.push_back(Value::ObjectOf(
        {{"name", TextValue(name)}, {"bytes", Count(bytes.size())}}));
  }
  value::Object& members = facts.MutableObject();
  members.Set("clearBytes", Count(total));
  members.Set("files", Value::ArrayOf(std::move(files)));
  return {};
}

static void PrintText(ToolEnv& env, const Value& facts) {
  for (const value::Object::Member& member : facts.object().members()) {
    if (member.name() != "files") {
      env.out.Print("{:<14}{}\n", member.name(),
                    member.value.ToDisplayString());
    }
  }
  const Value files = facts.Get("files");
  if (!files.IsArray()) {
    return;
  }
  env.out.Write("\n");
  for (const Value& file : files.array().items) {
    env.out.Print("{:>10}  {}\n", file.Get("bytes").ToDisplayString(),
                  file.Get("name").string());
  }
}

int RunInspect(ToolEnv& env, const Arguments& arguments) {
  const std::string path = arguments.Positional(0);
  const std::vector<std::string> keys = arguments.GetAll("key");
  Value facts = Value::NewObject();
  const bool sealed = IsSealedFile(env, path);
  if (sealed) {
    auto reader = package::ReadFromFile(env.fs, env.Resolve(path));
    if (!reader) {
      return env.Fail(reader.error());
    }
    auto info = package::InspectSealed(**reader);
    if (!info) {
      return env.Fail(info.error());
    }
    DescribeContainer(*info, facts);
  }
  if (!sealed || !keys.empty()) {
    auto source = OpenAppFiles(env, path, keys);
    if (!source) {
      return env.Fail(source.error());
    }
    base::Status described = DescribeFiles(**source, facts);
    if (!described) {
      return env.Fail(described.error());
    }
  }
  if (arguments.Get("format") == "json") {
    env.out.Write(value::ToJson(facts, 2) + "\n");
  } else {
    PrintText(env, facts);
  }
  return tool_env::kExitOk;
}

}  // namespace fcc::commands
