// SPDX-License-Identifier: Apache-2.0
//
// `fcc seal OUT -o app.fcp --key FILE`: the packages of a build in one
// encrypted container.

#include "cli/commands/package_input.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"OUT",
     {"output folder of `fcc build`", "`fcc build` 的输出目录"},
     PositionalUse::kRequired},
};

static constexpr Flag kFlags[] = {
    {.name = "out",
     .kind = FlagKind::kPath,
     .help = {"container to write", "要写入的密封包"},
     .value = "FILE",
     .fallback = "app.fcp",
     .letter = 'o'},
    kKeyFlag,
};

static constexpr Example kExamples[] = {
    {"fcc seal out -o app.fcp --key release.key", {}},
    {"fcc run app.fcp --key release.key --smoke",
     {"run what was sealed", "运行密封后的包"}},
};

const CommandSpec kSealSpec = {
    .name = "seal",
    .summary = {"encrypt a build into one container",
                "把构建结果加密为一个密封包"},
    .details = {"AES-256-GCM, every file on its own in authenticated chunks of "
                "64 KiB: a page is decrypted when it is opened, and nothing is "
                "written to a disk in clear. Each --key given can open it.",
                "采用 AES-256-GCM，按 64 KiB 分块逐文件认证加密：页面在打开时才"
                "解密，明文不落盘。每个 --key 均可打开该包。"},
    .positionals = kPositionals,
    .flags = kFlags,
    .examples = kExamples,
};

int RunSeal(ToolEnv& env, const Arguments& arguments) {
  const std::vector<std::string> key_paths = arguments.GetAll("key");
  if (key_paths.empty()) {
    return env.FailUsage(
        env.Say({"a key is needed: `--key FILE` or FCC_KEY (make one with "
                 "`fcc keygen`)",
                 "需要密钥：`--key 文件` 或 FCC_KEY（用 `fcc keygen` 生成）"}));
  }
  package::SealOptions options;
  auto keys = ReadKeyFiles(env, key_paths);
  if (!keys) {
    return env.Fail(keys.error());
  }
  options.keys = *keys;
  auto source = OpenAppFiles(env, arguments.Positional(0), key_paths);
  if (!source) {
    return env.Fail(source.error());
  }
  // Zips are left out where the folder they were made from is there too.
  std::map<std::string, std::string> files;
  uint64_t clear_bytes = 0;
  for (const std::string& name : (*source)->names()) {
    if (name.ends_with(".zip") &&
        (*source)->Has(name.substr(0, name.size() - 4) + "/" +
                       ".fcc/manifest.json")) {
      continue;
    }
    auto bytes = (*source)->Read(name);
    if (!bytes) {
      return env.Fail(bytes.error());
    }
    clear_bytes += bytes->size();
    files.emplace(name, std::move(*bytes));
  }
  if (files.empty()) {
    return env.Fail({base::ErrorKind::kNotFound,
                     env.Format({"there is nothing to seal in `{}`",
                                 "`{}` 中没有可密封的文件"},
                                arguments.Positional(0))});
  }
  auto sealed = package::Seal(files, options);
  if (!sealed) {
    return env.Fail(sealed.error());
  }
  const std::string out = env.Resolve(arguments.Get("out"));
  base::Status written = env.fs.WriteFile(out, *sealed);
  if (!written) {
    return env.Fail(written.error());
  }
  if (!env.quiet) {
    env.err.Print(
        "{} {}\n", env.err.Green("✓"),
        env.Format({"sealed {} file{}, {} bytes, into {} ({})",
                    "已将 {0} 个文件（{2} 字节）密封到 {3}（{4}）"},
                   files.size(), files.size() == 1 ? "" : "s", clear_bytes,
                   env.Show(out), package::SuiteName(options.suite)));
  }
  return tool_env::kExitOk;
}

}  // namespace fcc::commands
