// SPDX-License-Identifier: Apache-2.0
//
// SQLite as this room uses it: prepared statements with RAII and Results.

#ifndef FCC_SIMULATOR_PLATFORM_SQLITE_INTERNAL_H_
#define FCC_SIMULATOR_PLATFORM_SQLITE_INTERNAL_H_

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>

#include "runtime/base/result.h"

namespace fcc::platform {

class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  Statement& Bind(std::string_view text);
  Statement& Bind(int64_t number);
  // True while there is a row.
  base::Result<bool> Step();
  std::string Text(int column) const;
  int64_t Number(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const {
      sqlite3_finalize(statement);
    }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
};

class Database {
 public:
  // ":memory:" for one that is lost on close.
  static base::Result<Database> Open(const std::string& path);

  base::Status Execute(const char* sql);
  base::Result<Statement> Prepare(std::string_view sql);
  int64_t last_row() const { return sqlite3_last_insert_rowid(handle_.get()); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

// Rolled back when it goes out of scope before Commit.
class Transaction {
 public:
  static base::Result<Transaction> Begin(Database& database);
  Transaction(Transaction&& other) noexcept
      : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  base::Status Commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace fcc::platform

#endif  // FCC_SIMULATOR_PLATFORM_SQLITE_INTERNAL_H_
