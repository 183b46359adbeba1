// SPDX-License-Identifier: Apache-2.0

#include "compiler/ftss/print_css.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "compiler/ftss/autoprefix.h"
#include "compiler/ftss/print_value.h"
#include "runtime/base/file_system.h"
#include "runtime/style/print_selector.h"

namespace fcc::ftss {

using style::RuleKind;

namespace {

// An offset in the output and where its text comes from.
struct PrintedPlace {
  uint32_t at;
  const StyleSheet* sheet;
  uint32_t source;
};

class Printer {
 public:
  Printer(const SheetGraph* graph, const CssOptions& options)
      : graph_(graph), options_(options) {
    how_.class_prefix = options.class_prefix;
    how_.scoped_lists = style::ScopedLists::kAll;
    how_.names_are_source = true;
    if (!options.host_path.empty()) {
      host_ = "[is=\"" + std::string(options.host_path) + "\"]";
      how_.host = host_;
    }
  }

  void PrintSheet(const StyleSheet& sheet);
  std::string Take() { return std::move(out_); }
  void RecordPlaces() { records_places_ = true; }
  base::SourceMap TakeMap();

 private:
  // False when nothing was printed.
  bool PrintRules(const StyleSheet& sheet, uint32_t begin, uint32_t end);
  bool PrintRule(const StyleSheet& sheet, uint32_t index);
  void PrintDeclarations(const StyleSheet& sheet, const Rule& rule);
  void PrintDeclaration(std::string_view name, std::string_view value,
                        const Declaration& written);
  void PrintVendorRule(const StyleSheet& sheet, const Rule& rule);
  void PrintAt(const StyleSheet& sheet, const Rule& rule);
  void PrintImport(const StyleSheet& sheet, uint32_t index);
  // What is printed next stands in the sheet at `offset`.
  void Place(const StyleSheet& sheet, uint32_t offset) {
    if (records_places_) {
      places_.push_back({static_cast<uint32_t>(out_.size()), &sheet, offset});
    }
  }
  void EndRule() {
    if (!options_.minify) {
      out_ += '\n';
    }
  }

