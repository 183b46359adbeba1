// SPDX-License-Identifier: Apache-2.0

#include "runtime/style/style_program.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "runtime/base/file_system.h"
#include "runtime/base/format.h"

namespace fcc::style {

// Records are read as they lie. A machine of the other order needs a swap here.
static_assert(std::endian::native == std::endian::little);

namespace {

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  bool Read(uint32_t count, std::vector<T>& out) {
    const uint64_t size = uint64_t{count} * sizeof(T);
    if (size > bytes_.size()) {
      return false;
    }
    out.resize(count);
    if (size != 0) {
      std::memcpy(static_cast<void*>(out.data()), bytes_.data(), size);
    }
    bytes_.remove_prefix(size);
    return true;
  }
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

// Checks what the spans and enums of a program claim.
class Verifier {
 public:
  explicit Verifier(const StyleProgram& program) : program_(program) {}

  const char* Run();

 private:
  bool InText(base::Span span) const {
    return span.begin <= span.end && span.end <= program_.text().size();
  }
  static bool InRange(base::Span span, size_t size) {
    return span.begin <= span.end && span.end <= size;
  }
  const char* CheckSelectors();
  const char* CheckRules();
  const char* CheckSheets();
  // Every selector and declaration belongs to one owner, so nothing that walks
  // the program can be made to walk a part of it twice.
  static bool Claim(std::vector<bool>& taken, base::Span span);

