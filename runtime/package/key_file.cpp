// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/format.h"
#include "runtime/base/hash.h"
#include "runtime/package/sealed.h"

namespace fcc::package {

static constexpr std::string_view kWord = "fcc-key-v1 ";

std::string KeyFile::Id() const {
  std::string bytes = "fcc key id";
  bytes.append(reinterpret_cast<const char*>(key.data()), key.size());
  return base::ToHex(base::Sha256(bytes)).substr(0, 16);
}

base::Result<KeyFile> GenerateKeyFile() {
  KeyFile file;
  FCC_TRY(SystemRandom()(file.key.data(), file.key.size()));
  return file;
}

std::string WriteKeyFile(const KeyFile& file) {
  return base::format(
      "# fcc key {}. Whoever has this file can open what is sealed with it.\n"
      "{}{}\n",
      file.Id(), kWord,
      base::ToHex(std::string_view(
          reinterpret_cast<const char*>(file.key.data()), file.key.size())));
}

static int HexDigit(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

base::Result<KeyFile> ParseKeyFile(std::string_view text) {
  base::Error wrong{base::ErrorKind::kCorrupt,
                    "this is no fcc key file: it needs one line "
                    "`fcc-key-v1 <64 hexadecimal digits>` (make one with "
                    "`fcc keygen`)"};
  KeyFile file;
  bool found = false;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) {
      line.remove_suffix(1);
    }
    if (line.empty() || line.front() == '#') {
      continue;
    }
    if (found || line.substr(0, kWord.size()) != kWord ||
        line.size() != kWord.size() + 64) {
      return wrong;
    }
    found = true;
    line.remove_prefix(kWord.size());
    for (size_t i = 0; i < 32; ++i) {
      int high = HexDigit(line[2 * i]);
      int low = HexDigit(line[2 * i + 1]);
      if (high < 0 || low < 0) {
        return wrong;
      }
      file.key[i] = static_cast<uint8_t>(high * 16 + low);
    }
  }
  if (!found) {
    return wrong;
  }
  return file;
}

}  // namespace fcc::package