  const SheetGraph* graph_;
  const CssOptions& options_;
  std::string host_;
  style::SelectorText how_;
  std::string out_;
  std::set<const StyleSheet*> printed_;
  bool records_places_ = false;
  std::vector<PrintedPlace> places_;
};

}  // namespace

bool ParseStyleIsolation(std::string_view word, StyleIsolation& isolation) {
  constexpr std::pair<std::string_view, StyleIsolation> kWords[] = {
      {"isolated", StyleIsolation::kIsolated},
      {"apply-shared", StyleIsolation::kApplyShared},
      {"shared", StyleIsolation::kShared},
      {"page-isolated", StyleIsolation::kPageIsolated},
      {"page-apply-shared", StyleIsolation::kPageApplyShared},
      {"page-shared", StyleIsolation::kPageShared},
  };
  for (const auto& [known, value] : kWords) {
    if (word == known) {
      isolation = value;
      return true;
    }
  }
  return false;
}

bool IsUnscoped(StyleIsolation isolation) {
  return isolation == StyleIsolation::kShared;
}

bool SkipsAppSheet(StyleIsolation isolation) {
  return isolation == StyleIsolation::kPageIsolated ||
         isolation == StyleIsolation::kPageApplyShared ||
         isolation == StyleIsolation::kPageShared;
}

std::string ClassPrefixOf(std::string_view path_without_extension) {
  const std::string_view name = base::BaseName(path_without_extension);
  std::string prefix;
  if (name == "index") {
    const std::string_view directory =
        base::BaseName(base::DirectoryOf(path_without_extension));
    if (!directory.empty()) {
      prefix = std::string(directory) + "-";
    }
  }
  return prefix + std::string(name) + "--";
}

void Printer::PrintDeclaration(std::string_view name, std::string_view value,
                               const Declaration& written) {
  if (out_.back() != '{') {
    out_ += ';';
  }
  out_ += name;
  out_ += ':';
  if (options_.minify) {
    AppendMinifiedValue(out_, name, value);
  } else {
    AppendFolded(out_, value, written.text_flags);
  }
  if ((written.flags & style::kDeclarationImportant) != 0) {
    out_ += "!important";
  }
}

static bool Declares(const StyleSheet& sheet, const Rule& rule,
                     const PrefixedDeclaration& form) {
  for (uint32_t i = rule.declarations.begin; i < rule.declarations.end; ++i) {
    const Declaration& declaration = sheet.declarations[i];
    if (declaration.name.In(sheet.text()) == form.name &&
        (form.name.starts_with("-") ||
         declaration.value.In(sheet.text()) == form.value)) {
      return true;
    }
  }
  return false;
}

void Printer::PrintDeclarations(const StyleSheet& sheet, const Rule& rule) {
  out_ += '{';
  for (uint32_t i = rule.declarations.begin; i < rule.declarations.end; ++i) {
    const Declaration& declaration = sheet.declarations[i];
    const std::string_view name = declaration.name.In(sheet.text());
    const std::string_view value = declaration.value.In(sheet.text());
    Place(sheet, declaration.name.begin);
    if (!options_.autoprefix) {
      PrintDeclaration(name, value, declaration);
      continue;
    }
    std::string replacement;
    for (const PrefixedDeclaration& form :
         PrefixedForms(name, value, replacement)) {
      if (!Declares(sheet, rule, form)) {
        PrintDeclaration(form.name, form.value, declaration);
      }
    }
    PrintDeclaration(
        name, replacement.empty() ? value : std::string_view(replacement),
        declaration);
  }
  out_ += '}';
}

// `::placeholder` in a rule of its own under its vendor name: a view drops the
// whole rule when it does not know one selector of it.
void Printer::PrintVendorRule(const StyleSheet& sheet, const Rule& rule) {
  std::vector<style::SimpleSelector> simples;
  std::string text(sheet.text());
  bool first = true;
  for (uint32_t i = rule.selectors.begin; i < rule.selectors.end; ++i) {
    const style::Selector& selector = sheet.selectors[i];
    simples = sheet.simples;
    bool changed = false;
    for (uint32_t k = 0; k < selector.count; ++k) {
      style::SimpleSelector& simple = simples[selector.first + k];
      const std::string_view vendor =
          simple.kind == style::SelectorKind::kPseudoElement
              ? PrefixedPseudoElement(simple.name.In(text))
              : "";
      if (!vendor.empty()) {
        simple.name.begin = static_cast<uint32_t>(text.size());
        text += vendor;
        simple.name.end = static_cast<uint32_t>(text.size());
        changed = true;
      }
    }
    if (changed) {
      out_ += first ? "" : ",";
      first = false;
      style::AppendSelector(out_, {simples, sheet.selectors, text}, selector,
                            how_);
    }
  }
  if (!first) {
    PrintDeclarations(sheet, rule);
    EndRule();
  }
}

static bool HasVendorSelector(const StyleSheet& sheet, const Rule& rule) {
  for (uint32_t i = rule.selectors.begin; i < rule.selectors.end; ++i) {
    const style::Selector& selector = sheet.selectors[i];
    const style::SimpleSelector& last =
        sheet.simples[selector.first + selector.count - 1];
    if (last.kind == style::SelectorKind::kPseudoElement &&
        !PrefixedPseudoElement(last.name.In(sheet.text())).empty()) {
      return true;
    }
  }
  return false;
}

void Printer::PrintAt(const StyleSheet& sheet, const Rule& rule) {
  Place(sheet, rule.span.begin);
  out_ += '@';
  out_ += sheet.AtNameOf(rule);
  if (rule.prelude.empty()) {
    return;
  }
  out_ += ' ';
  if (options_.autoprefix && rule.kind == RuleKind::kGroup &&
      sheet.AtNameOf(rule) == "media") {
    const std::string media = PrefixedMedia(rule.prelude.In(sheet.text()));
    if (options_.minify) {
      AppendMinifiedPrelude(out_, media);
    } else {
      AppendFolded(out_, media, rule.text_flags);
    }
  } else if (options_.minify && rule.kind != RuleKind::kOther) {
    AppendMinifiedPrelude(out_, rule.prelude.In(sheet.text()));
  } else {
    AppendFolded(out_, rule.prelude.In(sheet.text()), rule.text_flags);
  }
}

void Printer::PrintImport(const StyleSheet& sheet, uint32_t index) {
  if (graph_ == nullptr) {
    return;
  }
  const auto imports = graph_->imports.find(&sheet);
  if (imports == graph_->imports.end()) {
    return;
  }
  for (size_t i = 0; i < sheet.imports.size(); ++i) {
    if (sheet.imports[i] != index) {
      continue;
    }
    const ResolvedImport& import = imports->second[i];
    if (import.is_remote) {
      out_ += "@import \"";
      out_ += sheet.rules[index].prelude.In(sheet.text());
      out_ += "\";";
      EndRule();
    } else if (import.sheet != nullptr) {
      PrintSheet(*import.sheet);
    }
  }
}

bool Printer::PrintRule(const StyleSheet& sheet, uint32_t index) {
  const Rule& rule = sheet.rules[index];
  switch (rule.kind) {
    case RuleKind::kStyle:
      if (options_.minify && rule.declarations.empty()) {
        return false;
      }
      if (options_.autoprefix && HasVendorSelector(sheet, rule)) {
        PrintVendorRule(sheet, rule);
      }
      for (uint32_t i = rule.selectors.begin; i < rule.selectors.end; ++i) {
        if (i != rule.selectors.begin) {
          out_ += ',';
        }
        Place(sheet, sheet.simples[sheet.selectors[i].first].name.begin);
        style::AppendSelector(out_, sheet.table(), sheet.selectors[i], how_);
      }
      PrintDeclarations(sheet, rule);
      break;
    case RuleKind::kGroup:
    case RuleKind::kKeyframes: {
      const size_t before = out_.size();
      if (options_.autoprefix && rule.kind == RuleKind::kKeyframes &&
          sheet.AtNameOf(rule) == "keyframes") {
        out_ += "@-webkit-keyframes ";
        AppendFolded(out_, rule.prelude.In(sheet.text()), rule.text_flags);
        out_ += '{';
        EndRule();
        PrintRules(sheet, index + 1, rule.end);
        out_ += '}';
        EndRule();
      }
      PrintAt(sheet, rule);
      out_ += '{';
      EndRule();
      if (!PrintRules(sheet, index + 1, rule.end) && options_.minify &&
          rule.kind == RuleKind::kGroup) {
        out_.resize(before);
        return false;
      }
      out_ += '}';
      break;
    }
    case RuleKind::kKeyframe:
      AppendFolded(out_, rule.prelude.In(sheet.text()), rule.text_flags);
      PrintDeclarations(sheet, rule);
      break;
    case RuleKind::kDeclarations:
      PrintAt(sheet, rule);
      PrintDeclarations(sheet, rule);
      break;
    case RuleKind::kImport: {
      const size_t before = out_.size();
      PrintImport(sheet, index);
      return out_.size() != before;
    }
    case RuleKind::kOther:
      PrintAt(sheet, rule);
      if (!rule.has_block) {
        out_ += ';';
      }
      break;
    case RuleKind::kCount:
      return false;
  }
  EndRule();
  return true;
}

bool Printer::PrintRules(const StyleSheet& sheet, uint32_t begin,
                         uint32_t end) {
  bool printed = false;
  for (uint32_t i = begin; i < end; i = sheet.rules[i].end) {
    printed |= PrintRule(sheet, i);
  }
  return printed;
}

void Printer::PrintSheet(const StyleSheet& sheet) {
  if (printed_.insert(&sheet).second) {
    PrintRules(sheet, 0, static_cast<uint32_t>(sheet.rules.size()));
  }
}

base::SourceMap Printer::TakeMap() {
  base::SourceMap map;
  std::map<const StyleSheet*, uint32_t> sources;
  // The output as a file, for its lines and columns.
  const source::SourceFile printed(source::FileId::kNone, "", out_);
  for (const PrintedPlace& place : places_) {
    const auto [source, added] = sources.try_emplace(
        place.sheet, static_cast<uint32_t>(map.sources.size()));
    if (added) {
      map.sources.push_back(place.sheet->file->path());
    }
    base::Mapping mapping;
    mapping.line = printed.PositionOf(place.at).line - 1;
    mapping.column = printed.Utf16ColumnOf(place.at);
    mapping.source = source->second;
    mapping.source_line = place.sheet->file->PositionOf(place.source).line - 1;
    mapping.source_column = place.sheet->file->Utf16ColumnOf(place.source);
    map.mappings.push_back(mapping);
  }
  return map;
}

CssWithMap PrintCssWithMap(const SheetGraph& graph, const CssOptions& options) {
  CssWithMap result;
  Printer printer(&graph, options);
  printer.RecordPlaces();
  if (graph.entry != nullptr) {
    printer.PrintSheet(*graph.entry);
  }
  result.map = printer.TakeMap();
  result.css = printer.Take();
  return result;
}

std::string PrintCss(const SheetGraph& graph, const CssOptions& options) {
  Printer printer(&graph, options);
  if (graph.entry != nullptr) {
    printer.PrintSheet(*graph.entry);
  }
  return printer.Take();
}

std::string PrintCss(const StyleSheet& sheet, const CssOptions& options) {
  Printer printer(nullptr, options);
  printer.PrintSheet(sheet);
  return printer.Take();
}

}  // namespace fcc::ftss
