// SPDX-License-Identifier: Apache-2.0

#include <utility>

#include "runtime/base/format.h"
#include "simulator/platform/sqlite_internal.h"

namespace fcc::platform {

static base::Error ErrorOf(sqlite3* handle) {
  const int code = sqlite3_errcode(handle);
  return {code == SQLITE_FULL ? base::ErrorKind::kNoSpace
          : code == SQLITE_CORRUPT || code == SQLITE_NOTADB
              ? base::ErrorKind::kCorrupt
              : base::ErrorKind::kIo,
          base::format("database: {}", sqlite3_errmsg(handle))};
}

Statement& Statement::Bind(std::string_view text) {
  sqlite3_bind_text64(statement_.get(), ++bound_, text.data(), text.size(),
                      SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::Bind(int64_t number) {
  sqlite3_bind_int64(statement_.get(), ++bound_, number);
  return *this;
}

base::Result<bool> Statement::Step() {
  switch (sqlite3_step(statement_.get())) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      return ErrorOf(sqlite3_db_handle(statement_.get()));
  }
}

std::string Statement::Text(int column) const {
  const auto* text = reinterpret_cast<const char*>(
      sqlite3_column_text(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return text == nullptr ? "" : std::string(text, static_cast<size_t>(size));
}

int64_t Statement::Number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

base::Result<Database> Database::Open(const std::string& path) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(
      path.c_str(), &handle,
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
      nullptr);
  Database database;
  database.handle_.reset(handle);
  if (code != SQLITE_OK) {
    return base::Error{
        base::ErrorKind::kIo,
        base::format(
            "cannot open {}: {}", path,
            handle == nullptr ? "out of memory" : sqlite3_errmsg(handle))};
  }
  sqlite3_busy_timeout(handle, 5000);
  // A commit is on the disk when it returns, also when the power goes.
  FCC_TRY(
      database.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                       "PRAGMA foreign_keys = ON;"));
  return database;
}

base::Status Database::Execute(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) !=
      SQLITE_OK) {
    return ErrorOf(handle_.get());
  }
  return {};
}

base::Result<Statement> Database::Prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle_.get(), sql.data(),
                         static_cast<int>(sql.size()), &statement,
                         nullptr) != SQLITE_OK) {
    return ErrorOf(handle_.get());
  }
  return Statement(statement);
}

base::Result<Transaction> Transaction::Begin(Database& database) {
  FCC_TRY(database.Execute("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  if (database_ != nullptr) {
    // Nothing is left to do when even this fails: SQLite rolls back on its own.
    (void)database_->Execute("ROLLBACK").ok();
  }
}

base::Status Transaction::Commit() {
  FCC_TRY(database_->Execute("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace fcc::platform
