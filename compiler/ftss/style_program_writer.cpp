// SPDX-License-Identifier: Apache-2.0

#include "compiler/ftss/style_program_writer.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "compiler/ftss/print_value.h"
#include "runtime/base/file_system.h"
#include "runtime/base/hash.h"
#include "runtime/style/style_program.h"
#include "runtime/style/tokenizer.h"

namespace fcc::ftss {

using base::Span;

namespace {

// The program's text: every name and value once. Open addressing; the table
// holds index + 1 into `spans_`.
class TextPool {
 public:
  Span Intern(std::string_view text) {
    if (text.empty()) {
      return {};
    }
    if ((spans_.size() + 1) * 2 > table_.size()) {
      Grow();
    }
    const uint64_t hash = base::HashFast(text);
    size_t slot = hash & mask_;
    const uint32_t tag = static_cast<uint32_t>(hash >> 32);
    while (table_[slot].index != 0) {
      const Span known = spans_[table_[slot].index - 1];
      if (table_[slot].tag == tag && known.In(text_) == text) {
        return known;
      }
      slot = (slot + 1) & mask_;
    }
    const Span span = {static_cast<uint32_t>(text_.size()),
                       static_cast<uint32_t>(text_.size() + text.size())};
    text_ += text;
    spans_.push_back(span);
    table_[slot] = {tag, static_cast<uint32_t>(spans_.size())};
    return span;
  }
  void Reserve(size_t bytes) { text_.reserve(bytes); }
  const std::string& text() const { return text_; }

 private:
  struct Slot {
    uint32_t tag = 0;
    uint32_t index = 0;
  };

  void Grow() {
    const size_t size = std::max<size_t>(1024, table_.size() * 2);
    std::vector<Slot> old = std::exchange(table_, std::vector<Slot>(size));
    mask_ = size - 1;
    for (const Slot& entry : old) {
      if (entry.index == 0) {
        continue;
      }
      size_t slot = base::HashFast(spans_[entry.index - 1].In(text_)) & mask_;
      while (table_[slot].index != 0) {
        slot = (slot + 1) & mask_;
      }
      table_[slot] = entry;
    }
  }

  std::string text_;
  std::vector<Span> spans_;
  std::vector<Slot> table_;
  size_t mask_ = 0;
};

struct Added {
  const StyleSheet* sheet;
  std::vector<ResolvedImport> imports;
};

class Writer {
 public:
  void Write(const Added& added);
  std::string Finish() const;
  void Reserve(const std::vector<Added>& sheets);

 private:
  void WriteSelectors(const StyleSheet& sheet);
  void WriteDeclarations(const StyleSheet& sheet);
  Span Folded(std::string_view text, uint8_t text_flags);
  Span Name(std::string_view name, bool escaped) {
    return escaped ? pool_.Intern(style::Unescape(name)) : pool_.Intern(name);
  }

