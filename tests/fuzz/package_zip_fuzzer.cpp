// SPDX-License-Identifier: Apache-2.0
//
// Foreign bytes as a zip, as a package in it, and as the two JSON files of the
// `.fcc/` section.

#include <string>

#include "runtime/package/package.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace fcc::package;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (auto manifest = ParseManifest(bytes)) {
    FCC_CHECK(ParseManifest(WriteManifest(*manifest)).ok());
  }
  static_cast<void>(ParseAppConfig(bytes).ok());
  SourceLimits limits;
  limits.max_file_bytes = limits.max_total_bytes = 1 << 20;
  auto source = OpenZip(std::move(bytes), limits);
  if (!source) {
    return 0;
  }
  for (const std::string& name : (*source)->names()) {
    FCC_CHECK(IsSafeName(name));
    static_cast<void>((*source)->Read(name).ok());
  }
  static_cast<void>(Bundle::Open(std::move(*source)).ok());
  return 0;
}
