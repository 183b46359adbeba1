// SPDX-License-Identifier: Apache-2.0
//
// The style program: the sheets of one package in the form the runtime reads.
// It keeps what was written (rpx, media queries, custom properties), because
// those depend on the device; selectors are parsed and their specificity is
// computed. Imports name other sheets, of this program or of another one that
// is loaded beside it, so a sheet shared by forty components stands there once.
//
// All numbers are little endian. Layout (docs/package-format.md):
//
//   ProgramHeader
//   SheetRecord[]        sorted by path
//   RuleRecord[]         the rules of each sheet in order, nested ones after
//                        the rule they stand in
//   SelectorRecord[]     (style::Selector)
//   SimpleSelectorRecord[] (style::SimpleSelector)
//   DeclarationRecord[]
//   text                 UTF-8, every span above points into it
//
// Load() trusts nothing: after it, every index and span is in range, rules
// nest properly and every enum has a value of its own.

#ifndef FCC_RUNTIME_STYLE_STYLE_PROGRAM_H_
#define FCC_RUNTIME_STYLE_STYLE_PROGRAM_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/base/span.h"
#include "runtime/style/selector.h"

namespace fcc::style {

enum class RuleKind : uint8_t {
  // A selector list and declarations; nested rules where the source nests.
  kStyle,
  // Rules under a condition: @media, @supports, @layer, @container, …; the
  // name is the at-keyword, the prelude its condition.
  kGroup,
  kKeyframes,
  // One frame: the prelude is `from`, `50%, 60%`, …
  kKeyframe,
  // @font-face, @page: declarations only.
  kDeclarations,
  // The prelude is the path, resolved to the project's root.
  kImport,
  // An at-rule without a block, or with one that is kept as text.
  kOther,
  kCount,
};

enum DeclarationFlag : uint32_t {
  kDeclarationImportant = 1,
  // The value has a dimension in rpx.
  kDeclarationRpx = 2,
  // The value refers to var().
  kDeclarationVar = 4,
  // The name begins with `--`.
  kDeclarationCustom = 8,
};

struct SheetRecord {
  // As in the project, without a leading slash: `pages/home/home.ftss`.
  base::Span path;
  base::Span rules;
};
static_assert(sizeof(SheetRecord) == 16);

struct RuleRecord {
  RuleKind kind = RuleKind::kStyle;
  uint8_t reserved[3] = {};
  // One past the last rule nested in this one; index + 1 when there is none.
  uint32_t end = 0;
  // The at-keyword without `@`.
  base::Span name;
  base::Span prelude;
  // Of a style rule.
  base::Span selectors;
  base::Span declarations;
};
static_assert(sizeof(RuleRecord) == 40);

struct DeclarationRecord {
  base::Span name;
  base::Span value;
  uint32_t flags = 0;
};
static_assert(sizeof(DeclarationRecord) == 20);

inline constexpr uint32_t kStyleProgramVersion = 1;

struct ProgramHeader {
  char magic[4] = {'F', 'C', 'S', 'S'};
  uint32_t version = kStyleProgramVersion;
  uint32_t sheet_count = 0;
  uint32_t rule_count = 0;
  uint32_t selector_count = 0;
  uint32_t simple_count = 0;
  uint32_t declaration_count = 0;
  uint32_t text_size = 0;
};
static_assert(sizeof(ProgramHeader) == 32);

// A verified program that owns its bytes. Immutable; threads may share it.
class StyleProgram {
 public:
  // Fails with kCorrupt or, for a version of the future, kUnsupported.
  static base::Result<StyleProgram> Load(std::string bytes);

  std::span<const SheetRecord> sheets() const { return sheets_; }
  std::span<const RuleRecord> rules() const { return rules_; }
  std::span<const DeclarationRecord> declarations() const {
    return declarations_;
  }
  SelectorTable selectors() const { return {simples_, selectors_, text_}; }
  std::string_view text() const { return text_; }
  std::string_view Text(base::Span span) const { return span.In(text_); }

  // The sheet at a project path; null when this program has none. The
  // extension may be left out.
  const SheetRecord* FindSheet(std::string_view path) const;

  static constexpr int kMaxNesting = 64;

 private:
  base::Status Verify() const;

  // Records are copied out of the bytes once: bytes need no alignment and the
  // reader runs the same on every machine.
  std::vector<SheetRecord> sheets_;
  std::vector<RuleRecord> rules_;
  std::vector<Selector> selectors_;
  std::vector<SimpleSelector> simples_;
  std::vector<DeclarationRecord> declarations_;
  std::string text_;
};

}  // namespace fcc::style

#endif  // FCC_RUNTIME_STYLE_STYLE_PROGRAM_H_
