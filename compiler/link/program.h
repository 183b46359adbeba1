// SPDX-License-Identifier: Apache-2.0
//
// The linked app: the project, its files, and for every package what goes into
// it. Rules read it, emit writes it; nobody changes it.

#ifndef FCC_COMPILER_LINK_PROGRAM_H_
#define FCC_COMPILER_LINK_PROGRAM_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/graph/file_graph.h"
#include "compiler/project/project.h"

namespace fcc::link {

// A package's own files, by their paths in the project. All lists are sorted by
// bytes.
struct LinkedPackage {
  project::PackageId id = project::PackageId::kMain;
  std::vector<std::string> scripts;
  // Of an independent package: scripts of the main one that its own need. It
  // carries copies, as FinClip's tool gives it, for it runs without the main
  // one.
  std::vector<std::string> borrowed_scripts;
  // Workers: scripts of their own, not part of the package's script.
  std::vector<std::string> workers;
  // Templates to be in its template program: its own, and what they import from
  // the main package.
  std::vector<std::string> templates;
  // Sheets to be in its style program.
  std::vector<std::string> sheets;
  // Pages in the order of app.json; components.
  std::vector<const project::Component*> pages;
  std::vector<const project::Component*> components;
  // Files that are copied as they are.
  std::vector<std::string> assets;
  // What its scripts take from `@fcc/helpers`.
  std::set<std::string> helpers;

  // What fxml::LinkTemplates made of `templates` and ftss::StyleProgramWriter
  // of `sheets`; empty where LinkOptions asks for none.
  std::string template_program;
  std::string style_program;
};

// What linking had to report, by what it looked at.
struct LinkReports {
  // Scripts, templates, and sheets of components.
  std::map<source::FileId, std::vector<diagnostics::Diagnostic>> files;
  // Imports of sheets.
  std::vector<diagnostics::Diagnostic> imports;
  // Entries of usingComponents.
  std::vector<diagnostics::Diagnostic> components;
};

struct Program {
  project::Project project;
  graph::FileGraph graph;
  // By PackageId.
  std::vector<LinkedPackage> packages;

  const LinkedPackage& PackageOf(const project::Component& component) const {
    return packages[static_cast<size_t>(component.package)];
  }
  // The sheet with everything it imports. Null when there is no such sheet.
  const ftss::SheetGraph* SheetGraphOf(std::string_view path) const;

  // Of every sheet that is the sheet of a page, a component or the app.
  graph::ByPath<ftss::SheetGraph> sheet_graphs;
  // Sheets that components use, packages from npm left out.
  std::set<const ftss::StyleSheet*> component_sheets;
  LinkReports reports;
};

}  // namespace fcc::link

#endif  // FCC_COMPILER_LINK_PROGRAM_H_
