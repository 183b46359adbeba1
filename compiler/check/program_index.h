// SPDX-License-Identifier: Apache-2.0
//
// What belongs to what in a linked program, found once for all rules: the
// templates and the script of a page, the users of a template or a sheet. It
// stands as long as there are the same files and each names the same others,
// whatever else changes in them.

#ifndef FCC_COMPILER_CHECK_PROGRAM_INDEX_H_
#define FCC_COMPILER_CHECK_PROGRAM_INDEX_H_

#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/link/program.h"

namespace fcc::check {

// By the number of a file; those that nobody wrote have a T().
template <typename T>
class ByFile {
 public:
  T& operator[](source::FileId file) {
    const size_t at = static_cast<size_t>(file);
    if (items_.size() <= at) {
      items_.resize(at + 1);
    }
    return items_[at];
  }
  const T& Get(source::FileId file) const {
    static const T kNone = T();
    const size_t at = static_cast<size_t>(file);
    return at < items_.size() ? items_[at] : kNone;
  }
  size_t size() const { return items_.size(); }

 private:
  std::vector<T> items_;
};

class ProgramIndex {
 public:
  // The program must outlive it.
  explicit ProgramIndex(const link::Program& program);

  enum class Framework : uint8_t { kNone, kTaro, kUni };
  // Which one built this app.
  Framework framework() const { return framework_; }
  // A file that the framework adds to what the user wrote: its runtime, its
  // bundle of libraries, its templates.
  bool IsFrameworkFile(std::string_view path) const;

  const link::Program& program() const { return *program_; }

  // The component at `path`; null when there is none.
  const project::Component* Find(std::string_view path) const;
  // Pages and components are numbered in the project's order.
  const std::vector<project::Component>& components() const {
    return program_->project.components;
  }
  uint32_t PlaceOf(const project::Component& component) const {
    return static_cast<uint32_t>(&component - components().data());
  }

  // The templates of a page or component.
  struct Templates {
    // Its own file first, then what it imports and includes.
    std::vector<const graph::TemplateFile*> files;
    // Those whose content is rendered as if it stood in the first: the first
    // and what it includes.
    std::vector<const graph::TemplateFile*> included;
    // Of `files`.
    std::vector<source::FileId> ids;
  };
  const Templates& TemplatesOf(const project::Component& component) const {
    return TemplatesAt(PlaceOf(component));
  }
  const Templates& TemplatesAt(uint32_t place) const {
    return templates_[place];
  }

  using Places = std::vector<uint32_t>;
  // Pages and components by the files that are theirs, what they import
  // included.
  const Places& UsersOfTemplate(source::FileId file) const {
    return template_users_.Get(file);
  }
  const Places& UsersOfSheet(source::FileId file) const {
    return sheet_users_.Get(file);
  }
  const Places& UsersOfScript(source::FileId file) const {
    return script_users_.Get(file);
  }
  const Places& UsersOfJson(source::FileId file) const {
    return json_users_.Get(file);
  }
  // Another template includes it.
  bool IsIncluded(source::FileId file) const { return included_.Get(file); }
  // Of the app's sheet and what it imports.
  bool IsOfApp(source::FileId sheet) const { return app_sheets_.Get(sheet); }

  // The elements of a template that none of its users declares, as indices of
  // its nodes: they are built in or unknown.
  std::vector<uint32_t> BuiltInsOf(const graph::TemplateFile& file) const;

 private:
  void AddTemplates();
  void AddSheets();
  void Reach(std::string_view path, bool included,
             std::set<std::string_view>& seen, Templates& templates) const;

  const link::Program* program_;
  Framework framework_ = Framework::kNone;
  std::unordered_map<std::string_view, const project::Component*> by_path_;
  std::vector<Templates> templates_;
  ByFile<Places> template_users_;
  ByFile<Places> sheet_users_;
  ByFile<Places> script_users_;
  ByFile<Places> json_users_;
  ByFile<uint8_t> included_;
  ByFile<uint8_t> app_sheets_;
};

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_PROGRAM_INDEX_H_
