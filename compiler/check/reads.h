// SPDX-License-Identifier: Apache-2.0
//
// Who read what, so that after an edit the readers are looked for and nobody
// else is.

#ifndef FCC_COMPILER_CHECK_READS_H_
#define FCC_COMPILER_CHECK_READS_H_

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/source/source_file.h"

namespace fcc::check {

// What a rule looks at, one after the other: a file, or a page or component by
// its place in the project.
enum class SubjectKind : uint8_t {
  kScript,
  kMarkup,
  kSheet,
  // Of templates: FTS, WXS. Read as texts only.
  kModule,
  kComponent,
  kProgram,
};
inline constexpr size_t kSubjectKinds = 6;

// One rule at one thing.
struct Piece {
  uint16_t rule = 0;
  SubjectKind kind = SubjectKind::kProgram;
  uint32_t at = 0;
  auto operator<=>(const Piece&) const = default;
};

// Anything that can be read and can change.
struct ReadSource {
  enum class Kind : uint8_t {
    kFile,
    // A file that is not there.
    kMissing,
    // What pages and components use.
    kUses,
    // Of a rule.
    kComponentStamp,
    kName,
    kAllNames,
  };
  Kind kind = Kind::kFile;
  // Of a rule: whose.
  uint16_t rule = 0;
  // The file, the component's place or the name's hash.
  uint64_t what = 0;
  auto operator<=>(const ReadSource&) const = default;

  static ReadSource Missing() { return {Kind::kMissing, 0, 0}; }
  static ReadSource Uses() { return {Kind::kUses, 0, 0}; }
  static ReadSource OfFile(source::FileId file) {
    return {Kind::kFile, 0, static_cast<uint64_t>(file)};
  }
};

// What one piece reads while it is looked at.
class ReadLog {
 public:
  ReadLog(uint16_t rule, std::span<const source::FileId> own)
      : rule_(rule), own_(own) {}

  // Files of the piece itself go without saying.
  void AddFile(source::FileId file);
  void Add(ReadSource::Kind kind, uint64_t what) {
    sources_.push_back({kind, rule_, what});
  }
  void Add(ReadSource source) { sources_.push_back(source); }
  // Each once.
  std::vector<ReadSource> Take();

 private:
  uint16_t rule_;
  std::span<const source::FileId> own_;
  std::vector<ReadSource> sources_;
};

class Readers {
 public:
  // In the place of what the piece read before.
  void Set(Piece piece, std::vector<ReadSource> sources);
  std::vector<Piece> Of(ReadSource source) const;

 private:
  struct Hash {
    size_t operator()(const ReadSource& source) const;
    size_t operator()(const Piece& piece) const;
  };
  std::unordered_map<Piece, std::vector<ReadSource>, Hash> sources_;
  std::unordered_map<ReadSource, std::vector<Piece>, Hash> readers_;
};

// Names of one rule, each with how many files give it.
class NameCounts {
 public:
  bool Contains(std::string_view name) const {
    return counts_.find(name) != counts_.end();
  }
  // Puts `names` in the place of what the file gave before. Names that are
  // given now and were not, or no more, go to `changed`.
  void Set(source::FileId file, const std::vector<std::string>& names,
           std::vector<std::string>& changed);
  // Those that begin with `sort`, without it.
  std::vector<std::string_view> All(char sort) const;

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  using Counts =
      std::unordered_map<std::string, uint32_t, Hash, std::equal_to<>>;
  Counts counts_;
  std::unordered_map<source::FileId, std::vector<Counts::value_type*>> by_file_;
};

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_READS_H_
