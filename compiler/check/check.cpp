// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/check.h"

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

// False when the settings turn the report off.
static bool ApplyLevel(const CheckOptions& options,
                       diagnostics::Diagnostic& diagnostic) {
  auto found = options.levels.find(InfoOf(diagnostic.kind).code);
  if (found == options.levels.end() ||
      diagnostic.severity == diagnostics::Severity::kError) {
    return true;
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
              const CheckOptions& options, diagnostics::Sink& sink) {
  diagnostics::Sink found;
  for (const Rule& rule : kRules) {
    rule.run({program, options, found});
  }
  Suppressions suppressions(sources);
  diagnostics::Sink kept;
  for (diagnostics::Diagnostic& diagnostic : found.Take()) {
    if (ApplyLevel(options, diagnostic) && !suppressions.Covers(diagnostic)) {
      kept.Add(std::move(diagnostic));
    }
  }
  suppressions.ReportWithoutReason(kept);
  sink.Merge(std::move(kept));
}

}  // namespace fcc::check
