// SPDX-License-Identifier: Apache-2.0
//
// Where a command writes, and what it may do there. Only what a command was
// asked for goes to standard output; progress, problems and hints go to
// standard error.
//
//   env.err.Print("{} {}\n", env.err.Green("✓"), path);

#ifndef FCC_CLI_TOOL_ENV_TERMINAL_H_
#define FCC_CLI_TOOL_ENV_TERMINAL_H_

#include <string>
#include <string_view>

#include "runtime/base/format.h"

namespace fcc::tool_env {

class Terminal {
 public:
  virtual ~Terminal() = default;
  // Bytes reach the reader in the order written, on return.
  virtual void Write(std::string_view text) = 0;

  template <typename... Args>
  void Print(fmt::format_string<Args...> format, Args&&... args) {
    Write(fmt::format(format, std::forward<Args>(args)...));
  }

  // The text between the escape sequences of that style; as it is where colours
  // are off.
  std::string Bold(std::string_view text) const { return Styled("1", text); }
  std::string Dim(std::string_view text) const { return Styled("2", text); }
  std::string Red(std::string_view text) const { return Styled("31", text); }
  std::string Green(std::string_view text) const { return Styled("32", text); }
  std::string Yellow(std::string_view text) const { return Styled("33", text); }
  std::string Cyan(std::string_view text) const { return Styled("36", text); }

  // A person is likely to watch: progress may be redrawn in place.
  bool is_tty = false;
  bool color = false;
  // Columns; 80 where nothing says otherwise.
  int width = 80;

 private:
  std::string Styled(std::string_view code, std::string_view text) const;
};

// An open file descriptor. Asks the system once, on creation, whether it is a
// terminal and how wide.
class FileTerminal : public Terminal {
 public:
  explicit FileTerminal(int descriptor);
  void Write(std::string_view text) override;

 private:
  int descriptor_;
};

// Keeps what was written; for tests.
class StringTerminal : public Terminal {
 public:
  void Write(std::string_view text) override { text_ += text; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace fcc::tool_env

#endif  // FCC_CLI_TOOL_ENV_TERMINAL_H_
