// SPDX-License-Identifier: Apache-2.0

#include "cli/publish/publish.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

namespace fcc::publish {

std::string_view StepName(Step step) {
  switch (step) {
    case Step::kUpload:
      return "upload";
    case Step::kBuild:
      return "build";
    case Step::kSubmit:
      return "submit";
    case Step::kRelease:
      return "release";
  }
  FCC_CHECK(false);
}

std::string ContentMark(const BuiltApp& app) {
  return "fcc-sha256=" + app.sha256;
}

namespace {

class Release {
 public:
  Release(PlatformClient& client, const BuiltApp& app, const Plan& plan,
          Progress& progress)
      : client_(client), app_(app), plan_(plan), progress_(progress) {
    ext_ = plan.ext.empty() ? ContentMark(app) : plan.ext;
  }

  Outcome Run() {
    if (!FindWhereItStands()) {
      return std::move(outcome_);
    }
    const bool done = (!outcome_.package_id.empty() ||
                       (Upload() && Wants(Step::kBuild) && Build())) &&
                      Wants(Step::kSubmit) &&
                      (!outcome_.version_id.empty() || Submit()) &&
                      Wants(Step::kRelease) && LetThrough();
    (void)done;
    return std::move(outcome_);
  }

 private:
  bool Wants(Step step) const { return plan_.last_step >= step; }

  bool Fail(Step step, CallFailure failure, std::string_view name = {}) {
    outcome_.failure = std::move(failure);
    outcome_.failed_step = step;
    outcome_.failed_name = name;
    return false;
  }

  bool IsThis(const std::optional<RemoteVersion>& remote) const {
    return remote && remote->version == plan_.version && remote->ext == ext_;
  }

  // False when there is nothing to do, or it must not be done.
  bool FindWhereItStands() {
    const Called<LatestVersions> latest = client_.Latest(plan_.app_id);
    if (!latest.ok()) {
      // A platform without this request still takes a release.
      return latest.failure.code == "NOT_SUPPORTED" ||
                     (latest.failure.status == 404 &&
                      latest.failure.code.empty())
                 ? true
                 : Fail(Step::kUpload, latest.failure);
    }
    const LatestVersions& remote = *latest.value;
    if (IsThis(remote.online) && !plan_.force) {
      outcome_.unchanged = true;
      outcome_.package_id = remote.online->package_id;
      outcome_.version_id = remote.online->version_id;
      return false;
    }
    if (remote.online && remote.online->version == plan_.version &&
        !plan_.force) {
      return Fail(Step::kBuild, {.kind = base::ErrorKind::kRefused,
                                 .message = {},
                                 .code = "VERSION_TAKEN",
                                 .trace_id = {},
                                 .status = 0});
    }
    if (plan_.force) {
      return true;
    }
    if (IsThis(remote.review) && !remote.review->version_id.empty() &&
        !Wants(Step::kRelease)) {
      outcome_.package_id = remote.review->package_id;
      outcome_.version_id = remote.review->version_id;
      progress_.Skipped(Step::kSubmit);
    } else if (IsThis(remote.package) && !remote.package->package_id.empty()) {
      // What is under review may have been submitted without being meant to go
      // online: submitting takes it back and says what is meant.
      outcome_.package_id = remote.package->package_id;
      progress_.Skipped(Step::kBuild);
    }
    return true;
  }

  // The app first: a platform may read the mini program's id from it.
  bool Upload() {
    outcome_.netdisk_ids.resize(app_.files.size());
    if (!UploadOne(0)) {
      return false;
    }
    std::atomic<size_t> next = 1;
    std::atomic<bool> failed = false;
    auto work = [&] {
      for (size_t at; !failed && (at = next++) < app_.files.size();) {
        if (!UploadOne(at)) {
          failed = true;
        }
      }
    };
    const size_t count = std::min<size_t>(
        static_cast<size_t>(std::max(1, plan_.jobs)), app_.files.size() - 1);
    std::vector<std::thread> threads;
    for (size_t at = 1; at < count; ++at) {
      threads.emplace_back(work);
    }
    work();
    for (std::thread& thread : threads) {
      thread.join();
    }
    return !failed;
  }

  bool UploadOne(size_t at) {
    const UploadFile& file = app_.files[at];
    Called<std::string> uploaded = client_.Upload(plan_.app_id, file);
    const std::lock_guard lock(mutex_);
    if (!uploaded.ok()) {
      return outcome_.failure
                 ? false
                 : Fail(Step::kUpload, uploaded.failure, file.name);
    }
    outcome_.netdisk_ids[at] = *uploaded.value;
    progress_.Uploaded(file);
    return true;
  }

  bool Build() {
    const Called<std::string> built =
        client_.RegisterBuild({.app_id = plan_.app_id,
                               .version = plan_.version,
                               .description = plan_.description,
                               .ext = ext_,
                               .app = &app_,
                               .netdisk_ids = outcome_.netdisk_ids});
    if (!built.ok()) {
      return Fail(Step::kBuild, built.failure);
    }
    outcome_.package_id = *built.value;
    progress_.Finished(Step::kBuild, outcome_.package_id);
    return true;
  }

  bool Submit() {
    const Called<std::string> submitted =
        client_.Submit(outcome_.package_id, Wants(Step::kRelease));
    if (!submitted.ok()) {
      return Fail(Step::kSubmit, submitted.failure);
    }
    outcome_.version_id = *submitted.value;
    progress_.Finished(Step::kSubmit, outcome_.version_id);
    return true;
  }

  bool LetThrough() {
    const Called<Review> review = client_.GetReview(outcome_.version_id);
    if (!review.ok()) {
      return Fail(Step::kRelease, review.failure);
    }
    if (review.value->state != ReviewState::kPassed) {
      const Called<bool> approved = client_.Approve(review.value->audit_id, "");
      if (!approved.ok() && !PassedMeanwhile()) {
        return Fail(Step::kRelease, approved.failure);
      }
    }
    progress_.Finished(Step::kRelease, "");
    const Called<LatestVersions> latest = client_.Latest(plan_.app_id);
    outcome_.is_online = !latest.ok() || !latest.value->online ||
                         latest.value->online->version == plan_.version;
    return true;
  }

  // The answer to an approval may be lost, and the next try be told that there
  // is nothing to approve.
  bool PassedMeanwhile() {
    const Called<Review> review = client_.GetReview(outcome_.version_id);
    return review.ok() && review.value->state == ReviewState::kPassed;
  }

  PlatformClient& client_;
  const BuiltApp& app_;
  const Plan& plan_;
  Progress& progress_;
  std::string ext_;
  // Guards outcome_ and progress_ while uploads run side by side.
  std::mutex mutex_;
  Outcome outcome_;
};

}  // namespace

Outcome Publish(PlatformClient& client, const BuiltApp& app, const Plan& plan,
                Progress& progress) {
  return Release(client, app, plan, progress).Run();
}

}  // namespace fcc::publish
