#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# CPU time of `fcc check` beside eslint on the scripts of the same apps:
#   bench/check_beside_eslint.sh FCC ESLINT APP...
# ESLINT is node_modules/.bin/eslint (version 8) with its recommended rules; it
# reads JavaScript only, fcc reads templates, sheets and configuration too.
set -eu
fcc=$1
eslint=$2
shift 2
# User and system seconds of a command.
cpu() {
  TIMEFORMAT='%U %S' bash -c 'time "$@" >/dev/null 2>&1' _ "$@" 2>&1 |
    awk 'NF == 2 {print $1 + $2}'
}
for app in "$@"; do
  ours=$(FCC_CACHE=off cpu "$fcc" check "$app" -j 1 --format json)
  theirs=$(cpu "$eslint" --no-eslintrc --env es2022,node \
    --parser-options=ecmaVersion:latest,sourceType:module \
    --rule '{"no-undef":1,"no-unused-vars":1,"no-unreachable":1}' \
    --no-error-on-unmatched-pattern --ext .js "$app")
  printf '%-50s fcc %6ss  eslint %6ss\n' "$app" "$ours" "$theirs"
done
