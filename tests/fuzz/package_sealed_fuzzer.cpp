// SPDX-License-Identifier: Apache-2.0
//
// The reader of sealed containers. Random bytes never pass the authentication,
// so the input is also used as a patch on a container that was sealed well.

#include <cstddef>
#include <cstdint>

#include "runtime/package/sealed.h"

using namespace fcc::package;  // NOLINT

static const std::string& WellSealed() {
  static const std::string bytes = [] {
    SealOptions options;
    options.keys = {KeyFile{}};
    return Seal({{"a", "1"}, {"b", std::string(100, 'x')}}, options).value();
  }();
  return bytes;
}

static void OpenAndReadAll(std::string bytes) {
  auto source = OpenSealed(ReadFromMemory(std::move(bytes)), KeyFile{});
  if (!source) {
    return;
  }
  for (const std::string& name : (*source)->names()) {
    static_cast<void>((*source)->Read(name).ok());
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string input(reinterpret_cast<const char*>(data), size);
  OpenAndReadAll(input);
  std::string patched = WellSealed();
  if (size > 0) {
    size_t at = data[0] % patched.size();
    for (size_t i = 1; i < size && at < patched.size(); ++i, ++at) {
      patched[at] = static_cast<char>(patched[at] ^ input[i]);
    }
  }
  OpenAndReadAll(std::move(patched));
  static_cast<void>(ParseKeyFile(input).ok());
  return 0;
}
