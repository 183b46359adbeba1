// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/size_report.h"

#include <algorithm>
#include <set>

#include "compiler/emit/emit_app.h"
#include "compiler/ftss/rule_usage.h"

namespace fcc::commands {

std::string_view FileKindName(FileKind kind) {
  switch (kind) {
    case FileKind::kScript:
      return "script";
    case FileKind::kTemplate:
      return "template";
    case FileKind::kStyle:
      return "style";
    case FileKind::kModule:
      return "module";
    case FileKind::kAsset:
      return "asset";
  }
  FCC_CHECK(false);
}

// "a/miniprogram_npm/@x/y/index.js" → "@x/y"; "" for the app's own.
static std::string NpmNameOf(std::string_view path) {
  static constexpr std::string_view kFolder = "miniprogram_npm/";
  const size_t at = path.find(kFolder);
  if (at == std::string_view::npos) {
    return {};
  }
  path.remove_prefix(at + kFolder.size());
  size_t end = path.find('/');
  if (path.starts_with('@') && end != std::string_view::npos) {
    end = path.find('/', end + 1);
  }
  return std::string(path.substr(0, end));
}

namespace {

// Who named a file first, breadth first: the shortest way there is.
class Reasons {
 public:
  explicit Reasons(const link::Program& program) : program_(program) {
    const project::Project& project = program.project;
    Name("app.json", project.app_script);
    Name("app.json", project.app_style);
    for (const std::string& page : project.pages) {
      NameComponent("app.json", page);
    }
    while (next_ < queue_.size()) {
      Follow(std::string(queue_[next_++]));
    }
  }

  std::vector<std::string> Of(std::string_view path) const {
    std::vector<std::string> way;
    for (auto at = by_.find(path); at != by_.end() && way.size() < 100;
         at = by_.find(at->second)) {
      way.push_back(at->second);
    }
    std::reverse(way.begin(), way.end());
    return way;
  }

 private:
  void Name(std::string_view by, std::string_view path) {
    if (!path.empty() && by_.find(path) == by_.end()) {
      auto added = by_.emplace(path, by).first;
      queue_.push_back(added->first);
    }
  }

  // The JSON of a page or component leads to its files and to what it uses.
  void NameComponent(std::string_view by, std::string_view path) {
    const project::Component* component = program_.project.Find(path);
    if (component == nullptr || !seen_.insert(component).second) {
      return;
    }
    const std::string& head = !component->template_path.empty()
                                  ? component->template_path
                                  : component->script_path;
    Name(by, head);
    for (const std::string& file :
         {component->template_path, component->style_path,
          component->script_path}) {
      Name(file == head ? by : std::string_view(head), file);
    }
    components_[head].push_back(component);
  }

  void Follow(const std::string& path) {
    const graph::FileGraph& graph = program_.graph;
    if (auto found = components_.find(path); found != components_.end()) {
      const std::vector<const project::Component*> users = found->second;
      for (const project::Component* component : users) {
        for (const project::UsedComponent& used : component->using_components) {
          if (used.kind == project::TargetKind::kComponent) {
            NameComponent(path, used.path);
          }
        }
        for (const project::Generic& generic : component->generics) {
          NameComponent(path, generic.path);
        }
      }
    }
    if (auto found = graph.templates.find(path);
        found != graph.templates.end()) {
      for (const auto* list : {&found->second.imports, &found->second.includes,
                               &found->second.modules}) {
        for (const std::string& other : *list) {
          Name(path, other);
        }
      }
    }
    if (auto found = graph.modules.find(path); found != graph.modules.end()) {
      for (const std::string& other : found->second.needs) {
        Name(path, other);
      }
    }
    if (auto found = graph.scripts.find(path); found != graph.scripts.end()) {
      for (const std::string& other : found->second.targets) {
        Name(path, other);
      }
    }
    if (const ftss::SheetGraph* sheets = program_.SheetGraphOf(path)) {
      for (const ftss::StyleSheet* sheet : sheets->sheets) {
        Name(path, sheet->file->path());
      }
    }
  }

