// SPDX-License-Identifier: Apache-2.0
//
// What is wrong in the user's project: kinds, reports and the sink they go to.
//
// Every kind is one row of catalogue/<area>.def:
//   FCC_DIAGNOSTIC(Symbol, "CODE", Severity, "message {}", "消息 {}",
//                  "help in English", "中文说明")
// Codes are stable and never reused. Messages are fmt templates; their
// arguments are owned strings and numbers, put between backticks in the
// template where they are the user's words. Both languages take the same
// arguments in the same order (use {0} {1} where the order differs).
//
//   sink.Report(Kind::kUnclosedTag, {file, span}, name)
//       .Label(other_location, "opened here")
//       .Note("…")
//       .Fix("close the tag", location, "</view>", FixSafety::kSafe);
//
// Threads: a sink is one thread's; parallel stages give every file a sink of
// its own and merge them in the order of the files.

#ifndef FCC_COMPILER_DIAGNOSTICS_DIAGNOSTIC_H_
#define FCC_COMPILER_DIAGNOSTICS_DIAGNOSTIC_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/source/source_file.h"
#include "runtime/base/format.h"

namespace fcc::diagnostics {

enum class Severity : uint8_t { kInfo, kWarning, kError };

std::string_view SeverityName(Severity severity);

enum class Kind : uint16_t {
#define FCC_DIAGNOSTIC(symbol, ...) k##symbol,
#include "compiler/diagnostics/catalogue/all.def"
#undef FCC_DIAGNOSTIC
  kCount,
};

struct KindInfo {
  std::string_view symbol;
  std::string_view code;
  Severity severity = Severity::kError;
  std::string_view message;
  std::string_view message_zh;
  std::string_view help;
  std::string_view help_zh;
};

const KindInfo& InfoOf(Kind kind);
// Null when there is no such code. Case does not matter.
const KindInfo* FindCode(std::string_view code);

// What is said beside a message. Chinese is empty where both are one.
struct Words {
  Words() = default;
  Words(std::string text) : en(std::move(text)) {}
  Words(const char* text) : en(text) {}
  Words(std::string english, std::string chinese)
      : en(std::move(english)), zh(std::move(chinese)) {}
  bool operator==(const Words&) const = default;

  std::string en;
  std::string zh;
};

// "did you mean `name`?"
Words DidYouMean(std::string_view name);
// "write `name`", of a fix.
Words WriteInstead(std::string_view name);

struct Label {
  source::Location location;
  Words text;
};

enum class FixSafety : uint8_t {
  // Cannot change what the program does.
  kSafe,
  kUnsafe,
};

// Replaces the text of one place.
struct Fix {
  Words title;
  source::Location location;
  std::string replacement;
  FixSafety safety = FixSafety::kUnsafe;
};

struct Diagnostic {
  Kind kind = Kind::kCount;
  Severity severity = Severity::kError;
  source::Location location;
  // Where there is no text to point at: the path of the file or folder.
  std::string path;
  std::string message;
  std::string message_zh;
  std::vector<Label> labels;
  std::vector<Words> notes;
  std::vector<Fix> fixes;
};

// Adds to the diagnostic just reported; lives in that statement only.
class Report {
 public:
  explicit Report(Diagnostic& diagnostic) : diagnostic_(diagnostic) {}
  Report& Label(source::Location location, Words text);
  Report& Note(Words text);
  Report& Fix(Words title, source::Location location, std::string replacement,
              FixSafety safety);
  // For what has no text, as a missing file.
  Report& Path(std::string path);
  Report& As(Severity severity);

 private:
  Diagnostic& diagnostic_;
};

class Sink {
 public:
  template <typename... Args>
  diagnostics::Report Report(Kind kind, source::Location location,
                             const Args&... args) {
    const KindInfo& info = InfoOf(kind);
    return Add(
        kind, location,
        fmt::vformat(fmt::string_view(info.message.data(), info.message.size()),
                     fmt::make_format_args(args...)),
        fmt::vformat(
            fmt::string_view(info.message_zh.data(), info.message_zh.size()),
            fmt::make_format_args(args...)));
  }

  // One that was reported elsewhere.
  void Add(Diagnostic diagnostic) {
    diagnostics_.push_back(std::move(diagnostic));
  }
  // Moves all of `other` behind what is here.
  void Merge(Sink&& other);
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  std::vector<Diagnostic> Take() { return std::move(diagnostics_); }
  size_t CountOf(Severity severity) const;
  bool has_errors() const { return CountOf(Severity::kError) != 0; }

 private:
  diagnostics::Report Add(Kind kind, source::Location location,
                          std::string message, std::string message_zh);

  std::vector<Diagnostic> diagnostics_;
};

// By path, then place, then kind: the order in which a run shows them.
void SortForShow(std::vector<Diagnostic>& diagnostics,
                 const source::SourceSet& sources);

// The word of `candidates` that `word` most likely meant; empty when none is
// near (edit distance at most a third of the length).
std::string_view NearestWord(std::string_view word,
                             const std::vector<std::string_view>& candidates,
                             size_t most_edits = 8);

}  // namespace fcc::diagnostics

#endif  // FCC_COMPILER_DIAGNOSTICS_DIAGNOSTIC_H_
