// SPDX-License-Identifier: Apache-2.0
//
// What a built app is made of: every file with its size, the package it ships
// in, and the way by which something came to need it.

#ifndef FCC_CLI_COMMANDS_SIZE_REPORT_H_
#define FCC_CLI_COMMANDS_SIZE_REPORT_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/build_session.h"
#include "compiler/link/program.h"

namespace fcc::commands {

enum class FileKind : uint8_t { kScript, kTemplate, kStyle, kModule, kAsset };
inline constexpr size_t kFileKinds = 5;

std::string_view FileKindName(FileKind kind);

struct SizedFile {
  std::string path;
  FileKind kind = FileKind::kAsset;
  std::string package;
  // Of an npm package: its name; else "".
  std::string npm;
  // As shipped: scripts after compiling, the rest as written.
  uint64_t bytes = 0;
  // From app.json to what names the file; empty where nothing does.
  std::vector<std::string> why;
};

struct SizedPackage {
  std::string name;
  // All that ships in it, the native section too.
  uint64_t bytes = 0;
  uint64_t zip_bytes = 0;
  // Of the files, by kind.
  std::array<uint64_t, kFileKinds> kinds = {};
};

// A page, a component or an npm package.
struct SizedGroup {
  std::string name;
  std::string package;
  uint64_t bytes = 0;
  uint32_t files = 0;
};

struct Duplicate {
  uint64_t bytes = 0;
  std::vector<std::string> paths;
};

// All lists are sorted by size, the biggest first, then by name.
struct SizeReport {
  std::vector<SizedPackage> packages;
  std::vector<SizedGroup> pages;
  std::vector<SizedGroup> components;
  std::vector<SizedGroup> npm;
  std::vector<SizedFile> files;
  // Files of the same content.
  std::vector<Duplicate> duplicates;
  // Packed, and nothing mentions them.
  std::vector<SizedFile> unused;
  // Rules of sheets that can never apply: bytes by sheet.
  std::vector<SizedGroup> unused_styles;
  uint64_t bytes = 0;
};

// `result` must have been built with its packages. `fs` is asked for the zips.
SizeReport MakeSizeReport(const link::Program& program,
                          const driver::BuildResult& result);

std::string SizeReportJson(const SizeReport& report);

// Another build's sizes, by the names of packages and the paths of files.
struct SizesBefore {
  uint64_t bytes = 0;
  std::map<std::string, uint64_t> packages;
  std::map<std::string, uint64_t> files;
};
// From what SizeReportJson gave. Nothing where it is something else.
std::optional<SizesBefore> ReadSizes(std::string_view json);

// A page with a treemap that needs no other file. `before` may be null.
std::string SizeReportHtml(const SizeReport& report, const SizesBefore* before,
                           std::string_view title, bool chinese);

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_SIZE_REPORT_H_
