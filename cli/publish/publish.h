// SPDX-License-Identifier: Apache-2.0
//
// A release of a built app: app.zip up first, then the packages side by side,
// the version registered, submitted, reviewed and released.
//
// Running it again is harmless. What is sent carries the digest of the contents
// in the version's `ext`; where the platform already has them, the steps that
// are done are left out, so that a release cut short goes on where it stood.

#ifndef FCC_CLI_PUBLISH_PUBLISH_H_
#define FCC_CLI_PUBLISH_PUBLISH_H_

#include <optional>
#include <string>
#include <vector>

#include "cli/publish/platform_client.h"

namespace fcc::publish {

// In their order; a release may stop after any.
enum class Step { kUpload, kBuild, kSubmit, kRelease };
std::string_view StepName(Step step);

struct Plan {
  std::string app_id = {};
  std::string version = {};
  std::string description = {};
  // Replaces the digest that `ext` carries; then nothing is known of what the
  // platform has.
  std::string ext = {};
  Step last_step = Step::kRelease;
  // Publishes a version number that is online already with other contents.
  bool force = false;
  // Uploads at a time.
  int jobs = 4;
};

// Told as things happen; calls come one at a time.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void Uploaded(const UploadFile& file) = 0;
  // `id`: what the platform calls the outcome. Of kRelease it is empty.
  virtual void Finished(Step step, std::string_view id) = 0;
  // The platform has done the steps up to this one before.
  virtual void Skipped(Step step) = 0;
  virtual void Retrying(std::string_view what, const CallFailure& failure,
                        int wait_ms) = 0;
};

struct Outcome {
  // Set when it went wrong, with the step that did.
  std::optional<CallFailure> failure;
  Step failed_step = Step::kUpload;
  std::string failed_name;
  // Nothing was left to do.
  bool unchanged = false;
  // False where the platform names another version as the one online although
  // this one was let through.
  bool is_online = true;
  std::vector<std::string> netdisk_ids;
  std::string package_id;
  std::string version_id;
};

Outcome Publish(PlatformClient& client, const BuiltApp& app, const Plan& plan,
                Progress& progress);

// The `ext` of a version with these contents.
std::string ContentMark(const BuiltApp& app);

}  // namespace fcc::publish

#endif  // FCC_CLI_PUBLISH_PUBLISH_H_
