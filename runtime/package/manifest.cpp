// SPDX-License-Identifier: Apache-2.0

#include "runtime/package/manifest.h"

#include <algorithm>

#include "runtime/base/format.h"
#include "runtime/base/json.h"
#include "runtime/package/source.h"

namespace fcc::package {

using base::Error;
using base::ErrorKind;
using base::JsonNode;

const ManifestFile* Manifest::Find(std::string_view file_name) const {
  auto found =
      std::lower_bound(files.begin(), files.end(), file_name,
                       [](const ManifestFile& file, std::string_view wanted) {
                         return file.name < wanted;
                       });
  return found != files.end() && found->name == file_name ? &*found : nullptr;
}

static Error Corrupt(std::string_view what) {
  return {ErrorKind::kCorrupt,
          base::format("`{}` is damaged: {}", kManifestName, what)};
}

static bool ParseHexDigit(char digit, uint8_t& value) {
  if (digit >= '0' && digit <= '9') {
    value = static_cast<uint8_t>(digit - '0');
  } else if (digit >= 'a' && digit <= 'f') {
    value = static_cast<uint8_t>(digit - 'a' + 10);
  } else {
    return false;
  }
  return true;
}

static bool ParseDigest(std::string_view hex, base::Sha256Digest& digest) {
  if (hex.size() != digest.size() * 2) {
    return false;
  }
  for (size_t i = 0; i < digest.size(); ++i) {
    uint8_t high = 0;
    uint8_t low = 0;
    if (!ParseHexDigit(hex[2 * i], high) ||
        !ParseHexDigit(hex[2 * i + 1], low)) {
      return false;
    }
    digest[i] = static_cast<uint8_t>(high << 4 | low);
  }
  return true;
}

static std::string StringMember(const JsonNode& node, std::string_view key) {
  const JsonNode* found = node.Find(key);
  return found == nullptr ? "" : std::string(found->StringOr(""));
}

base::Result<Manifest> ParseManifest(std::string_view text) {
  base::JsonDocument document = base::ParseJson(text);
  if (!document.ok() || !document.root->IsObject()) {
    return Corrupt("it is no JSON object");
  }
  const JsonNode& root = *document.root;
  const JsonNode* format = root.Find("format");
  if (format == nullptr || !format->IsNumber()) {
    return Corrupt("it has no `format`");
  }
  if (format->number != kFormatVersion) {
    return Error{
        ErrorKind::kUnsupported,
        base::format("the package has format {}; this program reads "
                     "format {}: build it again with `fcc build`",
                     base::NumberToString(format->number), kFormatVersion)};
  }
  Manifest manifest;
  manifest.compiler = StringMember(root, "compiler");
  manifest.name = StringMember(root, "name");
  manifest.root = StringMember(root, "root");
  manifest.script = StringMember(root, "script");
  const JsonNode* independent = root.Find("independent");
  manifest.independent = independent != nullptr && independent->BoolOr(false);
  if (manifest.name.empty() || manifest.script.empty()) {
    return Corrupt("it lacks `name` or `script`");
  }
  if (!manifest.root.empty() && !IsSafeName(manifest.root)) {
    return Corrupt("`root` leaves the package");
  }
  const JsonNode* files = root.Find("files");
  if (files == nullptr || !files->IsArray()) {
    return Corrupt("it has no `files`");
  }
  for (const JsonNode* item : files->items) {
    ManifestFile file;
    const JsonNode* size = item->Find("size");
    file.name = StringMember(*item, "name");
    if (!IsSafeName(file.name) || size == nullptr || !size->IsNumber() ||
        !(size->number >= 0 && size->number < 9e15) ||
        !ParseDigest(StringMember(*item, "sha256"), file.sha256)) {
      return Corrupt("an entry of `files` lacks a name, size or digest");
    }
    file.size = static_cast<uint64_t>(size->number);
    if (!manifest.files.empty() && manifest.files.back().name >= file.name) {
      return Corrupt("`files` is not sorted");
    }
    manifest.files.push_back(std::move(file));
  }
  if (manifest.Find(manifest.script) == nullptr) {
    return Corrupt("`script` is none of its files");
  }
  return manifest;
}

// One file a line, so that two builds can be compared with a text diff.
std::string WriteManifest(const Manifest& manifest) {
  std::string out =
      base::format("{{\"format\":{},\"compiler\":", manifest.format);
  base::AppendJsonString(out, manifest.compiler);
  out += ",\"name\":";
  base::AppendJsonString(out, manifest.name);
  out += ",\"root\":";
  base::AppendJsonString(out, manifest.root);
  out += base::format(",\"independent\":{},\"script\":", manifest.independent);
  base::AppendJsonString(out, manifest.script);
  out += ",\"files\":[";
  bool first = true;
  for (const ManifestFile& file : manifest.files) {
    out += first ? "\n{\"name\":" : ",\n{\"name\":";
    first = false;
    base::AppendJsonString(out, file.name);
    out += base::format(",\"size\":{},\"sha256\":\"{}\"}}", file.size,
                        base::ToHex(file.sha256));
  }
  out += "\n]}\n";
  return out;
}

}  // namespace fcc::package
