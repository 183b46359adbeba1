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
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/link/program.h"
#include "compiler/source/source_file.h"
#include "runtime/base/file_system.h"

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

// What is another since the last run of a Checker.
struct Changes {
  // Files whose content is; pages' and components' configuration, too.
  std::set<std::string, std::less<>> files;
  // Some of the pages and components use or declare others than before.
  bool uses = false;
  // Some files came or went, or some name others than before. The pages and
  // components of the project are the same.
  bool references = false;
};

class Engine;

// All rules over a program. What they found is kept, and after an edit they
// look again only at what they would see otherwise.
class Checker {
 public:
  // Reports in scripts that something compiled are moved to what it compiled,
  // which `fs` is for; with null they are left where they are.
  Checker(CheckOptions options, base::FileSystem* fs);
  Checker(Checker&&);
  Checker& operator=(Checker&&);
  ~Checker();

  // Everything. What the sources suppress is left out.
  void Check(const link::Program& program, source::SourceSet& sources,
             diagnostics::Sink& sink);
  // The same after `changes`: of the project and the sources of the last run.
  void CheckAgain(const link::Program& program, source::SourceSet& sources,
                  const Changes& changes, diagnostics::Sink& sink);
  // How often a rule looked at something, from the beginning.
  size_t looked_at() const;

 private:
  std::unique_ptr<Engine> engine_;
};

// Every rule once.
void RunRules(const link::Program& program, source::SourceSet& sources,
              const CheckOptions& options, diagnostics::Sink& sink);

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_CHECK_H_