  const link::Program& program_;
  // Node-based: views of keys stay.
  std::map<std::string, std::string, std::less<>> by_;
  std::map<std::string, std::vector<const project::Component*>, std::less<>>
      components_;
  std::set<const project::Component*> seen_;
  std::vector<std::string_view> queue_;
  size_t next_ = 0;
};

}  // namespace

static bool IsBigger(uint64_t left, std::string_view left_name, uint64_t right,
                     std::string_view right_name) {
  return left != right ? left > right : left_name < right_name;
}

static void SortGroups(std::vector<SizedGroup>& groups) {
  std::sort(groups.begin(), groups.end(),
            [](const SizedGroup& a, const SizedGroup& b) {
              return IsBigger(a.bytes, a.name, b.bytes, b.name);
            });
}

static void AddFiles(const link::Program& program,
                     const driver::BuildResult& result, SizeReport& report) {
  const Reasons reasons(program);
  auto add = [&](std::string_view path, FileKind kind, uint64_t bytes) {
    SizedFile& file = report.files.emplace_back();
    file.path = path;
    file.kind = kind;
    file.bytes = bytes;
    file.package =
        program.project.PackageOf(program.project.OwnerOf(path)).name;
    file.npm = NpmNameOf(path);
    file.why = reasons.Of(path);
  };
  for (const auto& [path, script] : program.graph.scripts) {
    if (script.needed) {
      add(path, FileKind::kScript, script.shipped().code.size());
    }
  }
  for (const auto& [path, file] : program.graph.templates) {
    add(path, FileKind::kTemplate,
        file.source == nullptr ? 0 : file.source->text().size());
  }
  for (const auto& [path, file] : program.graph.sheets) {
    add(path, FileKind::kStyle,
        file.source == nullptr ? 0 : file.source->text().size());
  }
  for (const auto& [path, module] : program.graph.modules) {
    // Inline ones stand in their templates.
    if (program.project.index.Has(path)) {
      add(path, FileKind::kModule, module.code.size());
    }
  }
  for (const link::LinkedPackage& package : program.packages) {
    const std::string& name = program.project.PackageOf(package.id).name;
    for (const std::string& path : package.assets) {
      auto found = result.files.find("package/" + name + "/" + path);
      add(path, FileKind::kAsset,
          found == result.files.end() ? 0 : found->second.size());
    }
  }
  std::sort(report.files.begin(), report.files.end(),
            [](const SizedFile& a, const SizedFile& b) {
              return IsBigger(a.bytes, a.path, b.bytes, b.path);
            });
}

static void AddPackages(const link::Program& program,
                        const driver::BuildResult& result, SizeReport& report) {
  for (const link::LinkedPackage& linked : program.packages) {
    SizedPackage& package = report.packages.emplace_back();
    package.name = program.project.PackageOf(linked.id).name;
    const std::string prefix = "package/" + package.name + "/";
    for (auto at = result.files.lower_bound(prefix);
         at != result.files.end() && at->first.starts_with(prefix); ++at) {
      package.bytes += at->second.size();
    }
    if (auto zip = emit::WriteZip(result.files, prefix)) {
      package.zip_bytes = zip->size();
    }
    for (const SizedFile& file : report.files) {
      if (file.package == package.name) {
        package.kinds[static_cast<size_t>(file.kind)] += file.bytes;
      }
    }
    report.bytes += package.bytes;
  }
}

static void AddGroups(const link::Program& program, SizeReport& report) {
  std::map<std::string_view, const SizedFile*> files;
  std::map<std::string, SizedGroup> npm;
  for (const SizedFile& file : report.files) {
    files[file.path] = &file;
    if (!file.npm.empty()) {
      SizedGroup& group = npm[file.npm];
      group.name = file.npm;
      group.package = file.package;
      group.bytes += file.bytes;
      ++group.files;
    }
  }
  for (auto& [name, group] : npm) {
    report.npm.push_back(std::move(group));
  }
  for (const project::Component& component : program.project.components) {
    SizedGroup group;
    group.name = component.path;
    group.package = program.project.PackageOf(component.package).name;
    for (const std::string& path :
         {component.template_path, component.style_path,
          component.script_path}) {
      if (auto found = files.find(path); found != files.end()) {
        group.bytes += found->second->bytes;
        ++group.files;
      }
    }
    (component.is_page ? report.pages : report.components)
        .push_back(std::move(group));
  }
  SortGroups(report.npm);
  SortGroups(report.pages);
  SortGroups(report.components);
}

static void AddDuplicates(const link::Program& program,
                          const driver::BuildResult& result,
                          SizeReport& report) {
  // By content; small ones cost nothing.
  static constexpr size_t kSmall = 256;
  std::map<std::string_view, std::vector<std::string>> by_text;
  for (const SizedFile& file : report.files) {
    std::string_view text;
    switch (file.kind) {
      case FileKind::kScript:
        text = program.graph.scripts.find(file.path)->second.shipped().code;
        break;
      case FileKind::kAsset:
        if (auto found =
                result.files.find("package/" + file.package + "/" + file.path);
            found != result.files.end()) {
          text = found->second;
        }
        break;
      case FileKind::kTemplate:
        if (auto found = program.graph.templates.find(file.path);
            found->second.source != nullptr) {
          text = found->second.source->text();
        }
        break;
      case FileKind::kStyle:
        if (auto found = program.graph.sheets.find(file.path);
            found->second.source != nullptr) {
          text = found->second.source->text();
        }
        break;
      case FileKind::kModule:
        text = program.graph.modules.find(file.path)->second.code;
        break;
    }
    if (text.size() >= kSmall) {
      by_text[text].push_back(file.path);
    }
  }
  for (auto& [text, paths] : by_text) {
    if (paths.size() > 1) {
      report.duplicates.push_back({text.size(), std::move(paths)});
    }
  }
  std::sort(report.duplicates.begin(), report.duplicates.end(),
            [](const Duplicate& a, const Duplicate& b) {
              return IsBigger(a.bytes * (a.paths.size() - 1), a.paths.front(),
                              b.bytes * (b.paths.size() - 1), b.paths.front());
            });
}

// What the rule about unused files has found.
static void AddUnused(const driver::BuildResult& result, SizeReport& report) {
  std::set<std::string_view> paths;
  for (const diagnostics::Diagnostic& diagnostic : result.diagnostics) {
    if (diagnostic.kind == diagnostics::Kind::kUnusedAsset) {
      paths.insert(diagnostic.path);
    }
  }
  for (const SizedFile& file : report.files) {
    if (paths.contains(file.path)) {
      report.unused.push_back(file);
    }
  }
}

// Words of scripts and of texts in templates: any of them may become a class.
static void AddWords(std::string_view text, ftss::NamesInUse& names) {
  auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  for (size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < text.size() && is_word(text[end])) {
      ++end;
    }
    std::string word(text.substr(at, end - at));
    // `item-{{kind}}`, `"item-" + kind`: every class that begins so.
    if (end < text.size() &&
        (text[end] == '{' || text[end] == '$' || text[end] == '\'' ||
         text[end] == '"') &&
        (word.ends_with('-') || word.ends_with('_') || text[end] == '{')) {
      names.class_prefixes.push_back(word);
    }
    names.ids.insert(word);
    names.classes.insert(std::move(word));
    at = end;
  }
}

