// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/check.h"

#include <algorithm>
#include <iterator>

#include "compiler/check/rule_internal.h"
#include "compiler/check/suppressions.h"

namespace fcc::check {

namespace {

struct Rule {
  std::string_view name;
  void (*run)(const RuleContext& context);
};

constexpr Rule kRules[] = {
#define FCC_RULE(symbol) {#symbol, Check##symbol},
#include "compiler/check/rules.def"
#undef FCC_RULE
};

}  // namespace

std::string_view PlatformName(Platform platform) {
  switch (platform) {
    case Platform::kFinClip:
      return "FinClip";
    case Platform::kWeChat:
      return "WeChat";
  }
  FCC_CHECK(false);
}

static bool IsInPreset(Preset preset,
                       const diagnostics::Diagnostic& diagnostic) {
  const std::string_view code = InfoOf(diagnostic.kind).code;
  switch (preset) {
    case Preset::kBuild:
      return diagnostic.severity != diagnostics::Severity::kInfo ||
             code.starts_with("CK1") || code == "CK2101";
    case Preset::kStrict:
      return true;
    case Preset::kCompatibility:
      return code.starts_with("CK1");
    case Preset::kRecommended:
      // Left out: accessibility, keys of loops whose lists may never change,
      // what waits at the start and may be meant to.
      return !code.starts_with("CK26") && code != "CK2003" && code != "CK2421";
  }
  FCC_CHECK(false);
}

// False when the settings turn the report off.
static bool ApplyLevel(const CheckOptions& options,
                       diagnostics::Diagnostic& diagnostic) {
  const std::string_view code = InfoOf(diagnostic.kind).code;
  auto found = options.levels.find(code);
  if (diagnostic.severity == diagnostics::Severity::kError) {
    return true;
  }
  if (found == options.levels.end()) {
    return IsInPreset(options.preset, diagnostic);
  }
  switch (found->second) {
    case Level::kOff:
      return false;
    case Level::kInfo:
      diagnostic.severity = diagnostics::Severity::kInfo;
      return true;
    case Level::kWarning:
      diagnostic.severity = diagnostics::Severity::kWarning;
      return true;
    case Level::kError:
      diagnostic.severity = diagnostics::Severity::kError;
      return true;
  }
  FCC_CHECK(false);
}

void RunRules(const link::Program& program, const source::SourceSet& sources,
              const CheckOptions& options, diagnostics::Sink& sink,
              Memory* memory) {
  diagnostics::Sink found;
  Memory own;
  own.keeps = false;
  Memory& known = memory == nullptr ? own : *memory;
  const ProgramIndex index(program, known);
  for (size_t i = 0; i < std::size(kRules); ++i) {
    kRules[i].run({program, options, index, sources, found, known, i});
  }
  Suppressions suppressions(sources, known);
  diagnostics::Sink kept;
  for (diagnostics::Diagnostic& diagnostic : found.Take()) {
    if (diagnostic.location.file != source::FileId::kNone &&
        index.IsFrameworkFile(sources.Get(diagnostic.location.file).path())) {
      continue;
    }
    if (ApplyLevel(options, diagnostic) && !suppressions.Covers(diagnostic)) {
      if (options.report_only) {
        diagnostic.severity =
            std::min(diagnostic.severity, diagnostics::Severity::kWarning);
      }
      kept.Add(std::move(diagnostic));
    }
  }
  suppressions.ReportWithoutReason(kept);
  sink.Merge(std::move(kept));
}

}  // namespace fcc::check
