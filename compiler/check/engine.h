// SPDX-License-Identifier: Apache-2.0
//
// Runs the rules, and after an edit those pieces of them again that read what
// is another. A piece is one rule at one thing; what it found is kept until it
// is looked at again. What it reads beyond the thing itself RuleContext writes
// down, so nobody has to say it.

#ifndef FCC_COMPILER_CHECK_ENGINE_H_
#define FCC_COMPILER_CHECK_ENGINE_H_

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/check/original_places.h"
#include "compiler/check/reads.h"
#include "compiler/check/rule.h"
#include "compiler/check/suppressions.h"

namespace fcc::check {

class Engine {
 public:
  Engine(CheckOptions options, base::FileSystem* fs);

  // Null: everything.
  void Run(const link::Program& program, source::SourceSet& sources,
           const Changes* changes, diagnostics::Sink& sink);
  size_t looked_at() const { return looked_at_; }

 private:
  // What a piece found.
  struct Found {
    uint16_t rule = 0;
    // The source explains it away.
    bool covered = false;
    // Where it was found, whatever place is shown.
    source::FileId file = source::FileId::kNone;
    diagnostics::Diagnostic report;
  };
  using Subjects = std::array<std::vector<std::vector<Found>>, kSubjectKinds>;

  void Begin(const link::Program& program, source::SourceSet& sources);
  // After the index was made anew.
  void Compare(const ProgramIndex& before);
  void FindSubjects();

  // What is to be looked at again.
  void NoteFile(source::FileId file);
  void NoteJsonOf(uint32_t place);
  void NoteComponent(uint32_t place);
  void NoteSubject(SubjectKind kind, uint32_t at);
  void NoteSubject(SubjectKind kind, source::FileId file) {
    NoteSubject(kind, static_cast<uint32_t>(file));
  }
  void NoteReaders(ReadSource source);
  void Forget(SubjectKind kind, uint32_t at);
  bool IsThere(SubjectKind kind, uint32_t at) const;
  source::FileId FileAt(std::string_view path) const;

  void GiveNames(source::FileId file);
  void SetNames(uint16_t rule, source::FileId file, const NameList& names);
  void UpdateStamps();
  uint64_t StampOf(uint16_t rule, uint32_t place);

  void Look(const Piece& piece, std::span<const source::FileId> own);
  void LookAt(const Rule& rule, const Piece& piece, const RuleContext& context);
  std::vector<source::FileId> OwnFiles(const Piece& piece) const;
  void Keep(const Piece& piece, std::vector<diagnostics::Diagnostic> reports,
            ReadLog* reads);
  void Tell(diagnostics::Sink& sink);
  RuleContext ContextOf(uint16_t rule, ReadLog* reads, diagnostics::Sink& sink);

  const CheckOptions options_;
  base::FileSystem* fs_;
  source::SourceSet* sources_ = nullptr;
  std::unique_ptr<ProgramIndex> index_;
  std::optional<Suppressions> suppressions_;
  std::optional<OriginalPlaces> originals_;

  Subjects found_;
  Readers readers_;
  // By rule.
  std::vector<NameCounts> names_;
  std::map<std::pair<uint16_t, uint32_t>, uint64_t> stamps_;

  // What there is to look at.
  std::array<ByFile<uint8_t>, kSubjectKinds> there_;
  // Of templates; empty where it is not known.
  ByFile<std::optional<std::vector<uint32_t>>> built_ins_;
  // Texts that were part of a program once.
  ByFile<uint8_t> compiled_;
  // Texts that were asked for names, from the first.
  size_t named_texts_ = 0;

  // Of this run.
  std::vector<Piece> dirty_;
  std::vector<source::FileId> changed_files_;
  std::vector<uint32_t> changed_components_;

  size_t looked_at_ = 0;
};

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_ENGINE_H_
