// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/package_input.h"

namespace fcc::commands {

// Key files are a line or two; anything much larger is another file by mistake.
static constexpr uint64_t kMaxKeyFileBytes = 4096;

base::Result<std::vector<package::KeyFile>> ReadKeyFiles(
    ToolEnv& env, const std::vector<std::string>& paths) {
  std::vector<package::KeyFile> keys;
  for (const std::string& path : paths) {
    FCC_TRY_ASSIGN(const std::string text,
                   env.fs.ReadFile(env.Resolve(path), kMaxKeyFileBytes));
    auto key = package::ParseKeyFile(text);
    if (!key) {
      return base::Error{key.error().kind,
                         base::format("`{}`: {}", path, key.error().message)};
    }
    keys.push_back(*key);
  }
  return keys;
}

bool IsSealedFile(ToolEnv& env, std::string_view path) {
  auto first = env.fs.ReadRange(env.Resolve(path), 0, 8);
  return first && package::LooksSealed(*first);
}

base::Result<std::unique_ptr<package::Source>> OpenSealedFile(
    ToolEnv& env, std::string_view path,
    const std::vector<package::KeyFile>& keys) {
  if (keys.empty()) {
    return base::Error{
        base::ErrorKind::kRefused,
        env.Format({"`{}` is sealed: name its key file with `--key FILE` or "
                    "FCC_KEY",
                    "`{}` 已密封：请用 `--key 文件` 或 FCC_KEY 指定密钥文件"},
                   path)};
  }
  base::Error refused;
  for (const package::KeyFile& key : keys) {
    FCC_TRY_ASSIGN(auto reader,
                   package::ReadFromFile(env.fs, env.Resolve(path)));
    auto source = package::OpenSealed(std::move(reader), key);
    if (source || source.error().kind != base::ErrorKind::kRefused) {
      return source;
    }
    refused = source.error();
  }
  return refused;
}

base::Result<std::unique_ptr<package::Source>> OpenAppFiles(
    ToolEnv& env, std::string_view path, const std::vector<std::string>& keys) {
  const std::string full = env.Resolve(path);
  if (env.fs.IsDirectory(full)) {
    const std::string packages = base::JoinPath(full, "package");
    return package::FolderSource::Open(
        env.fs, env.fs.IsDirectory(packages) ? packages : full);
  }
  if (IsSealedFile(env, path)) {
    FCC_TRY_ASSIGN(const auto files, ReadKeyFiles(env, keys));
    return OpenSealedFile(env, path, files);
  }
  FCC_TRY_ASSIGN(std::string bytes,
                 env.fs.ReadFile(full, base::FileSystem::kDefaultMax));
  return package::OpenZip(std::move(bytes));
}

}  // namespace fcc::commands
