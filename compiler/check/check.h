// SPDX-License-Identifier: Apache-2.0
//
// The rules that read a linked program: what FinClip (or WeChat) will not take,
// and what is wrong across files. Rules run after linking and parse nothing.
//
// Precision before reach: a rule reports an error only where a document says
// that the platform refuses the thing. Where the documents are silent, a rule
// is silent or gives information.

#ifndef FCC_COMPILER_CHECK_CHECK_H_
#define FCC_COMPILER_CHECK_CHECK_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/memory.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/link/program.h"

namespace fcc::check {

enum class Platform : uint8_t { kFinClip, kWeChat };

// What the settings make of a rule's reports.
enum class Level : uint8_t { kOff, kInfo, kWarning, kError };

// Which rules run without being asked for one by one.
enum class Preset : uint8_t {
  // What a build tells: warnings, and what the platform leaves out.
  kBuild,
  // All but what is a matter of taste.
  kRecommended,
  // What the platform will not take, nothing else.
  kCompatibility,
  kStrict,
};

struct CheckOptions {
  Preset preset = Preset::kBuild;
  Platform platform = Platform::kFinClip;
  // The base library the app must run on; "" for the newest.
  std::string base_library;
  // Levels by code ("CK2101"). An error stays an error: it can be explained
  // away only in the source, with a reason (suppressions.h).
  std::map<std::string, Level, std::less<>> levels;
  // No report is an error: for those who measure and do not judge.
  bool report_only = false;
  // Hosts that the platform lets the app reach, "*.example.com" for all below
  // one; empty where they are not known.
  std::vector<std::string> domains;
  // The oldest web views that the app must look right in. Phones of 2018 have
  // these.
  std::string ios = "12";
  std::string chrome = "70";
  // They were named and not guessed.
  bool web_views_named = false;
};

// Runs every rule. What the sources suppress is left out. `memory` is of the
// same sources; null for none.
void RunRules(const link::Program& program, const source::SourceSet& sources,
              const CheckOptions& options, diagnostics::Sink& sink,
              Memory* memory = nullptr);

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_CHECK_H_
