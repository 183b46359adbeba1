// SPDX-License-Identifier: Apache-2.0

#include "cli/publish/built_app.h"

#include "runtime/base/format.h"
#include "runtime/base/hash.h"
#include "runtime/base/json.h"

namespace fcc::publish {

static std::string ConfigPath(std::string_view folder) {
  return base::JoinPath(folder, "package/packageConfig.json");
}

bool IsBuiltApp(base::FileSystem& fs, std::string_view folder) {
  return fs.IsFile(ConfigPath(folder));
}

static base::Status AddFile(base::FileSystem& fs, const std::string& path,
                            BuiltApp& app) {
  UploadFile file;
  file.name = base::BaseName(path);
  FCC_TRY_ASSIGN(file.bytes, fs.ReadFile(path, base::FileSystem::kDefaultMax));
  if (!file.bytes.starts_with("PK")) {
    return base::Error{
        base::ErrorKind::kCorrupt,
        base::format("`{}` is no zip archive; build again", path)};
  }
  file.sha256 = base::ToHex(base::Sha256(file.bytes));
  app.files.push_back(std::move(file));
  return {};
}

base::Result<BuiltApp> ReadBuiltApp(base::FileSystem& fs,
                                    std::string_view folder) {
  BuiltApp app;
  const std::string config_path = ConfigPath(folder);
  FCC_TRY_ASSIGN(app.packages_json,
                 fs.ReadFile(config_path, base::FileSystem::kDefaultMax));
  const base::JsonDocument config = base::ParseJson(app.packages_json);
  if (!config.ok() || !config.root->IsArray()) {
    return base::Error{
        base::ErrorKind::kCorrupt,
        base::format("`{}` is no JSON array; build again", config_path)};
  }
  FCC_TRY(AddFile(fs, base::JoinPath(folder, "app.zip"), app));
  for (const base::JsonNode* item : config.root->items) {
    const base::JsonNode* name = item->Find("filename");
    const std::string_view file = name == nullptr ? "" : name->StringOr("");
    if (file.empty() || base::BaseName(file) != file) {
      return base::Error{
          base::ErrorKind::kCorrupt,
          base::format("`{}` has a package without a `filename`; build again",
                       config_path)};
    }
    FCC_TRY(AddFile(fs, base::format("{}/package/{}", folder, file), app));
  }
  const std::string extension =
      base::JoinPath(folder, "package/packageExtConfig.json");
  if (fs.IsFile(extension)) {
    FCC_TRY_ASSIGN(app.extension_json,
                   fs.ReadFile(extension, base::FileSystem::kDefaultMax));
    const base::JsonDocument document = base::ParseJson(app.extension_json);
    if (!document.ok()) {
      return base::Error{base::ErrorKind::kCorrupt,
                         base::format("`{}` is no JSON", extension)};
    }
    // Compact: it is sent as a part of a JSON body.
    app.extension_json.clear();
    base::AppendJson(app.extension_json, *document.root);
  }
  app.packages_json.clear();
  base::AppendJson(app.packages_json, *config.root);
  std::string all = app.packages_json + "\n" + app.extension_json + "\n";
  for (const UploadFile& file : app.files) {
    all += base::format("{} {}\n", file.sha256, file.name);
  }
  app.sha256 = base::ToHex(base::Sha256(all));
  return app;
}

}  // namespace fcc::publish
