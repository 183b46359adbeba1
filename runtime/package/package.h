// SPDX-License-Identifier: Apache-2.0
//
// Packages as the runtime opens them. A Package is one package with its
// manifest checked; a Bundle is an app: its main package and, opened when they
// are first needed, its sub-packages.
//
// Threads: both belong to one thread.

#ifndef FCC_RUNTIME_PACKAGE_PACKAGE_H_
#define FCC_RUNTIME_PACKAGE_PACKAGE_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/package/app_config.h"
#include "runtime/package/manifest.h"
#include "runtime/package/source.h"

namespace fcc::package {

class Package {
 public:
  // kUnsupported when the source holds no `.fcc/` section or one of another
  // version; kCorrupt when files are missing or not in the manifest. Contents
  // are checked when they are read.
  static base::Result<std::unique_ptr<Package>> Open(
      std::unique_ptr<Source> source);

  const Manifest& manifest() const { return manifest_; }
  bool Has(std::string_view name) const {
    return manifest_.Find(name) != nullptr;
  }
  // kNotFound; kCorrupt when the bytes are not those of the manifest.
  base::Result<std::string> Read(std::string_view name);
  // The text of the file that defines the package's modules.
  base::Result<std::string> ReadScript() { return Read(manifest_.script); }
  // Bytes for tmpl::Program::Load and style::Program::Load.
  base::Result<std::string> ReadTemplates() { return Read(kTemplatesName); }
  base::Result<std::string> ReadStyles() { return Read(kStylesName); }

 private:
  Package(std::unique_ptr<Source> source, Manifest manifest)
      : source_(std::move(source)), manifest_(std::move(manifest)) {}

  std::unique_ptr<Source> source_;
  Manifest manifest_;
};

class Bundle {
 public:
  // Takes what `fcc build` wrote, whole or in part: the output folder (its
  // package/ is used), the package folder with folders or zips in it, or one
  // package (main, or the whole app of app.zip).
  static base::Result<std::unique_ptr<Bundle>> Open(
      std::unique_ptr<Source> source);
  // The same from a path: a folder, a .zip.
  static base::Result<std::unique_ptr<Bundle>> OpenPath(base::FileSystem& fs,
                                                        std::string_view path);

  const AppConfig& config() const { return config_; }
  Package& main() { return *main_; }
  // The package of that name, opened when asked for first; the pointer is valid
  // as long as the bundle. kNotFound when the app has no such package, or it is
  // not in this bundle.
  base::Result<Package*> Load(std::string_view name);
  // The package that holds a page's or component's files.
  base::Result<Package*> LoadOwner(const ComponentEntry& component) {
    return Load(component.package);
  }
  // A file by its path in the project ("images/a.png"): from the package whose
  // root holds it, else from the main package.
  base::Result<std::string> ReadAsset(std::string_view path);

 private:
  Bundle() = default;
  base::Result<std::unique_ptr<Source>> FindSource(std::string_view name);

  std::unique_ptr<Source> source_;
  // Prefix of the packages in `source_`; used when there is no whole app.
  std::string prefix_;
  bool whole_ = false;
  std::unique_ptr<Package> main_;
  std::map<std::string, std::unique_ptr<Package>, std::less<>> loaded_;
  AppConfig config_;
};

}  // namespace fcc::package

#endif  // FCC_RUNTIME_PACKAGE_PACKAGE_H_
