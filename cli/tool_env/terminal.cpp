// SPDX-License-Identifier: Apache-2.0

#include "cli/tool_env/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

namespace fcc::tool_env {

std::string Terminal::Styled(std::string_view code,
                             std::string_view text) const {
  if (!color || text.empty()) {
    return std::string(text);
  }
  return base::format("\x1b[{}m{}\x1b[0m", code, text);
}

FileTerminal::FileTerminal(int descriptor) : descriptor_(descriptor) {
  is_tty = isatty(descriptor) == 1;
  winsize size{};
  if (is_tty && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    width = size.ws_col;
  }
}

void FileTerminal::Write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor_, text.data(), text.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    // A reader that went away (a closed pipe) is no failure of the command.
    if (written <= 0) {
      return;
    }
    text.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace fcc::tool_env
