// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/format.h"
#include "runtime/base/hash.h"
#include "simulator/platform/store_internal.h"

namespace fcc::platform {

// user_version counts the layouts; a later one adds its changes below.
static constexpr const char* kSchema = R"(
CREATE TABLE IF NOT EXISTS files(
  id INTEGER PRIMARY KEY, app_id TEXT NOT NULL, name TEXT NOT NULL,
  sha256 TEXT NOT NULL, size INTEGER NOT NULL, created_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS packages(
  id INTEGER PRIMARY KEY, app_id TEXT NOT NULL, version TEXT NOT NULL,
  remark TEXT NOT NULL, ext TEXT NOT NULL, packages TEXT NOT NULL,
  package_config TEXT NOT NULL, sha256 TEXT NOT NULL,
  created_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS package_files(
  package_id INTEGER NOT NULL REFERENCES packages(id), name TEXT NOT NULL,
  file_id INTEGER NOT NULL REFERENCES files(id),
  PRIMARY KEY(package_id, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS versions(
  id INTEGER PRIMARY KEY, package_id INTEGER NOT NULL REFERENCES packages(id),
  state INTEGER NOT NULL, publish INTEGER NOT NULL, note TEXT NOT NULL,
  created_ms INTEGER NOT NULL, decided_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS plugins(
  plugin_id TEXT NOT NULL, version TEXT NOT NULL, update_log TEXT NOT NULL,
  ext TEXT NOT NULL, file_id INTEGER NOT NULL REFERENCES files(id),
  PRIMARY KEY(plugin_id, version)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS app_info(
  app_id TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY(app_id, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS packages_by_app ON packages(app_id);
CREATE INDEX IF NOT EXISTS versions_by_package ON versions(package_id);
PRAGMA user_version = 1;
)";

base::Result<Store> Store::Open(const std::string& folder, bool in_memory,
                                base::FileSystem& fs, base::Clock& clock) {
  if (!in_memory) {
    FCC_TRY(fs.MakeDirectories(folder));
  }
  FCC_TRY_ASSIGN(
      Database database,
      Database::Open(in_memory ? ":memory:"
                               : base::JoinPath(folder, "platform.sqlite")));
  FCC_TRY(database.Execute(kSchema));
  return Store(std::move(database), base::JoinPath(folder, "files"), fs, clock);
}

std::string Store::PathOf(std::string_view sha256) const {
  return base::format("{}/{}/{}", files_, sha256.substr(0, 2), sha256);
}

base::Result<FileRow> Store::AddFile(std::string app_id, std::string name,
                                     std::string_view bytes) {
  const std::string sha256 = base::ToHex(base::Sha256(bytes));
  // The file first: a row without its file would be a lie, a file without a row
  // is only unused.
  if (!fs_->IsFile(PathOf(sha256))) {
    FCC_TRY(fs_->WriteFile(PathOf(sha256), bytes));
  }
  FCC_TRY_ASSIGN(Statement insert,
                 database_.Prepare("INSERT INTO files(app_id, name, sha256, "
                                   "size, created_ms) VALUES(?,?,?,?,?)"));
  insert.Bind(app_id).Bind(name).Bind(sha256);
  insert.Bind(static_cast<int64_t>(bytes.size())).Bind(Now());
  FCC_TRY(insert.Step());
  return FileRow{database_.last_row(), std::move(app_id), std::move(name),
                 sha256};
}

static FileRow ReadFileRow(const Statement& row) {
  return {row.Number(0), row.Text(1), row.Text(2), row.Text(3)};
}

base::Result<std::optional<FileRow>> Store::FindFile(int64_t id) {
  FCC_TRY_ASSIGN(Statement query,
                 database_.Prepare("SELECT id, app_id, name, sha256 FROM files "
                                   "WHERE id = ?"));
  FCC_TRY_ASSIGN(const bool found, query.Bind(id).Step());
  return found ? std::optional(ReadFileRow(query)) : std::nullopt;
}

base::Result<std::string> Store::ReadFile(const FileRow& file) {
  return fs_->ReadFile(PathOf(file.sha256), base::FileSystem::kDefaultMax);
}

static constexpr std::string_view kPackageColumns =
    "p.id, p.app_id, p.version, p.remark, p.ext, p.packages, "
    "p.package_config, p.sha256, p.created_ms";

static PackageRow ReadPackageRow(const Statement& row, int at) {
  PackageRow package;
  package.id = row.Number(at);
  package.app_id = row.Text(at + 1);
  package.version = row.Text(at + 2);
  package.remark = row.Text(at + 3);
  package.ext = row.Text(at + 4);
  package.packages = row.Text(at + 5);
  package.package_config = row.Text(at + 6);
  package.sha256 = row.Text(at + 7);
  package.created_ms = static_cast<double>(row.Number(at + 8));
  return package;
}

base::Result<Outcome<int64_t>> Store::AddPackage(
    PackageRow package, const std::vector<PackageFile>& files) {
  FCC_TRY_ASSIGN(Transaction transaction, Transaction::Begin(database_));
  std::string contents;
  for (const PackageFile& file : files) {
    FCC_TRY_ASSIGN(const auto row, FindFile(file.file_id));
    if (!row || row->app_id != package.app_id) {
      return Outcome<int64_t>(ErrorCode::kUnknownFile);
    }
    contents += base::format("{} {}\n", row->sha256, file.name);
  }
  package.sha256 = base::ToHex(base::Sha256(contents + package.packages + "\n" +
                                            package.package_config));
  FCC_TRY_ASSIGN(
      Statement same,
      database_.Prepare("SELECT id FROM packages WHERE app_id = ? AND version "
                        "= ? AND sha256 = ? AND remark = ? AND ext = ?"));
  same.Bind(package.app_id).Bind(package.version).Bind(package.sha256);
  FCC_TRY_ASSIGN(const bool known,
                 same.Bind(package.remark).Bind(package.ext).Step());
  if (known) {
    return Outcome<int64_t>(same.Number(0));
  }
  FCC_TRY_ASSIGN(
      Statement insert,
      database_.Prepare("INSERT INTO packages(app_id, version, remark, ext, "
                        "packages, package_config, sha256, created_ms) "
                        "VALUES(?,?,?,?,?,?,?,?)"));
  insert.Bind(package.app_id).Bind(package.version).Bind(package.remark);
  insert.Bind(package.ext).Bind(package.packages).Bind(package.package_config);
  FCC_TRY(insert.Bind(package.sha256).Bind(Now()).Step());
  const int64_t id = database_.last_row();
  for (const PackageFile& file : files) {
    FCC_TRY_ASSIGN(Statement add,
                   database_.Prepare(
                       "INSERT OR REPLACE INTO package_files VALUES(?,?,?)"));
    FCC_TRY(add.Bind(id).Bind(file.name).Bind(file.file_id).Step());
  }
  FCC_TRY(transaction.Commit());
  return Outcome<int64_t>(id);
}

base::Result<std::optional<FileRow>> Store::FindPackageFile(
    int64_t package_id, std::string_view name) {
  FCC_TRY_ASSIGN(
      Statement query,
      database_.Prepare(
          "SELECT f.id, f.app_id, f.name, f.sha256 FROM package_files l JOIN "
          "files f ON f.id = l.file_id WHERE l.package_id = ? AND l.name = ?"));
  FCC_TRY_ASSIGN(const bool found, query.Bind(package_id).Bind(name).Step());
  return found ? std::optional(ReadFileRow(query)) : std::nullopt;
}

base::Result<std::optional<PackageRow>> Store::FindPackage(int64_t id) {
  FCC_TRY_ASSIGN(
      Statement query,
      database_.Prepare(base::format("SELECT {} FROM packages p WHERE p.id = ?",
                                     kPackageColumns)));
  FCC_TRY_ASSIGN(const bool found, query.Bind(id).Step());
  return found ? std::optional(ReadPackageRow(query, 0)) : std::nullopt;
}

base::Result<Outcome<int64_t>> Store::Submit(int64_t package_id, bool publish) {
  FCC_TRY_ASSIGN(Transaction transaction, Transaction::Begin(database_));
  FCC_TRY_ASSIGN(const auto package, FindPackage(package_id));
  if (!package) {
    return Outcome<int64_t>(ErrorCode::kUnknownVersion);
  }
  FCC_TRY_ASSIGN(const std::vector<VersionRow> versions,
                 Versions(package->app_id));
  for (const VersionRow& version : versions) {
    if (version.state == VersionState::kReviewing) {
      FCC_TRY(SetState(version.id, VersionState::kWithdrawn, ""));
    }
    if (version.state == VersionState::kOnline &&
        version.package.version == package->version &&
        version.package.sha256 != package->sha256) {
      return Outcome<int64_t>(ErrorCode::kVersionTaken);
    }
  }
  FCC_TRY_ASSIGN(Statement insert,
                 database_.Prepare(
                     "INSERT INTO versions(package_id, state, publish, note, "
                     "created_ms, decided_ms) VALUES(?,?,?,'',?,0)"));
  insert.Bind(package_id);
  insert.Bind(static_cast<int64_t>(VersionState::kReviewing));
  FCC_TRY(insert.Bind(static_cast<int64_t>(publish)).Bind(Now()).Step());
  const int64_t id = database_.last_row();
  FCC_TRY(transaction.Commit());
  return Outcome<int64_t>(id);
}

base::Status Store::SetState(int64_t version_id, VersionState state,
                             std::string_view note) {
  FCC_TRY_ASSIGN(Statement update,
                 database_.Prepare("UPDATE versions SET state = ?, note = ?, "
                                   "decided_ms = ? WHERE id = ?"));
  update.Bind(static_cast<int64_t>(state)).Bind(note).Bind(Now());
  FCC_TRY(update.Bind(version_id).Step());
  return {};
}

static constexpr std::string_view kVersionColumns =
    "v.id, v.state, v.publish, v.note, v.created_ms, v.decided_ms";

static VersionRow ReadVersionRow(const Statement& row) {
  VersionRow version;
  version.id = row.Number(0);
  version.state = static_cast<VersionState>(row.Number(1));
  version.publish_when_approved = row.Number(2) != 0;
  version.audit_note = row.Text(3);
  version.created_ms = static_cast<double>(row.Number(4));
  version.decided_ms = static_cast<double>(row.Number(5));
  version.package = ReadPackageRow(row, 6);
  return version;
}

base::Result<std::optional<VersionRow>> Store::FindVersion(int64_t id) {
  FCC_TRY_ASSIGN(Statement query, database_.Prepare(base::format(
                                      "SELECT {}, {} FROM versions v JOIN "
                                      "packages p ON p.id = v.package_id "
                                      "WHERE v.id = ?",
                                      kVersionColumns, kPackageColumns)));
  FCC_TRY_ASSIGN(const bool found, query.Bind(id).Step());
  return found ? std::optional(ReadVersionRow(query)) : std::nullopt;
}

base::Result<std::vector<VersionRow>> Store::Versions(std::string_view app_id) {
  FCC_TRY_ASSIGN(Statement query, database_.Prepare(base::format(
                                      "SELECT {}, {} FROM versions v JOIN "
                                      "packages p ON p.id = v.package_id "
                                      "WHERE p.app_id = ? ORDER BY v.id DESC",
                                      kVersionColumns, kPackageColumns)));
  query.Bind(app_id);
  std::vector<VersionRow> versions;
  while (true) {
    FCC_TRY_ASSIGN(const bool more, query.Step());
    if (!more) {
      return versions;
    }
    versions.push_back(ReadVersionRow(query));
  }
}

base::Result<std::optional<PackageRow>> Store::LatestPackage(
    std::string_view app_id) {
  FCC_TRY_ASSIGN(Statement query,
                 database_.Prepare(base::format(
                     "SELECT {} FROM packages p WHERE p.app_id = ? "
                     "ORDER BY p.id DESC LIMIT 1",
                     kPackageColumns)));
  FCC_TRY_ASSIGN(const bool found, query.Bind(app_id).Step());
  return found ? std::optional(ReadPackageRow(query, 0)) : std::nullopt;
}

base::Result<std::vector<std::string>> Store::Apps() {
  FCC_TRY_ASSIGN(Statement query,
                 database_.Prepare("SELECT DISTINCT app_id FROM packages "
                                   "ORDER BY app_id"));
  std::vector<std::string> apps;
  while (true) {
    FCC_TRY_ASSIGN(const bool more, query.Step());
    if (!more) {
      return apps;
    }
    apps.push_back(query.Text(0));
  }
}

base::Result<Outcome<VersionRow>> Store::Decide(int64_t version_id,
                                                bool approve,
                                                std::string_view note) {
  FCC_TRY_ASSIGN(Transaction transaction, Transaction::Begin(database_));
  FCC_TRY_ASSIGN(const auto version, FindVersion(version_id));
  if (!version) {
    return Outcome<VersionRow>(ErrorCode::kUnknownVersion);
  }
  if (version->state != VersionState::kReviewing) {
    return Outcome<VersionRow>(ErrorCode::kNotUnderReview);
  }
  if (approve && version->publish_when_approved) {
    FCC_TRY(MakeOnline(*version, note));
  } else {
    FCC_TRY(SetState(
        version_id, approve ? VersionState::kApproved : VersionState::kRejected,
        note));
  }
  FCC_TRY_ASSIGN(const auto decided, FindVersion(version_id));
  FCC_TRY(transaction.Commit());
  return Outcome<VersionRow>(*decided);
}

base::Status Store::MakeOnline(const VersionRow& version,
                               std::string_view note) {
  FCC_TRY_ASSIGN(const std::vector<VersionRow> others,
                 Versions(version.package.app_id));
  for (const VersionRow& other : others) {
    if (other.state == VersionState::kOnline && other.id != version.id) {
      FCC_TRY(SetState(other.id, VersionState::kOffline, other.audit_note));
    }
  }
  return SetState(version.id, VersionState::kOnline, note);
}

base::Result<Outcome<VersionRow>> Store::PutOnline(int64_t version_id) {
  FCC_TRY_ASSIGN(Transaction transaction, Transaction::Begin(database_));
  FCC_TRY_ASSIGN(const auto version, FindVersion(version_id));
  if (!version) {
    return Outcome<VersionRow>(ErrorCode::kUnknownVersion);
  }
  if (version->state != VersionState::kApproved &&
      version->state != VersionState::kOffline &&
      version->state != VersionState::kOnline) {
    return Outcome<VersionRow>(ErrorCode::kNotApproved);
  }
  FCC_TRY(MakeOnline(*version, version->audit_note));
  FCC_TRY_ASSIGN(const auto now, FindVersion(version_id));
  FCC_TRY(transaction.Commit());
  return Outcome<VersionRow>(*now);
}

base::Result<Outcome<VersionRow>> Store::TakeDown(int64_t version_id) {
  FCC_TRY_ASSIGN(Transaction transaction, Transaction::Begin(database_));
  FCC_TRY_ASSIGN(const auto version, FindVersion(version_id));
  if (!version || version->state != VersionState::kOnline) {
    return Outcome<VersionRow>(ErrorCode::kUnknownVersion);
  }
  FCC_TRY(SetState(version_id, VersionState::kOffline, version->audit_note));
  FCC_TRY_ASSIGN(const auto now, FindVersion(version_id));
  FCC_TRY(transaction.Commit());
  return Outcome<VersionRow>(*now);
}

base::Status Store::AddPlugin(const PluginRow& plugin) {
  FCC_TRY_ASSIGN(
      Statement insert,
      database_.Prepare("INSERT OR REPLACE INTO plugins VALUES(?,?,?,?,?)"));
  insert.Bind(plugin.plugin_id).Bind(plugin.version).Bind(plugin.update_log);
  FCC_TRY(insert.Bind(plugin.ext).Bind(plugin.file_id).Step());
  return {};
}

base::Result<std::optional<PluginRow>> Store::FindPlugin(
    std::string_view id, std::string_view version) {
  FCC_TRY_ASSIGN(Statement query,
                 database_.Prepare("SELECT * FROM plugins WHERE plugin_id = ? "
                                   "AND version = ?"));
  FCC_TRY_ASSIGN(const bool found, query.Bind(id).Bind(version).Step());
  if (!found) {
    return std::optional<PluginRow>();
  }
  return std::optional(PluginRow{query.Text(0), query.Text(1), query.Text(2),
                                 query.Text(3), query.Number(4)});
}

base::Status Store::SetAppInfo(std::string_view app_id, std::string_view key,
                               std::string_view json) {
  FCC_TRY_ASSIGN(
      Statement insert,
      database_.Prepare("INSERT OR REPLACE INTO app_info VALUES(?,?,?)"));
  FCC_TRY(insert.Bind(app_id).Bind(key).Bind(json).Step());
  return {};
}

}  // namespace fcc::platform
