#!/usr/bin/env bash
# Fails, and names the files, when a source is not as clang-format writes it.
set -uo pipefail
cd "$(dirname "$0")/../.."
sources=$(git ls-files --cached --others --exclude-standard '*.h' '*.cpp')
bad=$(printf '%s\n' "$sources" | xargs clang-format --dry-run -Werror 2>&1 |
      sed -n 's/^\([^:]*\):[0-9]*:[0-9]*: error: .*/\1/p' | sort -u)
[ -z "$bad" ] && exit 0
echo 'not formatted (run `make format`):'
printf '  %s\n' $bad
exit 1
