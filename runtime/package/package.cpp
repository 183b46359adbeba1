// SPDX-License-Identifier: Apache-2.0

#include "runtime/package/package.h"

#include "runtime/base/format.h"

namespace fcc::package {

using base::Error;
using base::ErrorKind;
using base::Result;

static constexpr std::string_view kPackageConfigName = "packageConfig.json";

Result<std::unique_ptr<Package>> Package::Open(std::unique_ptr<Source> source) {
  if (!source->Has(kManifestName)) {
    return Error{ErrorKind::kUnsupported,
                 "the package has no `.fcc/` section, which this program runs "
                 "from: build it with `fcc build`, without `--no-native`"};
  }
  FCC_TRY_ASSIGN(std::string text, source->Read(kManifestName));
  FCC_TRY_ASSIGN(Manifest manifest, ParseManifest(text));
  for (const ManifestFile& file : manifest.files) {
    if (!source->Has(file.name)) {
      return Error{ErrorKind::kCorrupt,
                   base::format("the package lacks its file `{}`", file.name)};
    }
  }
  for (const std::string& name : source->names()) {
    if (name != kManifestName && manifest.Find(name) == nullptr) {
      return Error{
          ErrorKind::kCorrupt,
          base::format("`{}` is in the package but not in its manifest", name)};
    }
  }
  return std::unique_ptr<Package>(
      new Package(std::move(source), std::move(manifest)));
}

Result<std::string> Package::Read(std::string_view name) {
  const ManifestFile* file = manifest_.Find(name);
  if (file == nullptr) {
    return Error{
        ErrorKind::kNotFound,
        base::format("package `{}` has no file `{}`", manifest_.name, name)};
  }
  FCC_TRY_ASSIGN(std::string bytes, source_->Read(name));
  if (bytes.size() != file->size || base::Sha256(bytes) != file->sha256) {
    return Error{ErrorKind::kCorrupt,
                 base::format("`{}` is not the file that package `{}` was "
                              "built with",
                              name, manifest_.name)};
  }
  return bytes;
}

// Where the packages lie in `source`: "package/" in an output folder, "" in the
// package folder itself.
static const char* FindPackagesPrefix(const Source& source) {
  if (source.Has(std::string("package/") + std::string(kPackageConfigName))) {
    return "package/";
  }
  return source.Has(kPackageConfigName) ? "" : nullptr;
}

Result<std::unique_ptr<Bundle>> Bundle::Open(std::unique_ptr<Source> source) {
  std::unique_ptr<Bundle> bundle(new Bundle);
  const char* prefix = FindPackagesPrefix(*source);
  bundle->whole_ = prefix == nullptr;
  if (bundle->whole_) {
    FCC_TRY_ASSIGN(bundle->main_, Package::Open(std::move(source)));
  } else {
    bundle->prefix_ = prefix;
    bundle->source_ = std::move(source);
    FCC_TRY_ASSIGN(std::unique_ptr<Source> main,
                   bundle->FindSource(kMainPackageName));
    FCC_TRY_ASSIGN(bundle->main_, Package::Open(std::move(main)));
  }
  FCC_TRY_ASSIGN(std::string text, bundle->main_->Read(kAppConfigName));
  FCC_TRY_ASSIGN(bundle->config_, ParseAppConfig(text));
  return bundle;
}

Result<std::unique_ptr<Bundle>> Bundle::OpenPath(base::FileSystem& fs,
                                                 std::string_view path) {
  if (fs.IsDirectory(path)) {
    FCC_TRY_ASSIGN(std::unique_ptr<Source> source,
                   FolderSource::Open(fs, path));
    return Open(std::move(source));
  }
  FCC_TRY_ASSIGN(std::string bytes, fs.ReadFile(path));
  FCC_TRY_ASSIGN(std::unique_ptr<Source> source, OpenZip(std::move(bytes)));
  return Open(std::move(source));
}

Result<std::unique_ptr<Source>> Bundle::FindSource(std::string_view name) {
  std::string folder = prefix_ + std::string(name) + "/";
  if (source_->Has(folder + std::string(kManifestName))) {
    return SourceBelow(*source_, folder);
  }
  std::string zip = prefix_ + std::string(name) + ".zip";
  if (source_->Has(zip)) {
    FCC_TRY_ASSIGN(std::string bytes, source_->Read(zip));
    return OpenZip(std::move(bytes));
  }
  return Error{ErrorKind::kNotFound,
               base::format("package `{}` is not here, neither as the folder "
                            "`{}` nor as `{}`",
                            name, folder, zip)};
}

Result<Package*> Bundle::Load(std::string_view name) {
  // The whole app, unsplit, is every package.
  if (name == kMainPackageName || whole_) {
    return main_.get();
  }
  auto found = loaded_.find(name);
  if (found != loaded_.end()) {
    return found->second.get();
  }
  if (config_.FindPackage(name) == nullptr) {
    return Error{ErrorKind::kNotFound,
                 base::format("the app has no package `{}`", name)};
  }
  FCC_TRY_ASSIGN(std::unique_ptr<Source> source, FindSource(name));
  FCC_TRY_ASSIGN(std::unique_ptr<Package> package,
                 Package::Open(std::move(source)));
  Package* loaded = package.get();
  loaded_.emplace(name, std::move(package));
  return loaded;
}

Result<std::string> Bundle::ReadAsset(std::string_view path) {
  for (const PackageEntry& entry : config_.packages) {
    if (!entry.root.empty() && path.size() > entry.root.size() &&
        path.substr(0, entry.root.size()) == entry.root &&
        path[entry.root.size()] == '/') {
      FCC_TRY_ASSIGN(Package * owner, Load(entry.name));
      if (owner->Has(path)) {
        return owner->Read(path);
      }
    }
  }
  return main_->Read(path);
}

}  // namespace fcc::package
