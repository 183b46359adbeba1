// SPDX-License-Identifier: Apache-2.0

#include "compiler/fxml/script_modules.h"

#include <algorithm>
#include <string>

namespace fcc::fxml {

using diagnostics::Kind;
using diagnostics::Severity;

void ModuleReader::Read(std::string_view tag, base::Span tag_span,
                        bool self_closing) {
  ModuleDeclaration module;
  if (const Attr* src = attributes_.Find("src")) {
    const bool empty = src->value.text.empty();
    if (src->value.is_plain() && !empty) {
      module.src = {src->value.text, src->value.span};
    } else {
      r_.sink.Report(empty ? Kind::kSrcMissing : Kind::kNotPlainText,
                     r_.At(src->span), empty ? tag : src->key);
    }
  }
  const bool named = ReadName(tag, tag_span, module);
  if (!self_closing) {
    ReadBody(tag, tag_span, module);
  }
  if (!named) {
    return;
  }
  const auto [found, is_new] =
      by_name_.try_emplace(module.name, r_.tables.modules.size());
  if (is_new) {
    r_.tables.modules.push_back(module);
    return;
  }
  ModuleDeclaration& other = r_.tables.modules[found->second];
  r_.sink.Report(Kind::kDuplicateModule, r_.At(module.name_span), module.name)
      .Label(r_.At(other.name_span), {"first here", "首次出现"});
  other = module;
}

const ModuleDeclaration* ModuleReader::Find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &r_.tables.modules[found->second];
}

bool ModuleReader::ReadName(std::string_view tag, base::Span tag_span,
                            ModuleDeclaration& module) {
  const Attr* name = attributes_.Find("module");
  if (name == nullptr || !name->value.is_plain()) {
    r_.sink.Report(Kind::kModuleNameMissing,
                   r_.At(name == nullptr ? tag_span : name->span), tag);
    return false;
  }
  module.name = name->value.text;
  module.name_span = name->value.span;
  if (module.name.empty()) {
    // Nothing can ask for it.
    r_.sink.Report(Kind::kModuleNameMissing, r_.At(name->span), tag)
        .As(Severity::kWarning);
    return false;
  }
  if (!std::all_of(module.name.begin(), module.name.end(),
                   [](char c) { return IsOf(c, kNamePart) && c != '$'; })) {
    r_.sink.Report(Kind::kModuleNameBad, r_.At(module.name_span), module.name);
    return false;
  }
  return true;
}

void ModuleReader::ReadBody(std::string_view tag, base::Span tag_span,
                            ModuleDeclaration& module) {
  const std::string close = "</" + std::string(tag);
  const uint32_t begin = r_.at;
  size_t end = begin;
  for (;;) {
    end = r_.text.find(close, end);
    if (end == std::string_view::npos) {
      // Every implementation takes the rest of the file.
      r_.sink.Report(Kind::kUnclosedModule, r_.At(tag_span), tag)
          .As(Severity::kWarning);
      end = r_.text.size();
      break;
    }
    const size_t behind = end + close.size();
    if (behind >= r_.text.size() || !IsOf(r_.text[behind], kTagPart)) {
      break;
    }
    end = behind;
  }
  module.body = {begin, static_cast<uint32_t>(end)};
  const size_t bracket = r_.text.find('>', end);
  r_.at = static_cast<uint32_t>(
      bracket == std::string_view::npos ? r_.text.size() : bracket + 1);
  const std::string_view body = module.body.In(r_.text);
  if (!module.is_inline() && !std::all_of(body.begin(), body.end(), [](char c) {
        return IsOf(c, kBlank);
      })) {
    r_.sink.Report(Kind::kContentIgnored, r_.At(module.body), tag)
        .As(Severity::kError);
  }
}

}  // namespace fcc::fxml
