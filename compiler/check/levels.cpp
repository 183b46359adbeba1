// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/levels.h"

namespace fcc::check {

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

bool ApplyLevel(const CheckOptions& options,
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

}  // namespace fcc::check
