// SPDX-License-Identifier: Apache-2.0
//
// What package.json says of a file by `sideEffects`, as webpack reads it:
// false, or patterns of the files that have some, counted from the folder of
// the package.json; a pattern without a slash fits in any folder.

#ifndef FCC_COMPILER_PROJECT_SIDE_EFFECTS_H_
#define FCC_COMPILER_PROJECT_SIDE_EFFECTS_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/project/project.h"

namespace fcc::project {

enum class SideEffects : uint8_t {
  // No package.json speaks of it.
  kUnsaid,
  kNone,
  kSome,
};

// Reads each package.json once; both arguments must outlive it.
class SideEffectsReader {
 public:
  SideEffectsReader(base::FileSystem& fs, const Project& project)
      : fs_(fs), project_(project) {}

  // Of a file of the project, by the nearest package.json above it: within its
  // npm package, or up to the project's folder.
  SideEffects Of(std::string_view path);

 private:
  struct Said {
    bool some = false;
    std::vector<std::string> patterns;
  };
  struct Package {
    std::string folder;
    // Nothing where it has no `sideEffects`.
    std::optional<Said> said;
  };

  // Null where none speaks. `folder` is on the disk.
  const Package* PackageAbove(const std::string& folder);
  std::optional<Package> Read(const std::string& folder);

  base::FileSystem& fs_;
  const Project& project_;
  // By the folder asked for; node-based, so that pointers stay.
  std::map<std::string, std::optional<Package>, std::less<>> packages_;
};

}  // namespace fcc::project

#endif  // FCC_COMPILER_PROJECT_SIDE_EFFECTS_H_
