// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/preprocess_sheets.h"

#include <map>
#include <optional>
#include <utility>

#include "runtime/base/json.h"

namespace fcc::graph {

namespace {

class SheetCache {
 public:
  SheetCache(base::FileSystem& fs, const project::Project& project,
             UnitCache& cache)
      : fs_(fs), project_(project), cache_(cache) {}

  // Fills `unit.preprocessed`; false when it has to be compiled.
  bool Load(Unit& unit);
  void Store(const Unit& unit);

 private:
  base::Hash128 KeyOf(const Unit& unit);
  const std::string& PackageText(const std::string& folder);
  // Empty where there is no such file.
  std::string DigestOf(std::string_view path);

  base::FileSystem& fs_;
  const project::Project& project_;
  UnitCache& cache_;
  std::map<std::string, std::string> packages_;
};

}  // namespace

// Says which version it is; asked once for all sheets.
const std::string& SheetCache::PackageText(const std::string& folder) {
  auto [at, fresh] = packages_.emplace(folder, "");
  if (fresh) {
    base::Result<std::string> text = fs_.ReadFile(folder + "/package.json");
    at->second = text ? *std::move(text) : "";
  }
  return at->second;
}

base::Hash128 SheetCache::KeyOf(const Unit& unit) {
  const std::string path = base::JoinPath(project_.root, unit.path);
  const ftss::StyleTool tool = ftss::StyleToolOf(*unit.source);
  const std::string package = ftss::FindStylePackage(fs_, tool, path);
  const std::string_view parts[] = {
      "sheet", package, package.empty() ? package : PackageText(package), path,
      unit.source->text()};
  return UnitKey(parts);
}

std::string SheetCache::DigestOf(std::string_view path) {
  base::Result<std::string> text = fs_.ReadFile(
      base::JoinPath(project_.root, path), source::kMaxSourceBytes);
  return text ? base::ToHex(base::HashContent(*text)) : "";
}

// {"css": …, "map": …, "files": [[path, digest]…]}
bool SheetCache::Load(Unit& unit) {
  const std::optional<std::string> bytes = cache_.Load(KeyOf(unit));
  if (!bytes) {
    return false;
  }
  const base::JsonDocument entry = base::ParseJson(*bytes);
  const base::JsonNode* css = entry.root->Find("css");
  const base::JsonNode* map = entry.root->Find("map");
  const base::JsonNode* files = entry.root->Find("files");
  if (!entry.ok() || css == nullptr || map == nullptr || files == nullptr) {
    return false;
  }
  ftss::Preprocessed result;
  result.css = css->StringOr("");
  result.map = map->StringOr("");
  for (const base::JsonNode* file : files->items) {
    if (file->items.size() != 2) {
      return false;
    }
    const std::string_view path = file->items[0]->StringOr("");
    const std::string digest = DigestOf(path);
    if (digest.empty() || digest != file->items[1]->StringOr("")) {
      return false;
    }
    result.files.emplace_back(path);
  }
  result.ok = true;
  unit.preprocessed = std::move(result);
  return true;
}

void SheetCache::Store(const Unit& unit) {
  const ftss::Preprocessed& made = unit.preprocessed;
  if (!made.ok || !unit.sink.diagnostics().empty()) {
    return;
  }
  const bool is_less =
      ftss::StyleToolOf(*unit.source) == ftss::StyleTool::kLess;
  if (is_less && ftss::MayReadOtherFiles(unit.source->text())) {
    return;
  }
  std::string entry = R"({"css":)";
  base::AppendJsonString(entry, made.css);
  entry += R"(,"map":)";
  base::AppendJsonString(entry, made.map);
  entry += R"(,"files":[)";
  for (const std::string& path : made.files) {
    base::Result<std::string> text = fs_.ReadFile(
        base::JoinPath(project_.root, path), source::kMaxSourceBytes);
    if (!text || (is_less && ftss::MayReadOtherFiles(*text))) {
      return;
    }
    entry += &path == made.files.data() ? "[" : ",[";
    base::AppendJsonString(entry, path);
    entry += ',';
    base::AppendJsonString(entry, base::ToHex(base::HashContent(*text)));
    entry += ']';
  }
  entry += "]}";
  cache_.Store(KeyOf(unit), entry);
}

// By what has to be started for them: libsass once a sheet, the project's own
// compilers once for all.
static std::vector<std::vector<Unit*>> GroupByStart(
    std::span<Unit* const> sheets) {
  std::vector<std::vector<Unit*>> groups;
  std::vector<Unit*> sass;
  std::vector<Unit*> less;
  for (Unit* unit : sheets) {
    switch (ftss::StyleToolOf(*unit->source)) {
      case ftss::StyleTool::kLibsass:
        groups.push_back({unit});
        break;
      case ftss::StyleTool::kSass:
        sass.push_back(unit);
        break;
      case ftss::StyleTool::kLess:
        less.push_back(unit);
        break;
    }
  }
  for (std::vector<Unit*>* many : {&sass, &less}) {
    if (!many->empty()) {
      groups.push_back(std::move(*many));
    }
  }
  return groups;
}

static void PreprocessGroup(std::span<Unit* const> group, base::FileSystem& fs,
                            const project::Project& project,
                            ftss::ToolRunner& tools) {
  std::vector<ftss::StyleJob> jobs;
  for (Unit* unit : group) {
    jobs.push_back({unit->source, &unit->sink});
  }
  ftss::PreprocessOptions options;
  options.project_dir = project.root;
  ftss::Preprocess(jobs, options, fs, tools);
  for (size_t i = 0; i < group.size(); ++i) {
    group[i]->preprocessed = std::move(jobs[i].result);
  }
}

std::vector<std::function<void()>> PreprocessSheets(
    std::vector<Unit*> sheets, base::FileSystem& fs,
    const project::Project& project, const GraphOptions& options) {
  if (options.style_tools == nullptr) {
    for (Unit* unit : sheets) {
      unit->sink.Report(diagnostics::Kind::kStylePreprocessorMissing,
                        {unit->source->id(), {}}, std::string("fcc-sass"),
                        std::string("no programs are run here"));
    }
    return {};
  }
  if (options.cache != nullptr) {
    SheetCache cache(fs, project, *options.cache);
    std::erase_if(sheets, [&](Unit* unit) { return cache.Load(*unit); });
  }
  std::vector<std::function<void()>> pieces;
  for (std::vector<Unit*>& group : GroupByStart(sheets)) {
    pieces.push_back([group = std::move(group), &fs, &project, &options] {
      PreprocessGroup(group, fs, project, *options.style_tools);
      if (options.cache != nullptr) {
        SheetCache cache(fs, project, *options.cache);
        for (const Unit* unit : group) {
          cache.Store(*unit);
        }
      }
    });
  }
  return pieces;
}

}  // namespace fcc::graph
