// SPDX-License-Identifier: Apache-2.0

#include "compiler/ftss/import_graph.h"

#include <algorithm>
#include <array>

#include "runtime/base/file_system.h"
#include "runtime/base/format.h"
#include "runtime/base/plugin_path.h"
#include "runtime/style/tokenizer.h"

namespace fcc::ftss {

using diagnostics::Kind;

static constexpr std::array<std::string_view, 6> kExtensions = {
    ".ftss", ".wxss", ".css", ".scss", ".sass", ".less"};

static bool IsRemote(std::string_view address) {
  return address.starts_with("//") || address.starts_with("http://") ||
         address.starts_with("https://") || address.starts_with("data:");
}

// `path`, then what it is with another extension of the language.
static void AddVariants(std::string path, std::vector<std::string>& out) {
  while (path.starts_with("/")) {
    path.erase(0, 1);
  }
  out.push_back(path);
  const std::string_view extension = base::ExtensionOf(path);
  if (extension == ".wxss" || extension == ".ftss") {
    out.push_back(std::string(base::WithoutExtension(path)) +
                  (extension == ".wxss" ? ".ftss" : ".wxss"));
  }
  if (std::find(kExtensions.begin(), kExtensions.end(), extension) ==
      kExtensions.end()) {
    for (std::string_view known : kExtensions) {
      out.push_back(path + std::string(known));
    }
  }
}

std::vector<std::string> ImportCandidates(std::string_view importing_path,
                                          std::string_view written) {
  std::vector<std::string> out;
  const auto from_root = [&](std::string_view path) {
    return base::FromRootOf(importing_path, path);
  };
  if (written.starts_with("~")) {
    written.remove_prefix(1);
    AddVariants(from_root("miniprogram_npm/" + std::string(written)), out);
    return out;
  }
  if (written.starts_with("/")) {
    AddVariants(from_root(written), out);
    return out;
  }
  std::string beside =
      base::JoinPath(base::DirectoryOf(importing_path), written);
  if (base::PluginRootOf(beside) == base::PluginRootOf(importing_path)) {
    AddVariants(std::move(beside), out);
  }
  if (!written.starts_with(".")) {
    AddVariants(from_root(written), out);
    AddVariants(from_root("miniprogram_npm/" + std::string(written)), out);
  }
  return out;
}

const std::vector<ResolvedImport>& ImportResolver::ImportsOf(
    const StyleSheet& sheet) {
  const auto [at, added] = known_.try_emplace(&sheet);
  if (!added) {
    return at->second;
  }
  std::vector<ResolvedImport> resolved;
  for (uint32_t index : sheet.imports) {
    const base::Span span = sheet.rules[index].prelude;
    const std::string written = style::Unescape(span.In(sheet.text()));
    ResolvedImport import;
    import.is_remote = IsRemote(written);
    if (!import.is_remote) {
      for (const std::string& path :
           ImportCandidates(sheet.file->path(), written)) {
        import.sheet = lookup_.Find(path);
        if (import.sheet != nullptr) {
          break;
        }
      }
      if (import.sheet == nullptr) {
        sink_.Report(Kind::kStyleImportNotFound, sheet.At(span), written,
                     sheet.file->path());
      }
    }
    resolved.push_back(import);
  }
  at->second = std::move(resolved);
  return at->second;
}

void ImportResolver::ReportCycle(const StyleSheet& sheet, const Rule& import,
                                 const std::vector<const StyleSheet*>& open,
                                 const StyleSheet& reached) {
  if (!cycles_.insert({sheet.file->id(), import.span.begin}).second) {
    return;
  }
  std::string way;
  const auto first = std::find(open.begin(), open.end(), &reached);
  for (auto at = first; at != open.end(); ++at) {
    way += (*at)->file->path() + " → ";
  }
  way += reached.file->path();
  sink_.Report(Kind::kStyleImportCycle, sheet.At(import.prelude),
               reached.file->path(), way);
}

void ImportResolver::Visit(const StyleSheet& sheet, SheetGraph& graph,
                           std::vector<const StyleSheet*>& open) {
  graph.sheets.push_back(&sheet);
  std::vector<ResolvedImport> imports = ImportsOf(sheet);
  open.push_back(&sheet);
  // The entry is there before what it reaches, so no sheet is visited twice.
  graph.imports.try_emplace(&sheet);
  for (size_t i = 0; i < imports.size(); ++i) {
    const StyleSheet* target = imports[i].sheet;
    if (target == nullptr) {
      continue;
    }
    if (std::find(open.begin(), open.end(), target) != open.end()) {
      ReportCycle(sheet, sheet.rules[sheet.imports[i]], open, *target);
      imports[i].sheet = nullptr;
    } else if (!graph.imports.contains(target)) {
      Visit(*target, graph, open);
    }
  }
  open.pop_back();
  graph.imports[&sheet] = std::move(imports);
}

SheetGraph ImportResolver::Resolve(const StyleSheet& entry) {
  SheetGraph graph;
  graph.entry = &entry;
  std::vector<const StyleSheet*> open;
  Visit(entry, graph, open);
  return graph;
}

SheetGraph ResolveImports(const StyleSheet& entry, SheetLookup& lookup,
                          diagnostics::Sink& sink) {
  return ImportResolver(lookup, sink).Resolve(entry);
}

static void CollectViolations(const StyleSheet& sheet, base::Span selectors,
                              std::set<uint32_t>& reported,
                              diagnostics::Sink& sink) {
  for (uint32_t i = selectors.begin; i < selectors.end; ++i) {
    const style::Selector& selector = sheet.selectors[i];
    for (uint32_t k = 0; k < selector.count; ++k) {
      const style::SimpleSelector& simple = sheet.simples[selector.first + k];
      if (simple.kind == style::SelectorKind::kPseudoClassList) {
        CollectViolations(sheet, simple.value, reported, sink);
      }
      if (simple.kind != style::SelectorKind::kTag &&
          simple.kind != style::SelectorKind::kId &&
          simple.kind != style::SelectorKind::kAttribute) {
        continue;
      }
      base::Span span = simple.name;
      span.begin -= simple.kind == style::SelectorKind::kId ? 1 : 0;
      // One that nesting has multiplied stands in the text once.
      if (reported.insert(span.begin).second) {
        sink.Report(Kind::kStyleComponentSelector, sheet.At(span),
                    std::string(span.In(sheet.text())));
      }
    }
  }
}

void CheckComponentSelectors(const StyleSheet& sheet, diagnostics::Sink& sink) {
  std::set<uint32_t> reported;
  for (const Rule& rule : sheet.rules) {
    CollectViolations(sheet, rule.selectors, reported, sink);
  }
}

void CheckComponentSelectors(const SheetGraph& graph, diagnostics::Sink& sink) {
  for (const StyleSheet* sheet : graph.sheets) {
    CheckComponentSelectors(*sheet, sink);
  }
}

}  // namespace fcc::ftss
