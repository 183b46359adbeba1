// SPDX-License-Identifier: Apache-2.0

#include <set>

#include "compiler/emit/page_styles_internal.h"
#include "runtime/base/format.h"
#include "runtime/base/json.h"
#include "runtime/base/source_map.h"

namespace fcc::emit {

using project::Component;
using project::PackageId;

ftss::StyleIsolation IsolationOf(const Component& component) {
  ftss::StyleIsolation isolation = component.is_page
                                       ? ftss::StyleIsolation::kShared
                                       : ftss::StyleIsolation::kIsolated;
  const value::Value word = component.config.Get("styleIsolation");
  if (word.IsString()) {
    static_cast<void>(ftss::ParseStyleIsolation(word.string(), isolation));
  }
  return isolation;
}

// A page's classes are prefixed as FinClip's own tool does it, unless its JSON
// says that they are shared.
static bool HasPrefix(const Component& component) {
  return component.is_page && !component.config.Get("styleIsolation").IsString()
             ? true
             : !ftss::IsUnscoped(IsolationOf(component));
}

static std::vector<const Component*> Reach(const project::Project& project,
                                           const Component& page) {
  std::vector<const Component*> queue = {&page};
  std::set<std::string_view> seen = {page.path};
  for (size_t at = 0; at < queue.size(); ++at) {
    const Component& user = *queue[at];
    auto add = [&](std::string_view path) {
      const Component* component = project.Find(path);
      if (component != nullptr && seen.insert(component->path).second) {
        queue.push_back(component);
      }
    };
    for (const project::UsedComponent& used : user.using_components) {
      if (used.kind == project::TargetKind::kComponent) {
        add(used.path);
      }
    }
    for (const project::Generic& generic : user.generics) {
      add(generic.path);
    }
  }
  queue.erase(queue.begin());
  return queue;
}

std::string PageStyles::PrintGraph(std::string_view name, std::string_view path,
                                   const ftss::CssOptions& css,
                                   const EmitOptions& options) {
  const ftss::SheetGraph* graph = program_.SheetGraphOf(path);
  if (graph == nullptr) {
    return "";
  }
  if (!options.source_maps) {
    return ftss::PrintCss(*graph, css);
  }
  ftss::CssWithMap printed = ftss::PrintCssWithMap(*graph, css);
  if (!printed.map.mappings.empty()) {
    std::string file = base::format("{}.css", name);
    printed.map.file = file;
    maps_.emplace(std::move(file), base::WriteSourceMap(printed.map));
  }
  return std::move(printed.css);
}

void PageStyles::PrintSheet(const Component& component,
                            const EmitOptions& options) {
  const std::string prefix = ftss::ClassPrefixOf(component.path);
  ftss::CssOptions css;
  css.class_prefix = HasPrefix(component) ? prefix : std::string_view();
  css.host_path = component.path;
  css.minify = options.minify;
  css.autoprefix = true;
  std::string text =
      PrintGraph(component.path, component.style_path, css, options);
  if (!text.empty()) {
    if (text.back() != '\n') {
      text += '\n';
    }
    css_.emplace(component.path, std::move(text));
  }
}

PageStyles::PageStyles(const link::Program& program, const EmitOptions& options)
    : program_(program) {
  if (!options.whole_layout) {
    return;
  }
  ftss::CssOptions css;
  css.minify = options.minify;
  css.autoprefix = true;
  app_css_ = PrintGraph("app", program.project.app_style, css, options);
  for (const Component& component : program.project.components) {
    PrintSheet(component, options);
    if (component.is_page) {
      const std::vector<const Component*>& reached =
          reached_.emplace(&component, Reach(program.project, component))
              .first->second;
      for (const Component* used : reached) {
        ++users_[{component.package, used}];
      }
    }
  }
}

const std::string& PageStyles::CssOf(std::string_view path) const {
  static const std::string kNothing;
  auto found = css_.find(path);
  return found == css_.end() ? kNothing : found->second;
}

const std::vector<const Component*>& PageStyles::ComponentsOf(
    const Component& page) const {
  return reached_.at(&page);
}

bool PageStyles::IsShared(PackageId package, const Component& component) const {
  auto found = users_.find({package, &component});
  return found != users_.end() && found->second > 1 &&
         !CssOf(component.path).empty();
}

std::string PageStyles::PrintTable(
    const std::vector<const link::LinkedPackage*>& packages) const {
  std::set<std::string_view> shared;
  for (const link::LinkedPackage* package : packages) {
    for (const Component* page : package->pages) {
      for (const Component* component : ComponentsOf(*page)) {
        if (IsShared(package->id, *component)) {
          shared.insert(component->path);
        }
      }
    }
  }
  if (shared.empty()) {
    return {};
  }
  std::string out = "function __fccStyles__(){var t={";
  const char* separator = "\n";
  for (std::string_view path : shared) {
    out += separator;
    separator = ",\n";
    base::AppendJsonString(out, path);
    out += ':';
    base::AppendJsonString(out, CssOf(path));
  }
  return out +
         "\n},s=\"\",i;for(i=0;i<arguments.length;i++){s+=t[arguments[i]]}"
         "return s}\n";
}

}  // namespace fcc::emit
