// SPDX-License-Identifier: Apache-2.0
//
// FinClip's open API as calls (docs/platform.md): one request each, with
// retries where repeating is harmless.

#ifndef FCC_CLI_PUBLISH_PLATFORM_CLIENT_H_
#define FCC_CLI_PUBLISH_PLATFORM_CLIENT_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/publish/built_app.h"
#include "simulator/net/http.h"

namespace fcc::publish {

// Why a call gave no answer.
struct CallFailure {
  // Of the world; kRefused when the platform answered and said no.
  base::ErrorKind kind = base::ErrorKind::kRefused;
  // For people: the transport's reason, or the platform's own words.
  std::string message;
  // The platform's; empty when it gave none.
  std::string code;
  std::string trace_id;
  int status = 0;
};

template <typename T>
struct Called {
  Called(T given) : value(std::move(given)) {}                // NOLINT
  Called(CallFailure failed) : failure(std::move(failed)) {}  // NOLINT
  bool ok() const { return value.has_value(); }
  std::optional<T> value;
  CallFailure failure;
};

struct ClientOptions {
  std::string platform_url;
  std::string token;
  // More tries after the first.
  int retries = 4;
  std::function<void(int ms)> sleep;
  // Told before every new try; may be called from several threads.
  std::function<void(std::string_view what, const CallFailure& failure,
                     int wait_ms)>
      retrying;
};

// One of a mini program's versions as `latest` tells it; empty texts where it
// does not.
struct RemoteVersion {
  std::string version;
  std::string ext;
  std::string package_id;
  std::string version_id;
};

struct LatestVersions {
  std::optional<RemoteVersion> online;
  std::optional<RemoteVersion> review;
  std::optional<RemoteVersion> package;
};

struct BuildRequest {
  std::string app_id;
  std::string version;
  std::string description;
  std::string ext;
  const BuiltApp* app = nullptr;
  // In the order of app->files.
  std::vector<std::string> netdisk_ids;
};

enum class ReviewState { kUnknown, kReviewing, kPassed, kRejected };

struct Review {
  std::string audit_id;
  ReviewState state = ReviewState::kUnknown;
};

// Threads may share a client.
class PlatformClient {
 public:
  PlatformClient(net::HttpTransport& transport, ClientOptions options)
      : transport_(transport), options_(std::move(options)) {}

  Called<LatestVersions> Latest(std::string_view app_id);
  // The netdisk id.
  Called<std::string> Upload(std::string_view app_id, const UploadFile& file);
  // The compiled package's id.
  Called<std::string> RegisterBuild(const BuildRequest& build);
  // The version's id. What was under review before is taken back.
  Called<std::string> Submit(std::string_view package_id, bool publish);
  Called<Review> GetReview(std::string_view version_id);
  Called<bool> Approve(std::string_view audit_id, std::string_view note);

  // The whole URL of a path of the API, as it is shown and sent.
  std::string UrlOf(std::string_view path) const;

 private:
  struct Answer;
  Called<Answer> Call(std::string_view what, net::HttpRequest request);
  Called<std::string> CallForId(std::string_view what, net::HttpRequest request,
                                std::string_view key);
  net::HttpRequest PostJson(std::string_view path, std::string json) const;

  net::HttpTransport& transport_;
  ClientOptions options_;
};

// The paths, below the API's root.
inline constexpr std::string_view kUploadPath =
    "mini-apps/compiled-package/upload";
inline constexpr std::string_view kBuildPath =
    "mini-apps/compiled-package/build";
inline constexpr std::string_view kSubmitPath =
    "mini-apps/versions/review/withdraw-submit";
inline constexpr std::string_view kReviewPath = "mini-apps/audit/versions";
inline constexpr std::string_view kDecidePath = "mini-apps/audit/self/operate";
inline constexpr std::string_view kLatestPath = "mini-apps/versions/latest";

}  // namespace fcc::publish

#endif  // FCC_CLI_PUBLISH_PLATFORM_CLIENT_H_
