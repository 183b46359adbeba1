// SPDX-License-Identifier: Apache-2.0
//
// The output folder of a build as it goes to a platform.

#ifndef FCC_CLI_PUBLISH_BUILT_APP_H_
#define FCC_CLI_PUBLISH_BUILT_APP_H_

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/file_system.h"
#include "runtime/base/result.h"

namespace fcc::publish {

struct UploadFile {
  // As the platform names it: "app.zip", "__APP__.zip".
  std::string name;
  std::string bytes;
  std::string sha256;
};

struct BuiltApp {
  // app.zip first, then the packages in packageConfig.json's order.
  std::vector<UploadFile> files;
  // package/packageConfig.json and package/packageExtConfig.json as they stand;
  // the second is empty where there is none.
  std::string packages_json;
  std::string extension_json;
  // Of all of the above: equal contents are equal digests.
  std::string sha256;
};

// True when `folder` is such an output.
bool IsBuiltApp(base::FileSystem& fs, std::string_view folder);

// kNotFound names the missing file, kCorrupt says what is wrong with one.
base::Result<BuiltApp> ReadBuiltApp(base::FileSystem& fs,
                                    std::string_view folder);

}  // namespace fcc::publish

#endif  // FCC_CLI_PUBLISH_BUILT_APP_H_
