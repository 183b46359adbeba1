// SPDX-License-Identifier: Apache-2.0
//
// A size report for machines, and for the page that draws it.

#include "cli/commands/size_report.h"
#include "runtime/base/json.h"

namespace fcc::commands {

namespace {

// JSON, a member or an item at a time.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  void Key(std::string_view name) {
    Comma();
    base::AppendJsonString(out_, name);
    out_ += ':';
    comma_ = false;
  }
  void Text(std::string_view text) {
    Comma();
    base::AppendJsonString(out_, text);
  }
  void Number(uint64_t number) {
    Comma();
    out_ += std::to_string(number);
  }
  void Open(char bracket) {
    Comma();
    out_ += bracket;
    comma_ = false;
  }
  void Close(char bracket) {
    out_ += bracket;
    comma_ = true;
  }
  void Member(std::string_view name, std::string_view text) {
    Key(name);
    Text(text);
  }
  void Member(std::string_view name, uint64_t number) {
    Key(name);
    Number(number);
  }

 private:
  void Comma() {
    if (comma_) {
      out_ += ',';
    }
    comma_ = true;
  }
  std::string& out_;
  bool comma_ = false;
};

}  // namespace

static void WriteFiles(Writer& json, std::string_view name,
                       const std::vector<SizedFile>& files) {
  json.Key(name);
  json.Open('[');
  for (const SizedFile& file : files) {
    json.Open('{');
    json.Member("path", file.path);
    json.Member("kind", FileKindName(file.kind));
    json.Member("package", file.package);
    if (!file.npm.empty()) {
      json.Member("npm", file.npm);
    }
    json.Member("bytes", file.bytes);
    json.Key("why");
    json.Open('[');
    for (const std::string& by : file.why) {
      json.Text(by);
    }
    json.Close(']');
    json.Close('}');
  }
  json.Close(']');
}

static void WriteGroups(Writer& json, std::string_view name,
                        const std::vector<SizedGroup>& groups) {
  json.Key(name);
  json.Open('[');
  for (const SizedGroup& group : groups) {
    json.Open('{');
    json.Member("name", group.name);
    json.Member("package", group.package);
    json.Member("bytes", group.bytes);
    json.Member("files", group.files);
    json.Close('}');
  }
  json.Close(']');
}

std::string SizeReportJson(const SizeReport& report) {
  std::string out;
  Writer json(out);
  json.Open('{');
  json.Member("bytes", report.bytes);
  json.Key("packages");
  json.Open('[');
  for (const SizedPackage& package : report.packages) {
    json.Open('{');
    json.Member("name", package.name);
    json.Member("bytes", package.bytes);
    json.Member("zipBytes", package.zip_bytes);
    json.Key("kinds");
    json.Open('{');
    for (size_t i = 0; i < kFileKinds; ++i) {
      json.Member(FileKindName(static_cast<FileKind>(i)), package.kinds[i]);
    }
    json.Close('}');
    json.Close('}');
  }
  json.Close(']');
  WriteGroups(json, "pages", report.pages);
  WriteGroups(json, "components", report.components);
  WriteGroups(json, "npm", report.npm);
  WriteFiles(json, "files", report.files);
  json.Key("duplicates");
  json.Open('[');
  for (const Duplicate& duplicate : report.duplicates) {
    json.Open('{');
    json.Member("bytes", duplicate.bytes);
    json.Key("paths");
    json.Open('[');
    for (const std::string& path : duplicate.paths) {
      json.Text(path);
    }
    json.Close(']');
    json.Close('}');
  }
  json.Close(']');
  WriteFiles(json, "unused", report.unused);
  WriteGroups(json, "unusedStyles", report.unused_styles);
  json.Close('}');
  out += '\n';
  return out;
}

// `name` → bytes, of a list of the report.
static std::map<std::string, uint64_t> BytesIn(const base::JsonNode& root,
                                               std::string_view list,
                                               std::string_view name) {
  std::map<std::string, uint64_t> bytes;
  const base::JsonNode* items = root.Find(list);
  if (items == nullptr) {
    return bytes;
  }
  for (const base::JsonNode* item : items->items) {
    const base::JsonNode* key = item->Find(name);
    const base::JsonNode* size = item->Find("bytes");
    if (key != nullptr && size != nullptr && size->IsNumber() &&
        size->number >= 0 && size->number < 1e15) {
      bytes[std::string(key->StringOr(""))] =
          static_cast<uint64_t>(size->number);
    }
  }
  return bytes;
}

std::optional<SizesBefore> ReadSizes(std::string_view json) {
  const base::JsonDocument document = base::ParseJson(json);
  const base::JsonNode& root = *document.root;
  const base::JsonNode* bytes = root.Find("bytes");
  if (bytes == nullptr || !bytes->IsNumber() || root.Find("files") == nullptr ||
      bytes->number < 0 || bytes->number > 1e15) {
    return std::nullopt;
  }
  return SizesBefore{static_cast<uint64_t>(bytes->number),
                     BytesIn(root, "packages", "name"),
                     BytesIn(root, "files", "path")};
}

}  // namespace fcc::commands