  TextPool pool_;
  std::string scratch_;
  std::vector<style::SheetRecord> sheets_;
  std::vector<style::RuleRecord> rules_;
  std::vector<style::Selector> selectors_;
  std::vector<style::SimpleSelector> simples_;
  std::vector<style::DeclarationRecord> declarations_;
};

}  // namespace

Span Writer::Folded(std::string_view text, uint8_t text_flags) {
  if (text_flags == 0) {
    return pool_.Intern(text);
  }
  scratch_.clear();
  AppendFolded(scratch_, text, text_flags);
  return pool_.Intern(scratch_);
}

void Writer::WriteSelectors(const StyleSheet& sheet) {
  const std::string_view text = sheet.text();
  const uint32_t first_simple = static_cast<uint32_t>(simples_.size());
  const uint32_t first_selector = static_cast<uint32_t>(selectors_.size());
  for (const style::Selector& selector : sheet.selectors) {
    selectors_.push_back(selector);
    selectors_.back().first += first_simple;
  }
  for (const style::SimpleSelector& simple : sheet.simples) {
    style::SimpleSelector& copy = simples_.emplace_back(simple);
    const bool escaped = (simple.flags & style::kSelectorEscaped) != 0;
    copy.flags &= static_cast<uint16_t>(~style::kSelectorEscaped);
    switch (simple.kind) {
      case style::SelectorKind::kCombinator:
      case style::SelectorKind::kUniversal:
      case style::SelectorKind::kNesting:
        copy.name = {};
        copy.value = {};
        break;
      case style::SelectorKind::kPseudoClassList:
      case style::SelectorKind::kPseudoElementList:
      case style::SelectorKind::kHostList:
        copy.name = Name(simple.name.In(text), escaped);
        copy.value.begin += first_selector;
        copy.value.end += first_selector;
        break;
      case style::SelectorKind::kAttribute:
        copy.name = Name(simple.name.In(text), escaped);
        copy.value = Name(simple.value.In(text), escaped);
        break;
      default:
        copy.name = Name(simple.name.In(text), escaped);
        copy.value = pool_.Intern(simple.value.In(text));
        break;
    }
  }
}

void Writer::WriteDeclarations(const StyleSheet& sheet) {
  for (const Declaration& declaration : sheet.declarations) {
    style::DeclarationRecord& record = declarations_.emplace_back();
    record.name = pool_.Intern(declaration.name.In(sheet.text()));
    record.value =
        Folded(declaration.value.In(sheet.text()), declaration.text_flags);
    record.flags = declaration.flags;
  }
}

void Writer::Write(const Added& added) {
  const StyleSheet& sheet = *added.sheet;
  const uint32_t first_rule = static_cast<uint32_t>(rules_.size());
  const uint32_t first_selector = static_cast<uint32_t>(selectors_.size());
  const uint32_t first_declaration =
      static_cast<uint32_t>(declarations_.size());
  const auto moved = [](Span span, uint32_t by) {
    return Span{span.begin + by, span.end + by};
  };
  for (const Rule& rule : sheet.rules) {
    style::RuleRecord& record = rules_.emplace_back();
    record.kind = rule.kind;
    record.end = rule.end + first_rule;
    record.name = pool_.Intern(sheet.AtNameOf(rule));
    if (rule.kind != style::RuleKind::kStyle) {
      record.prelude = Folded(rule.prelude.In(sheet.text()), rule.text_flags);
    }
    record.selectors = moved(rule.selectors, first_selector);
    record.declarations = moved(rule.declarations, first_declaration);
  }
  for (size_t i = 0; i < sheet.imports.size(); ++i) {
    style::RuleRecord& record = rules_[first_rule + sheet.imports[i]];
    const ResolvedImport& import = added.imports[i];
    if (import.is_remote) {
      record.kind = style::RuleKind::kOther;
      record.prelude = pool_.Intern(
          "\"" +
          std::string(sheet.rules[sheet.imports[i]].prelude.In(sheet.text())) +
          "\"");
    } else {
      record.prelude = import.sheet == nullptr
                           ? Span{}
                           : pool_.Intern(import.sheet->file->path());
    }
  }
  WriteSelectors(sheet);
  WriteDeclarations(sheet);
  sheets_.push_back({pool_.Intern(sheet.file->path()),
                     {first_rule, static_cast<uint32_t>(rules_.size())}});
}

void Writer::Reserve(const std::vector<Added>& sheets) {
  size_t rules = 0, selectors = 0, simples = 0, declarations = 0, text = 0;
  for (const Added& added : sheets) {
    rules += added.sheet->rules.size();
    selectors += added.sheet->selectors.size();
    simples += added.sheet->simples.size();
    declarations += added.sheet->declarations.size();
    text += added.sheet->text().size();
  }
  rules_.reserve(rules);
  selectors_.reserve(selectors);
  simples_.reserve(simples);
  declarations_.reserve(declarations);
  pool_.Reserve(text / 4);
}

template <typename T>
static void AppendRecords(std::string& out, const std::vector<T>& records) {
  out.append(reinterpret_cast<const char*>(records.data()),
             records.size() * sizeof(T));
}

std::string Writer::Finish() const {
  style::ProgramHeader header;
  header.sheet_count = static_cast<uint32_t>(sheets_.size());
  header.rule_count = static_cast<uint32_t>(rules_.size());
  header.selector_count = static_cast<uint32_t>(selectors_.size());
  header.simple_count = static_cast<uint32_t>(simples_.size());
  header.declaration_count = static_cast<uint32_t>(declarations_.size());
  header.text_size = static_cast<uint32_t>(pool_.text().size());
  std::string out;
  out.reserve(sizeof(header) + sheets_.size() * sizeof(style::SheetRecord) +
              rules_.size() * sizeof(style::RuleRecord) +
              selectors_.size() * sizeof(style::Selector) +
              simples_.size() * sizeof(style::SimpleSelector) +
              declarations_.size() * sizeof(style::DeclarationRecord) +
              pool_.text().size());
  out.append(reinterpret_cast<const char*>(&header), sizeof(header));
  AppendRecords(out, sheets_);
  AppendRecords(out, rules_);
  AppendRecords(out, selectors_);
  AppendRecords(out, simples_);
  AppendRecords(out, declarations_);
  out += pool_.text();
  return out;
}

struct StyleProgramWriter::State {
  std::vector<Added> sheets;
};

StyleProgramWriter::StyleProgramWriter() : state_(new State) {}
StyleProgramWriter::~StyleProgramWriter() = default;

void StyleProgramWriter::Add(const StyleSheet& sheet,
                             const std::vector<ResolvedImport>& imports) {
  FCC_CHECK(imports.size() == sheet.imports.size());
  state_->sheets.push_back({&sheet, imports});
}

void StyleProgramWriter::Add(const SheetGraph& graph) {
  for (const StyleSheet* sheet : graph.sheets) {
    Add(*sheet, graph.imports.at(sheet));
  }
}

std::string StyleProgramWriter::Finish() {
  std::vector<Added>& sheets = state_->sheets;
  std::stable_sort(sheets.begin(), sheets.end(),
                   [](const Added& a, const Added& b) {
                     return a.sheet->file->path() < b.sheet->file->path();
                   });
  sheets.erase(std::unique(sheets.begin(), sheets.end(),
                           [](const Added& a, const Added& b) {
                             return a.sheet->file->path() ==
                                    b.sheet->file->path();
                           }),
               sheets.end());
  Writer writer;
  writer.Reserve(sheets);
  for (const Added& added : sheets) {
    writer.Write(added);
  }
  return writer.Finish();
}

}  // namespace fcc::ftss
