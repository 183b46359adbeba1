// SPDX-License-Identifier: Apache-2.0
//
// `fcc keygen FILE`: a new key for sealing.

#include "cli/commands/command.h"
#include "runtime/package/sealed.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"FILE",
     {"where to write the key; must not exist yet",
      "密钥文件的路径，不能已存在"},
     PositionalUse::kRequired},
};

static constexpr Example kExamples[] = {
    {"fcc keygen release.key", {}},
};

const CommandSpec kKeygenSpec = {
    .name = "keygen",
    .summary = {"make a key file for sealing packages",
                "生成用于密封包的密钥文件"},
    .details = {"Whoever has the file can open what is sealed with it: keep it "
                "out of the repository, and give it to the pipeline as a "
                "secret file.",
                "持有该文件即可打开用它密封的包：不要提交到仓库，请以保密文件"
                "的方式提供给流水线。"},
    .positionals = kPositionals,
    .examples = kExamples,
};

int RunKeygen(ToolEnv& env, const Arguments& arguments) {
  const std::string path = env.Resolve(arguments.Positional(0));
  // A key that is overwritten takes everything sealed with it along.
  if (env.fs.Stat(path)) {
    return env.Fail(
        {base::ErrorKind::kExists,
         env.Format({"`{}` exists already, and a key is never overwritten",
                     "`{}` 已存在，密钥文件不会被覆盖"},
                    env.Show(path))});
  }
  auto key = package::GenerateKeyFile();
  if (!key) {
    return env.Fail(key.error());
  }
  base::Status written =
      env.fs.WritePrivateFile(path, package::WriteKeyFile(*key));
  if (!written) {
    return env.Fail(written.error());
  }
  if (!env.quiet) {
    env.err.Print("{} {}\n", env.err.Green("✓"),
                  env.Format({"key {} in {}", "密钥 {} 已写入 {}"}, key->Id(),
                             env.Show(path)));
  }
  return tool_env::kExitOk;
}

}  // namespace fcc::commands
