// SPDX-License-Identifier: Apache-2.0
//
// Files that nothing names: scripts, templates and sheets that no page reaches,
// pictures and sounds whose names stand in no source. They are told by their
// paths. Packages are a rule of their own (unused_packages.cpp).

#include <algorithm>
#include <unordered_set>

#include "compiler/check/rule.h"
#include "runtime/base/plugin_path.h"

namespace fcc::check {

FCC_REPORT(UnusedFile, "CK2102", Severity::kInfo,
           "no page reaches the file `{0}`", "没有页面用到文件 `{0}`",
           "No page, component or script that is reached from app.json names "
           "it. It is not built in.",
           "从 app.json 出发的页面、组件和脚本都没有引用它，它不会被构建。");
FCC_REPORT(UnusedAsset, "CK2103", Severity::kInfo,
           "nothing mentions the file `{0}`", "没有任何地方提到文件 `{0}`",
           "Its name stands in no source that is built, and it is packed all "
           "the same. Remove it, or leave it out by `packOptions.ignore`.",
           "所有被构建的源码中都没有出现它的名称，但它仍会被打包。可删除它，或"
           "用 `packOptions.ignore` 排除。");

static bool IsIn(std::string_view word,
                 std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

static bool IsMedia(std::string_view extension) {
  return IsIn(extension, {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp",
                          ".mp3", ".wav", ".aac", ".m4a", ".mp4"});
}

namespace {

// Names of media that sources mention.
class Mentions {
 public:
  // Names of pictures and sounds that a text gives, and last parts of folders
  // that it puts names behind.
  static constexpr char kName = 'n';
  static constexpr char kFolder = 'f';

  explicit Mentions(const RuleContext& context) {
    for (std::string_view name : context.AllGiven(kName)) {
      AddName(name);
    }
    const std::vector<std::string_view> folders = context.AllGiven(kFolder);
    folders_.insert(folders.begin(), folders.end());
  }

  static void Find(std::string_view text, NameList& found) {
    for (size_t at = text.find('.'); at != std::string_view::npos;
         at = text.find('.', at + 1)) {
      size_t end = at + 1;
      while (end < text.size() && IsWord(text[end])) {
        ++end;
      }
      if (IsMedia(text.substr(at, end - at))) {
        size_t begin = at;
        while (begin > 0 && IsPartOfName(text[begin - 1])) {
          --begin;
        }
        // `/images/{{name}}.png` is told of by its folder below.
        if (begin != at || !FollowsFolder(text.substr(0, at))) {
          found.Give(kName, text.substr(begin, end - begin));
        }
      }
    }
    // `'/images/' + name`, `/images/{{name}}.png`: anything of that folder.
    for (size_t at = text.find('/'); at != std::string_view::npos;
         at = text.find('/', at + 1)) {
      char next = at + 1 < text.size() ? text[at + 1] : ' ';
      if (next == '\'' || next == '"' || next == '`' || next == '{' ||
          next == '$') {
        size_t begin = at;
        while (begin > 0 && IsPartOfName(text[begin - 1])) {
          --begin;
        }
        found.Give(kFolder, text.substr(begin, at - begin));
      }
    }
  }

  bool Mention(std::string_view path) const {
    if (names_.contains(base::BaseName(path))) {
      return true;
    }
    // Put together of a part of the name: `icon-{{i}}.png`.
    std::string_view folder = base::BaseName(base::DirectoryOf(path));
    if (folders_.contains(folder)) {
      return true;
    }
    return std::any_of(parts_.begin(), parts_.end(),
                       [&](std::string_view part) {
                         return base::BaseName(path).ends_with(part);
                       });
  }

 private:
  // Ends with an insertion that stands right behind a slash.
  static bool FollowsFolder(std::string_view text) {
    if (!text.ends_with('}')) {
      return false;
    }
    const size_t open = text.find_last_of('{');
    if (open == std::string_view::npos || open < 2) {
      return false;
    }
    const char before = text[open - 1] == '{' || text[open - 1] == '$'
                            ? text[open - 2]
                            : text[open - 1];
    return before == '/';
  }
  static bool IsWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
  }
  static bool IsPartOfName(char c) {
    return static_cast<unsigned char>(c) >= 0x80 || IsWord(c) || c == '-' ||
           c == '_' || c == '@' || c == '.' || c == '%';
  }
  // `}}.png` and `-active.png` stand for every file that ends so.
  void AddName(std::string_view name) {
    names_.insert(name);
    if (name.front() == '.' || name.front() == '-' || name.front() == '_' ||
        name.front() == '@') {
      parts_.insert(name);
    }
  }

  std::unordered_set<std::string_view> names_;
  std::unordered_set<std::string_view> folders_;
  std::unordered_set<std::string_view> parts_;
};

}  // namespace

static void GiveMedia(const RuleContext&, const source::SourceFile& file,
                      NameList& names) {
  Mentions::Find(file.text(), names);
}

static void CheckProgram(const RuleContext& context) {
  // What a framework puts there is not the user's to take out.
  if (context.index.framework() != ProgramIndex::Framework::kNone) {
    return;
  }
  const graph::FileGraph& files = context.files();
  const project::Project& project = context.project;
  std::unordered_set<std::string_view> used;
  for (const auto& [path, file] : files.scripts) {
    used.insert(path);
  }
  for (const auto& [path, file] : files.templates) {
    used.insert(path);
  }
  for (const auto& [path, file] : files.sheets) {
    used.insert(path);
  }
  for (const auto& [path, file] : files.modules) {
    used.insert(path);
  }
  const Mentions mentions(context);
  for (const auto& [path, disk_path] : project.index.files()) {
    // What an app does not use of a plugin is there for others.
    if (project::IsIgnored(path, project.pack_options) ||
        !base::PluginRootOf(path).empty()) {
      continue;
    }
    if (!NpmFolderOf(path).empty()) {
      continue;
    }
    std::string_view extension = base::ExtensionOf(path);
    if (IsIn(extension, {".js", ".ts", ".wxml", ".fxml", ".wxss", ".ftss",
                         ".wxs", ".fts"})) {
      // A test, a declaration, a configuration of some tool.
      if (used.contains(path) || path.ends_with(".d.ts") ||
          path.ends_with(".test.js") || path.ends_with(".spec.js") ||
          path.ends_with(".config.js") ||
          path.find('/') == std::string_view::npos) {
        continue;
      }
      context.sink.Report(Kind::kUnusedFile, source::Location(), path)
          .Path(path);
    } else if (IsMedia(extension) && !mentions.Mention(path)) {
      context.sink.Report(Kind::kUnusedAsset, source::Location(), path)
          .Path(path);
    }
  }
}

const Rule kUnusedFilesRule = {.program = CheckProgram,
                               .text_names = GiveMedia};

}  // namespace fcc::check