  const StyleProgram& program_;
  std::vector<bool> taken_selectors_;
};

}  // namespace

bool Verifier::Claim(std::vector<bool>& taken, base::Span span) {
  for (uint32_t i = span.begin; i < span.end; ++i) {
    if (taken[i]) {
      return false;
    }
    taken[i] = true;
  }
  return true;
}

static bool HoldsList(SelectorKind kind) {
  return kind == SelectorKind::kPseudoClassList ||
         kind == SelectorKind::kPseudoElementList ||
         kind == SelectorKind::kHostList;
}

const char* Verifier::CheckSelectors() {
  const SelectorTable table = program_.selectors();
  taken_selectors_.resize(table.selectors.size());
  std::vector<bool> taken_simples(table.simples.size());
  std::vector<uint8_t> depths(table.selectors.size());
  for (uint32_t i = 0; i < table.selectors.size(); ++i) {
    const Selector& selector = table.selectors[i];
    const uint64_t end = uint64_t{selector.first} + selector.count;
    if (selector.count == 0 || end > table.simples.size() ||
        !Claim(taken_simples, {selector.first, static_cast<uint32_t>(end)})) {
      return "a selector's range";
    }
    for (uint32_t k = selector.first; k < end; ++k) {
      const SimpleSelector& simple = table.simples[k];
      if (simple.kind >= SelectorKind::kCount || !InText(simple.name)) {
        return "a simple selector";
      }
      if (simple.kind == SelectorKind::kCombinator &&
          simple.op > static_cast<uint8_t>(Combinator::kSubsequent)) {
        return "a combinator";
      }
      if (simple.kind == SelectorKind::kAttribute &&
          simple.op >= static_cast<uint8_t>(AttributeMatch::kCount)) {
        return "an attribute's operator";
      }
      if (!HoldsList(simple.kind)) {
        if (!InText(simple.value)) {
          return "a selector's value";
        }
        continue;
      }
      // Lists stand before the selector that holds them, so none holds itself.
      if (simple.value.empty() || !InRange(simple.value, i) ||
          !Claim(taken_selectors_, simple.value)) {
        return "a selector list";
      }
      for (uint32_t n = simple.value.begin; n < simple.value.end; ++n) {
        depths[i] =
            std::max<uint8_t>(depths[i], static_cast<uint8_t>(depths[n] + 1));
      }
      if (depths[i] > SelectorParser::kMaxDepth + 1) {
        return "the depth of a selector";
      }
    }
  }
  return nullptr;
}

const char* Verifier::CheckRules() {
  const std::span<const RuleRecord> rules = program_.rules();
  std::vector<bool> taken_declarations(program_.declarations().size());
  std::vector<uint32_t> ends;
  for (uint32_t i = 0; i < rules.size(); ++i) {
    const RuleRecord& rule = rules[i];
    while (!ends.empty() && ends.back() == i) {
      ends.pop_back();
    }
    const uint32_t limit =
        ends.empty() ? static_cast<uint32_t>(rules.size()) : ends.back();
    if (rule.kind >= RuleKind::kCount || rule.end <= i || rule.end > limit) {
      return "a rule's range";
    }
    if (!InText(rule.name) || !InText(rule.prelude)) {
      return "a rule's text";
    }
    if (!InRange(rule.selectors, program_.selectors().selectors.size()) ||
        !Claim(taken_selectors_, rule.selectors)) {
      return "a rule's selectors";
    }
    if (!InRange(rule.declarations, taken_declarations.size()) ||
        !Claim(taken_declarations, rule.declarations)) {
      return "a rule's declarations";
    }
    if (rule.end > i + 1) {
      ends.push_back(rule.end);
      if (ends.size() > StyleProgram::kMaxNesting + 1) {
        return "the nesting of rules";
      }
    }
  }
  for (const DeclarationRecord& declaration : program_.declarations()) {
    if (!InText(declaration.name) || !InText(declaration.value)) {
      return "a declaration";
    }
  }
  return nullptr;
}

const char* Verifier::CheckSheets() {
  uint32_t next = 0;
  std::string_view previous;
  for (const SheetRecord& sheet : program_.sheets()) {
    if (!InText(sheet.path) || !InRange(sheet.rules, program_.rules().size()) ||
        sheet.rules.begin != next) {
      return "a sheet";
    }
    const std::string_view path = program_.Text(sheet.path);
    if (next != 0 && path <= previous) {
      return "the order of sheets";
    }
    previous = path;
    next = sheet.rules.end;
    // No rule reaches over the end of its sheet.
    for (uint32_t i = sheet.rules.begin; i < sheet.rules.end;
         i = program_.rules()[i].end) {
      if (program_.rules()[i].end > sheet.rules.end) {
        return "a sheet's rules";
      }
    }
  }
  if (next != program_.rules().size()) {
    return "rules without a sheet";
  }
  return nullptr;
}

const char* Verifier::Run() {
  for (const char* wrong : {CheckSelectors(), CheckRules()}) {
    if (wrong != nullptr) {
      return wrong;
    }
  }
  return CheckSheets();
}

base::Result<StyleProgram> StyleProgram::Load(std::string bytes) {
  ProgramHeader header;
  if (bytes.size() < sizeof(header) ||
      std::memcmp(bytes.data(), header.magic, sizeof(header.magic)) != 0) {
    return base::Error{base::ErrorKind::kCorrupt,
                       "the style program does not begin as one"};
  }
  std::memcpy(static_cast<void*>(&header), bytes.data(), sizeof(header));
  if (header.version != kStyleProgramVersion) {
    return base::Error{
        base::ErrorKind::kUnsupported,
        base::format("the style program has version {}, this runtime reads {}",
                     header.version, kStyleProgramVersion)};
  }
  StyleProgram program;
  Reader reader(std::string_view(bytes).substr(sizeof(header)));
  const bool complete =
      reader.Read(header.sheet_count, program.sheets_) &&
      reader.Read(header.rule_count, program.rules_) &&
      reader.Read(header.selector_count, program.selectors_) &&
      reader.Read(header.simple_count, program.simples_) &&
      reader.Read(header.declaration_count, program.declarations_) &&
      reader.rest().size() == header.text_size;
  if (!complete) {
    return base::Error{base::ErrorKind::kCorrupt,
                       "the style program is cut short or too long"};
  }
  program.text_ = reader.rest();
  if (const char* wrong = Verifier(program).Run()) {
    return base::Error{base::ErrorKind::kCorrupt,
                       base::format("the style program is damaged: {}", wrong)};
  }
  return program;
}

const SheetRecord* StyleProgram::FindSheet(std::string_view path) const {
  const auto find = [this](std::string_view wanted) -> const SheetRecord* {
    const auto at = std::lower_bound(
        sheets_.begin(), sheets_.end(), wanted,
        [this](const SheetRecord& sheet, std::string_view key) {
          return Text(sheet.path) < key;
        });
    return at != sheets_.end() && Text(at->path) == wanted ? &*at : nullptr;
  };
  if (const SheetRecord* exact = find(path)) {
    return exact;
  }
  for (std::string_view extension : {".ftss", ".wxss", ".css"}) {
    if (const SheetRecord* sheet =
            find(std::string(path) + std::string(extension))) {
      return sheet;
    }
  }
  return nullptr;
}

}  // namespace fcc::style
