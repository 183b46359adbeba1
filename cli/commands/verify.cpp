// SPDX-License-Identifier: Apache-2.0
//
// `fcc verify PATH`: reads every file of an app the way a device does, and says
// whether anything is missing or was changed.

#include "cli/commands/package_input.h"
#include "runtime/base/counted.h"
#include "runtime/package/package.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"PATH",
     {"output folder, package zip or sealed package",
      "输出目录、包 zip 或密封包"},
     PositionalUse::kRequired},
};

static constexpr Flag kFlags[] = {kKeyFlag};

const CommandSpec kVerifySpec = {
    .name = "verify",
    .summary = {"check that a package is whole and unchanged",
                "检查包是否完整且未被改动"},
    .positionals = kPositionals,
    .flags = kFlags,
};

// All that is wrong, not only the first.
static size_t ReportProblems(ToolEnv& env, package::Bundle& bundle,
                             size_t& files) {
  size_t problems = 0;
  auto report = [&](const base::Error& error) {
    env.PrintError(error.message);
    ++problems;
  };
  for (const package::PackageEntry& entry : bundle.config().packages) {
    auto opened = bundle.Load(entry.name);
    if (!opened) {
      report(opened.error());
      continue;
    }
    for (const package::ManifestFile& file : (*opened)->manifest().files) {
      ++files;
      auto bytes = (*opened)->Read(file.name);
      if (!bytes) {
        report(bytes.error());
      }
    }
  }
  return problems;
}

int RunVerify(ToolEnv& env, const Arguments& arguments) {
  auto source =
      OpenAppFiles(env, arguments.Positional(0), arguments.GetAll("key"));
  if (!source) {
    return env.Fail(source.error());
  }
  auto bundle = package::Bundle::Open(std::move(*source));
  if (!bundle) {
    return env.Fail(bundle.error());
  }
  size_t files = 0;
  const size_t problems = ReportProblems(env, **bundle, files);
  if (problems != 0) {
    return tool_env::kExitProblems;
  }
  if (!env.quiet) {
    env.err.Print("{} {}\n", env.err.Green("✓"),
                  env.Format({"{2}, {3}: whole and unchanged",
                              "{0} 个包、{1} 个文件：完整且未改动"},
                             (*bundle)->config().packages.size(), files,
                             base::Counted((*bundle)->config().packages.size(),
                                           "package"),
                             base::Counted(files, "file")));
  }
  return tool_env::kExitOk;
}

}  // namespace fcc::commands
