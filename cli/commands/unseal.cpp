// SPDX-License-Identifier: Apache-2.0
//
// `fcc unseal FILE -o DIR --key FILE`: the files of a container, in clear.

#include "cli/commands/package_input.h"
#include "runtime/base/counted.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"FILE", {"sealed package", "密封包"}, PositionalUse::kRequired},
};

static constexpr Flag kFlags[] = {
    {.name = "out",
     .kind = FlagKind::kPath,
     .help = {"folder to make; must not exist yet", "要创建的目录，不能已存在"},
     .value = "DIR",
     .fallback = "unsealed",
     .letter = 'o'},
    kKeyFlag,
};

const CommandSpec kUnsealSpec = {
    .name = "unseal",
    .summary = {"decrypt a container into a folder", "把密封包解密到目录"},
    .positionals = kPositionals,
    .flags = kFlags,
};

// Beside `out` first: a container that turns out to be damaged half-way leaves
// nothing behind.
static base::Status WriteFiles(ToolEnv& env, package::Source& source,
                               const std::string& out) {
  const std::string beside = out + ".tmp";
  FCC_TRY(env.fs.RemoveAll(beside));
  FCC_TRY(env.fs.MakeDirectories(beside));
  auto fill = [&]() -> base::Status {
    for (const std::string& name : source.names()) {
      FCC_TRY_ASSIGN(const std::string bytes, source.Read(name));
      FCC_TRY(env.fs.WriteFile(base::JoinPath(beside, name), bytes));
    }
    return env.fs.Rename(beside, out);
  };
  base::Status status = fill();
  if (!status) {
    // The first failure is the one to tell.
    static_cast<void>(env.fs.RemoveAll(beside).ok());
  }
  return status;
}

int RunUnseal(ToolEnv& env, const Arguments& arguments) {
  const std::string out = env.Resolve(arguments.Get("out"));
  if (env.fs.Stat(out)) {
    return env.Fail({base::ErrorKind::kExists,
                     env.Format({"`{}` exists already; name another folder "
                                 "with `-o`",
                                 "`{}` 已存在，请用 `-o` 指定其他目录"},
                                env.Show(out))});
  }
  auto keys = ReadKeyFiles(env, arguments.GetAll("key"));
  if (!keys) {
    return env.Fail(keys.error());
  }
  auto source = OpenSealedFile(env, arguments.Positional(0), *keys);
  if (!source) {
    return env.Fail(source.error());
  }
  base::Status written = WriteFiles(env, **source, out);
  if (!written) {
    return env.Fail(written.error());
  }
  if (!env.quiet) {
    env.err.Print("{} {}\n", env.err.Green("✓"),
                  env.Format({"{2} in {1}", "{0} 个文件已写入 {1}"},
                             (*source)->names().size(), env.Show(out),
                             base::Counted((*source)->names().size(), "file")));
  }
  return tool_env::kExitOk;
}

}  // namespace fcc::commands
