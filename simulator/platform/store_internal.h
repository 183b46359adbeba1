// SPDX-License-Identifier: Apache-2.0
//
// What the platform keeps, and the operations on it, each whole or not at all.
// Ids as the outside sees them are a prefix and a row number: nd3, pkg1, ver2.

#ifndef FCC_SIMULATOR_PLATFORM_STORE_INTERNAL_H_
#define FCC_SIMULATOR_PLATFORM_STORE_INTERNAL_H_

#include <optional>
#include <string>
#include <vector>

#include "runtime/base/clock.h"
#include "runtime/base/file_system.h"
#include "simulator/platform/error_codes.h"
#include "simulator/platform/sqlite_internal.h"

namespace fcc::platform {

// An operation either fails in the world (base::Error), or is refused with a
// code that the client is told, or gives its answer.
template <typename T>
struct Outcome {
  Outcome(T given) : value(std::move(given)) {}  // NOLINT
  Outcome(ErrorCode code) : refused(code) {}     // NOLINT
  std::optional<T> value;
  ErrorCode refused = ErrorCode::kInternal;
};

enum class VersionState {
  kReviewing = 1,
  kWithdrawn = 2,
  // Approved, and not online.
  kApproved = 3,
  kRejected = 5,
  kOnline = 6,
  kOffline = 7,
};

struct FileRow {
  int64_t id = 0;
  std::string app_id;
  std::string name;
  std::string sha256;
};

struct PackageFile {
  std::string name;
  int64_t file_id = 0;
};

struct PackageRow {
  int64_t id = 0;
  std::string app_id;
  std::string version;
  std::string remark;
  std::string ext;
  // JSON texts as they came.
  std::string packages;
  std::string package_config;
  std::string sha256;
  double created_ms = 0;
};

struct VersionRow {
  int64_t id = 0;
  VersionState state = VersionState::kReviewing;
  bool publish_when_approved = false;
  std::string audit_note;
  double created_ms = 0;
  double decided_ms = 0;
  PackageRow package;
};

struct PluginRow {
  std::string plugin_id;
  std::string version;
  std::string update_log;
  std::string ext;
  int64_t file_id = 0;
};

class Store {
 public:
  static base::Result<Store> Open(const std::string& folder, bool in_memory,
                                  base::FileSystem& fs, base::Clock& clock);

  base::Result<FileRow> AddFile(std::string app_id, std::string name,
                                std::string_view bytes);
  base::Result<std::optional<FileRow>> FindFile(int64_t id);
  base::Result<std::string> ReadFile(const FileRow& file);

  // The same contents under the same version are one package.
  base::Result<Outcome<int64_t>> AddPackage(
      PackageRow package, const std::vector<PackageFile>& files);
  base::Result<std::optional<FileRow>> FindPackageFile(int64_t package_id,
                                                       std::string_view name);

  // Takes back what of that mini program is under review.
  base::Result<Outcome<int64_t>> Submit(int64_t package_id, bool publish);
  base::Result<Outcome<VersionRow>> Decide(int64_t version_id, bool approve,
                                           std::string_view note);
  base::Result<std::optional<VersionRow>> FindVersion(int64_t id);
  // Newest first.
  base::Result<std::vector<VersionRow>> Versions(std::string_view app_id);
  base::Result<std::optional<PackageRow>> LatestPackage(
      std::string_view app_id);
  base::Result<std::vector<std::string>> Apps();
  // Puts an approved version online in place of the one that is.
  base::Result<Outcome<VersionRow>> PutOnline(int64_t version_id);
  base::Result<Outcome<VersionRow>> TakeDown(int64_t version_id);

  base::Status AddPlugin(const PluginRow& plugin);
  base::Result<std::optional<PluginRow>> FindPlugin(std::string_view id,
                                                    std::string_view version);
  base::Status SetAppInfo(std::string_view app_id, std::string_view key,
                          std::string_view json);

 private:
  Store(Database database, std::string files, base::FileSystem& fs,
        base::Clock& clock)
      : database_(std::move(database)),
        files_(std::move(files)),
        fs_(&fs),
        clock_(&clock) {}
  std::string PathOf(std::string_view sha256) const;
  base::Result<std::optional<PackageRow>> FindPackage(int64_t id);
  base::Status SetState(int64_t version_id, VersionState state,
                        std::string_view note);
  base::Status MakeOnline(const VersionRow& version, std::string_view note);
  int64_t Now() { return static_cast<int64_t>(clock_->NowMs()); }

  Database database_;
  std::string files_;
  base::FileSystem* fs_;
  base::Clock* clock_;
};

}  // namespace fcc::platform

#endif  // FCC_SIMULATOR_PLATFORM_STORE_INTERNAL_H_
