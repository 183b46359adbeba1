// SPDX-License-Identifier: Apache-2.0
//
// `.fcc/manifest.json`: what a package says of itself. It names every other
// file of the package with its size and SHA-256, so a reader notices a missing,
// foreign or changed file before it uses it. The digests guard against damage;
// trust comes from the sealed container around (sealed.h).

#ifndef FCC_RUNTIME_PACKAGE_MANIFEST_H_
#define FCC_RUNTIME_PACKAGE_MANIFEST_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/hash.h"
#include "runtime/base/result.h"

namespace fcc::package {

inline constexpr int kFormatVersion = 1;
inline constexpr std::string_view kNativeFolder = ".fcc/";
inline constexpr std::string_view kManifestName = ".fcc/manifest.json";
inline constexpr std::string_view kAppConfigName = ".fcc/app.json";
inline constexpr std::string_view kTemplatesName = ".fcc/templates.bin";
inline constexpr std::string_view kStylesName = ".fcc/styles.bin";
inline constexpr std::string_view kMainPackageName = "__APP__";

struct ManifestFile {
  std::string name;
  uint64_t size = 0;
  base::Sha256Digest sha256 = {};
};

struct Manifest {
  int format = kFormatVersion;
  // Program and version that wrote the package.
  std::string compiler;
  // "__APP__" for the main package and for the whole, unsplit app.
  std::string name;
  // Folder of a sub-package in the project, without slashes at its ends; empty
  // for the main package.
  std::string root;
  bool independent = false;
  // The file that defines the package's modules.
  std::string script;
  // Sorted by name; without the manifest itself.
  std::vector<ManifestFile> files;

  const ManifestFile* Find(std::string_view file_name) const;
};

// kUnsupported for a version this reader does not know.
base::Result<Manifest> ParseManifest(std::string_view text);
std::string WriteManifest(const Manifest& manifest);

}  // namespace fcc::package

#endif  // FCC_RUNTIME_PACKAGE_MANIFEST_H_
