#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# test262.sh FCC: a sample of tc39/test262, lowered and run. FCC_TEST262 names a
# checkout of it; without one, or without node, nothing is run.
set -eu
if [ -z "${FCC_TEST262:-}" ] || ! command -v node >/dev/null; then
  echo 'test262: skipped; FCC_TEST262=FOLDER names a checkout (needs node)' >&2
  exit 0
fi
exec node "$(dirname "$0")/test262.js" "$1" "$FCC_TEST262" --via transform \
  ${FCC_TEST262_SEED:+--seed "$FCC_TEST262_SEED"}
