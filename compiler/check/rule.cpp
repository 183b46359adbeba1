// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/rule.h"

#include <algorithm>

#include "compiler/check/reads.h"

namespace fcc::check {

void NameList::Give(char sort, std::string_view name) {
  names_.push_back(sort + std::string(name));
}

const graph::ScriptFile* RuleContext::Script(std::string_view path) const {
  auto found = files().scripts.find(path);
  if (found == files().scripts.end()) {
    if (reads_ != nullptr) {
      reads_->Add(ReadSource::Missing());
    }
    return nullptr;
  }
  if (reads_ != nullptr) {
    reads_->AddFile(found->second.source->id());
  }
  return &found->second;
}

const graph::TemplateFile* RuleContext::Template(std::string_view path) const {
  auto found = files().templates.find(path);
  if (found == files().templates.end()) {
    if (reads_ != nullptr) {
      reads_->Add(ReadSource::Missing());
    }
    return nullptr;
  }
  if (reads_ != nullptr) {
    reads_->AddFile(found->second.unit.file);
  }
  return &found->second;
}

const graph::ScriptFile* RuleContext::ScriptOf(
    const project::Component& component) const {
  return Script(component.script_path);
}

const js::ScriptFacts* RuleContext::FactsOf(
    const project::Component& component) const {
  const graph::ScriptFile* script = ScriptOf(component);
  return script == nullptr ? nullptr : &script->result.facts;
}

const js::Definition* RuleContext::OnlyDefinition(
    const project::Component& component) const {
  const js::ScriptFacts* facts = FactsOf(component);
  const js::Definition* only = nullptr;
  if (facts == nullptr) {
    return only;
  }
  for (const js::Definition& definition : facts->definitions) {
    if (definition.kind == js::DefinitionKind::kPage ||
        definition.kind == js::DefinitionKind::kComponent) {
      if (only != nullptr) {
        return nullptr;
      }
      only = &definition;
    }
  }
  return only;
}

const ProgramIndex::Templates& RuleContext::TemplatesOf(
    const project::Component& component) const {
  const ProgramIndex::Templates& templates = index.TemplatesOf(component);
  if (reads_ != nullptr) {
    for (source::FileId file : templates.ids) {
      reads_->AddFile(file);
    }
  }
  return templates;
}

const std::vector<project::Component>& RuleContext::AllComponents() const {
  if (reads_ != nullptr) {
    reads_->Add(ReadSource::Uses());
  }
  return project.components;
}

std::string_view RuleContext::TextOf(source::FileId file) const {
  if (reads_ != nullptr) {
    reads_->AddFile(file);
  }
  return sources_.Get(file).text();
}

RuleContext RuleContext::Of(const project::Component& component) const {
  if (reads_ != nullptr) {
    reads_->Add(ReadSource::Kind::kComponentStamp, index.PlaceOf(component));
  }
  RuleContext context = *this;
  context.reads_ = nullptr;
  return context;
}

bool RuleContext::IsGiven(char sort, std::string_view name) const {
  const std::string full = sort + std::string(name);
  if (reads_ != nullptr) {
    reads_->Add(ReadSource::Kind::kName, StampOf(full));
  }
  return names_.Contains(full);
}

std::vector<std::string_view> RuleContext::AllGiven(char sort) const {
  if (reads_ != nullptr) {
    reads_->Add(ReadSource::Kind::kAllNames, 0);
  }
  return names_.All(sort);
}

diagnostics::Words DocumentRow(std::string_view row) {
  return {base::format("FinClip's documentation, {}", row),
          base::format("FinClip 文档 {}", row)};
}

void AddAlternative(diagnostics::Report& report, std::string_view table,
                    std::string_view name) {
  if (const AlternativeRow* row = FindAlternative(table, name)) {
    report.Note({base::format("instead: {}", row->en),
                 base::format("可改用：{}", row->zh)});
  }
}

bool IsForeign(std::string_view path) {
  return path.find("miniprogram_npm/") != std::string_view::npos ||
         path.find("node_modules/") != std::string_view::npos ||
         path.find("node-modules/") != std::string_view::npos ||
         path.find("uni_modules/") != std::string_view::npos ||
         path.find("npm/") == 0 || path.find("/npm/") != std::string_view::npos;
}

std::string_view NpmFolderOf(std::string_view path) {
  static constexpr std::string_view kFolder = "miniprogram_npm/";
  const size_t at = path.find(kFolder);
  if (at == std::string_view::npos) {
    return {};
  }
  const size_t begin = at + kFolder.size();
  size_t end = path.find('/', begin);
  if (begin < path.size() && path[begin] == '@' &&
      end != std::string_view::npos) {
    end = path.find('/', end + 1);
  }
  return end == std::string_view::npos ? std::string_view()
                                       : path.substr(0, end);
}

std::string_view PlatformName(Platform platform) {
  switch (platform) {
    case Platform::kFinClip:
      return "FinClip";
    case Platform::kWeChat:
      return "WeChat";
  }
  FCC_CHECK(false);
}

const tmpl::AttrRecord* FindAttr(const fxml::Unit& unit,
                                 const tmpl::NodeRecord& node,
                                 tmpl::AttrKind kind, std::string_view name) {
  for (uint32_t i = 0; i < node.attr_count; ++i) {
    const tmpl::AttrRecord& attr = unit.attrs[node.first_attr + i];
    if (attr.kind == kind &&
        (name.empty() || TextOf(unit, attr.name) == name)) {
      return &attr;
    }
  }
  return nullptr;
}

}  // namespace fcc::check
