// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/engine.h"

#include <algorithm>
#include <iterator>

#include "compiler/check/levels.h"

namespace fcc::check {

static const Rule* const kRules[] = {
#define FCC_RULE(symbol) &k##symbol##Rule,
#include "compiler/check/rules.def"
#undef FCC_RULE
};
static constexpr uint16_t kRuleCount = std::size(kRules);

static constexpr SubjectKind kFileKinds[] = {
    SubjectKind::kScript, SubjectKind::kMarkup, SubjectKind::kSheet,
    SubjectKind::kModule};

static bool LooksAt(const Rule& rule, SubjectKind kind) {
  switch (kind) {
    case SubjectKind::kScript:
      return rule.script != nullptr;
    case SubjectKind::kMarkup:
      return rule.markup != nullptr || rule.built_in != nullptr;
    case SubjectKind::kSheet:
      return rule.sheet != nullptr;
    case SubjectKind::kModule:
      return false;
    case SubjectKind::kComponent:
      return rule.component != nullptr;
    case SubjectKind::kProgram:
      return rule.program != nullptr;
  }
  FCC_CHECK(false);
}

Engine::Engine(CheckOptions options, base::FileSystem* fs)
    : options_(std::move(options)), fs_(fs) {}

void Engine::Run(const link::Program& program, source::SourceSet& sources,
                 const Changes* changes, diagnostics::Sink& sink) {
  if (changes == nullptr || index_ == nullptr) {
    Begin(program, sources);
  } else {
    FCC_CHECK(sources_ == &sources);
    if (changes->references) {
      const std::unique_ptr<ProgramIndex> before = std::move(index_);
      index_ = std::make_unique<ProgramIndex>(program);
      Compare(*before);
    }
    FCC_CHECK(&index_->program() == &program);
    for (const std::string& path : changes->files) {
      const source::FileId file = FileAt(path);
      if (file != source::FileId::kNone) {
        NoteFile(file);
      }
    }
    if (changes->uses) {
      NoteReaders(ReadSource::Uses());
    }
  }
  for (; named_texts_ < sources.size(); ++named_texts_) {
    changed_files_.push_back(static_cast<source::FileId>(named_texts_));
  }
  for (source::FileId file : changed_files_) {
    GiveNames(file);
  }
  UpdateStamps();
  std::ranges::sort(dirty_, [](const Piece& a, const Piece& b) {
    return std::tuple(a.kind, a.at, a.rule) < std::tuple(b.kind, b.at, b.rule);
  });
  dirty_.erase(std::unique(dirty_.begin(), dirty_.end()), dirty_.end());
  std::vector<source::FileId> own;
  for (size_t i = 0; i < dirty_.size(); ++i) {
    const Piece& piece = dirty_[i];
    if (i == 0 || piece.kind != dirty_[i - 1].kind ||
        piece.at != dirty_[i - 1].at) {
      own = OwnFiles(piece);
    }
    if (IsThere(piece.kind, piece.at)) {
      Look(piece, own);
    }
  }
  dirty_.clear();
  changed_files_.clear();
  changed_components_.clear();
  Tell(sink);
}

void Engine::Begin(const link::Program& program, source::SourceSet& sources) {
  sources_ = &sources;
  index_ = std::make_unique<ProgramIndex>(program);
  suppressions_.emplace(sources);
  originals_.reset();
  if (fs_ != nullptr) {
    originals_.emplace(*fs_, sources);
  }
  found_ = {};
  readers_ = {};
  names_.assign(kRuleCount, {});
  stamps_.clear();
  there_ = {};
  built_ins_ = {};
  compiled_ = {};
  named_texts_ = 0;
  FindSubjects();
  for (uint32_t i = 0; i < index_->components().size(); ++i) {
    NoteSubject(SubjectKind::kComponent, i);
  }
  NoteSubject(SubjectKind::kProgram, 0u);
}

// The files of the program: those that are new are to be looked at, those that
// are gone are forgotten.
void Engine::FindSubjects() {
  std::array<ByFile<uint8_t>, kSubjectKinds> there;
  const graph::FileGraph& graph = index_->program().graph;
  auto add = [&](SubjectKind kind, source::FileId file) {
    there[static_cast<size_t>(kind)][file] = 1;
  };
  for (const auto& [path, file] : graph.scripts) {
    add(SubjectKind::kScript, file.source->id());
  }
  for (const auto& [path, file] : graph.templates) {
    add(SubjectKind::kMarkup, file.unit.file);
  }
  for (const auto& [path, file] : graph.sheets) {
    add(SubjectKind::kSheet, file.source->id());
  }
  for (const auto& [path, module] : graph.modules) {
    add(SubjectKind::kModule, module.file);
  }
  std::swap(there, there_);
  for (SubjectKind kind : kFileKinds) {
    const size_t at = static_cast<size_t>(kind);
    const size_t count = std::max(there[at].size(), there_[at].size());
    for (uint32_t i = 0; i < count; ++i) {
      const source::FileId file = static_cast<source::FileId>(i);
      if (there[at].Get(file) == there_[at].Get(file)) {
        continue;
      }
      compiled_[file] = 1;
      changed_files_.push_back(file);
      if (there_[at].Get(file) != 0) {
        NoteSubject(kind, i);
      } else {
        Forget(kind, i);
      }
    }
  }
}

void Engine::Compare(const ProgramIndex& before) {
  if (index_->framework() != before.framework()) {
    const link::Program& program = index_->program();
    Begin(program, *sources_);
    return;
  }
  FindSubjects();
  for (const project::Component& component : index_->components()) {
    if (index_->TemplatesOf(component).ids !=
        before.TemplatesAt(index_->PlaceOf(component)).ids) {
      NoteComponent(index_->PlaceOf(component));
    }
  }
  for (uint32_t i = 0; i < sources_->size(); ++i) {
    const source::FileId file = static_cast<source::FileId>(i);
    if (index_->UsersOfTemplate(file) != before.UsersOfTemplate(file) ||
        index_->IsIncluded(file) != before.IsIncluded(file)) {
      NoteSubject(SubjectKind::kMarkup, i);
    }
    if (index_->UsersOfSheet(file) != before.UsersOfSheet(file) ||
        index_->IsOfApp(file) != before.IsOfApp(file)) {
      NoteSubject(SubjectKind::kSheet, i);
    }
  }
  NoteReaders(ReadSource::Missing());
  NoteSubject(SubjectKind::kProgram, 0u);
}

source::FileId Engine::FileAt(std::string_view path) const {
  const graph::FileGraph& graph = index_->program().graph;
  if (auto found = graph.scripts.find(path); found != graph.scripts.end()) {
    return found->second.source->id();
  }
  if (auto found = graph.templates.find(path); found != graph.templates.end()) {
    return found->second.unit.file;
  }
  if (auto found = graph.sheets.find(path); found != graph.sheets.end()) {
    return found->second.source->id();
  }
  const project::Component* component =
      index_->Find(base::WithoutExtension(path));
  if (component != nullptr && component->json != nullptr &&
      component->json->path == path) {
    return component->json->file;
  }
  const source::SourceFile* text = sources_->Find(path);
  return text == nullptr ? source::FileId::kNone : text->id();
}

void Engine::NoteFile(source::FileId file) {
  changed_files_.push_back(file);
  for (SubjectKind kind : kFileKinds) {
    NoteSubject(kind, file);
  }
  for (const auto* users :
       {&index_->UsersOfScript(file), &index_->UsersOfTemplate(file)}) {
    for (uint32_t place : *users) {
      NoteComponent(place);
    }
  }
  for (uint32_t place : index_->UsersOfJson(file)) {
    NoteJsonOf(place);
  }
  NoteReaders(ReadSource::OfFile(file));
}

// It says which elements of templates are built in, and who lets sheets in.
void Engine::NoteJsonOf(uint32_t place) {
  const project::Component& component = index_->components()[place];
  NoteComponent(place);
  for (source::FileId file : index_->TemplatesOf(component).ids) {
    NoteSubject(SubjectKind::kMarkup, file);
  }
  if (const ftss::SheetGraph* sheets =
          index_->program().SheetGraphOf(component.style_path)) {
    for (const ftss::StyleSheet* sheet : sheets->sheets) {
      NoteSubject(SubjectKind::kSheet, sheet->file->id());
    }
  }
}

void Engine::NoteComponent(uint32_t place) {
  changed_components_.push_back(place);
  NoteSubject(SubjectKind::kComponent, place);
}

void Engine::NoteSubject(SubjectKind kind, uint32_t at) {
  if (!IsThere(kind, at)) {
    return;
  }
  if (kind == SubjectKind::kMarkup) {
    built_ins_[static_cast<source::FileId>(at)].reset();
  }
  for (uint16_t rule = 0; rule < kRuleCount; ++rule) {
    if (LooksAt(*kRules[rule], kind)) {
      dirty_.push_back({rule, kind, at});
    }
  }
}

void Engine::NoteReaders(ReadSource source) {
  const std::vector<Piece> readers = readers_.Of(source);
  dirty_.insert(dirty_.end(), readers.begin(), readers.end());
}

void Engine::Forget(SubjectKind kind, uint32_t at) {
  auto& found = found_[static_cast<size_t>(kind)];
  if (at < found.size()) {
    found[at].clear();
  }
  for (uint16_t rule = 0; rule < kRuleCount; ++rule) {
    readers_.Set({rule, kind, at}, {});
  }
}

bool Engine::IsThere(SubjectKind kind, uint32_t at) const {
  switch (kind) {
    case SubjectKind::kScript:
    case SubjectKind::kMarkup:
    case SubjectKind::kSheet:
    case SubjectKind::kModule:
      return there_[static_cast<size_t>(kind)].Get(
                 static_cast<source::FileId>(at)) != 0;
    case SubjectKind::kComponent:
    case SubjectKind::kProgram:
      return true;
  }
  FCC_CHECK(false);
}

RuleContext Engine::ContextOf(uint16_t rule, ReadLog* reads,
                              diagnostics::Sink& sink) {
  return RuleContext(options_, *index_, *sources_, names_[rule], reads, sink);
}

void Engine::SetNames(uint16_t rule, source::FileId file,
                      const NameList& names) {
  std::vector<std::string> changed;
  names_[rule].Set(file, names.names(), changed);
  for (const std::string& name : changed) {
    NoteReaders({ReadSource::Kind::kName, rule, check::StampOf(name)});
  }
  if (!changed.empty()) {
    NoteReaders({ReadSource::Kind::kAllNames, rule, 0});
  }
}

void Engine::GiveNames(source::FileId file) {
  if (originals_ && originals_->IsOriginal(file)) {
    return;
  }
  const source::SourceFile& text = sources_->Get(file);
  const auto& scripts = index_->program().graph.scripts;
  const graph::ScriptFile* script = nullptr;
  if (IsThere(SubjectKind::kScript, static_cast<uint32_t>(file))) {
    script = &scripts.find(text.path())->second;
  }
  // Nothing in the program names it any more.
  const bool is_gone = compiled_.Get(file) != 0 &&
                       std::ranges::none_of(kFileKinds, [&](SubjectKind kind) {
                         return IsThere(kind, static_cast<uint32_t>(file));
                       });
  diagnostics::Sink none;
  for (uint16_t i = 0; i < kRuleCount; ++i) {
    const Rule& rule = *kRules[i];
    if (rule.script_names == nullptr && rule.text_names == nullptr) {
      continue;
    }
    const RuleContext context = ContextOf(i, nullptr, none);
    NameList names;
    if (rule.script_names != nullptr && script != nullptr) {
      rule.script_names(context, *script, names);
    }
    if (rule.text_names != nullptr && !is_gone) {
      rule.text_names(context, text, names);
    }
    SetNames(i, file, names);
  }
}

uint64_t Engine::StampOf(uint16_t rule, uint32_t place) {
  diagnostics::Sink none;
  return kRules[rule]->component_stamp(ContextOf(rule, nullptr, none),
                                       index_->components()[place]);
}

void Engine::UpdateStamps() {
  std::ranges::sort(changed_components_);
  changed_components_.erase(
      std::unique(changed_components_.begin(), changed_components_.end()),
      changed_components_.end());
  for (uint32_t place : changed_components_) {
    for (uint16_t rule = 0; rule < kRuleCount; ++rule) {
      if (kRules[rule]->component_stamp == nullptr) {
        continue;
      }
      auto known = stamps_.find({rule, place});
      if (known == stamps_.end()) {
        continue;
      }
      const uint64_t stamp = StampOf(rule, place);
      if (known->second != stamp) {
        known->second = stamp;
        NoteReaders({ReadSource::Kind::kComponentStamp, rule, place});
      }
    }
  }
}

std::vector<source::FileId> Engine::OwnFiles(const Piece& piece) const {
  std::vector<source::FileId> files;
  if (piece.kind == SubjectKind::kComponent) {
    const project::Component& component = index_->components()[piece.at];
    files = index_->TemplatesOf(component).ids;
    const auto& scripts = index_->program().graph.scripts;
    auto script = scripts.find(component.script_path);
    if (script != scripts.end()) {
      files.push_back(script->second.source->id());
    }
    if (component.json != nullptr) {
      files.push_back(component.json->file);
    }
  } else if (piece.kind != SubjectKind::kProgram) {
    files.push_back(static_cast<source::FileId>(piece.at));
  }
  return files;
}

void Engine::LookAt(const Rule& rule, const Piece& piece,
                    const RuleContext& context) {
  const graph::FileGraph& graph = index_->program().graph;
  auto path = [&]() -> const std::string& {
    return sources_->Get(static_cast<source::FileId>(piece.at)).path();
  };
  switch (piece.kind) {
    case SubjectKind::kScript:
      rule.script(context, graph.scripts.find(path())->second);
      return;
    case SubjectKind::kSheet:
      rule.sheet(context, graph.sheets.find(path())->second.sheet);
      return;
    case SubjectKind::kMarkup: {
      const graph::TemplateFile& file = graph.templates.find(path())->second;
      if (rule.markup != nullptr) {
        rule.markup(context, file);
      }
      if (rule.built_in != nullptr) {
        auto& nodes = built_ins_[file.unit.file];
        if (!nodes) {
          nodes = index_->BuiltInsOf(file);
        }
        for (uint32_t node : *nodes) {
          rule.built_in(context, file, file.unit.nodes[node]);
        }
      }
      return;
    }
    case SubjectKind::kModule:
      return;
    case SubjectKind::kComponent:
      rule.component(context, index_->components()[piece.at]);
      return;
    case SubjectKind::kProgram:
      rule.program(context);
      return;
  }
  FCC_CHECK(false);
}

void Engine::Look(const Piece& piece, std::span<const source::FileId> own) {
  ++looked_at_;
  diagnostics::Sink sink;
  ReadLog reads(piece.rule, own);
  LookAt(*kRules[piece.rule], piece, ContextOf(piece.rule, &reads, sink));
  Keep(piece, sink.Take(), &reads);
  std::vector<ReadSource> sources = reads.Take();
  for (const ReadSource& source : sources) {
    if (source.kind != ReadSource::Kind::kComponentStamp) {
      continue;
    }
    const uint32_t place = static_cast<uint32_t>(source.what);
    if (!stamps_.contains({source.rule, place})) {
      stamps_[{source.rule, place}] = StampOf(source.rule, place);
    }
  }
  readers_.Set(piece, std::move(sources));
}

void Engine::Keep(const Piece& piece,
                  std::vector<diagnostics::Diagnostic> reports,
                  ReadLog* reads) {
  auto& subjects = found_[static_cast<size_t>(piece.kind)];
  if (subjects.size() <= piece.at) {
    if (reports.empty()) {
      return;
    }
    subjects.resize(piece.at + 1);
  }
  std::vector<Found>& found = subjects[piece.at];
  std::erase_if(found,
                [&](const Found& each) { return each.rule == piece.rule; });
  for (diagnostics::Diagnostic& report : reports) {
    const source::FileId file = report.location.file;
    if (file != source::FileId::kNone) {
      // Its place is one of this text.
      reads->AddFile(file);
      if (index_->IsFrameworkFile(sources_->Get(file).path())) {
        continue;
      }
    }
    if (!ApplyLevel(options_, report)) {
      continue;
    }
    Found& kept = found.emplace_back();
    kept.rule = piece.rule;
    kept.file = file;
    kept.covered = suppressions_->Covers(report);
    if (options_.report_only) {
      report.severity =
          std::min(report.severity, diagnostics::Severity::kWarning);
    }
    if (originals_ && !originals_->Move(index_->program(), report)) {
      kept.covered = true;
    }
    kept.report = std::move(report);
  }
}

void Engine::Tell(diagnostics::Sink& sink) {
  ByFile<uint8_t> asked;
  for (const auto& subjects : found_) {
    for (const std::vector<Found>& list : subjects) {
      for (const Found& found : list) {
        if (found.file != source::FileId::kNone) {
          asked[found.file] = 1;
        }
        if (!found.covered) {
          sink.Add(found.report);
        }
      }
    }
  }
  diagnostics::Sink without_reason;
  for (uint32_t i = 0; i < asked.size(); ++i) {
    if (asked.Get(static_cast<source::FileId>(i)) != 0) {
      suppressions_->ReportWithoutReason(static_cast<source::FileId>(i),
                                         without_reason);
    }
  }
  for (diagnostics::Diagnostic& report : without_reason.Take()) {
    if (!originals_ || originals_->Move(index_->program(), report)) {
      sink.Add(std::move(report));
    }
  }
}

}  // namespace fcc::check