static void AddUnusedStyles(const link::Program& program, SizeReport& report) {
  ftss::NamesInUse names;
  for (const auto& [path, file] : program.graph.templates) {
    if (file.source != nullptr) {
      AddWords(file.source->text(), names);
    }
  }
  for (const auto& [path, file] : program.graph.scripts) {
    if (file.source != nullptr) {
      AddWords(file.source->text(), names);
    }
  }
  for (const auto& [path, module] : program.graph.modules) {
    AddWords(module.code, names);
  }
  std::sort(names.class_prefixes.begin(), names.class_prefixes.end());
  names.class_prefixes.erase(
      std::unique(names.class_prefixes.begin(), names.class_prefixes.end()),
      names.class_prefixes.end());
  for (const auto& [path, file] : program.graph.sheets) {
    const ftss::RuleUsage usage = ftss::CountUnusedRules(file.sheet, names);
    if (usage.unused != 0) {
      SizedGroup& group = report.unused_styles.emplace_back();
      group.name = path;
      group.package =
          program.project.PackageOf(program.project.OwnerOf(path)).name;
      group.bytes = usage.unused_bytes;
      group.files = usage.unused;
    }
  }
  SortGroups(report.unused_styles);
}

SizeReport MakeSizeReport(const link::Program& program,
                          const driver::BuildResult& result) {
  SizeReport report;
  AddFiles(program, result, report);
  AddPackages(program, result, report);
  AddGroups(program, report);
  AddDuplicates(program, result, report);
  AddUnused(result, report);
  AddUnusedStyles(program, report);
  return report;
}

}  // namespace fcc::commands
