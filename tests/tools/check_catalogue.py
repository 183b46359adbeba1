#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails on a diagnostic kind that nothing reports or that no test mentions.

Kinds are rows of the catalogue, and of the rules that bring theirs along. A kind
counts as reported when `Kind::k<Symbol>` stands in a source outside of the catalogue, and as tested when its code or symbol stands in a file under tests/.
"""

import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ROW = re.compile(r'^FCC_(?:DIAGNOSTIC|REPORT)\(\s*(\w+),\s*"(\w+)"', re.MULTILINE)


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def files_below(*tops, endings):
    for top in tops:
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            for name in names:
                if name.endswith(endings):
                    yield os.path.join(folder, name)


def main():
    rows = []
    for path in sorted(files_below("compiler/diagnostics/catalogue", "compiler/check/rules",
                                   endings=(".def", ".cpp"))):
        rows += [(os.path.basename(path), *match) for match in ROW.findall(read(path))]
    code_text = "\n".join(
        read(path) for path in files_below("compiler", "simulator", "cli", "runtime",
                                           endings=(".cpp", ".h", ".def"))
        if "diagnostics/catalogue" not in path)
    reported = set(re.findall(r"::k(\w+)", code_text))
    tests = "\n".join(read(path) for path in files_below(
        "tests", endings=(".cpp", ".case", ".py", ".sh", ".js", ".txt", ".json")))
    words = set(re.findall(r"\w+", tests))
    failures = 0
    for name, symbol, code in rows:
        if symbol not in reported:
            print(f"{name}: {code} {symbol}: nothing reports it")
            failures += 1
        if not {code, symbol, "k" + symbol} & words:
            print(f"{name}: {code} {symbol}: no test mentions it")
            failures += 1
    print(f"catalogue: {len(rows)} kinds, {failures} problems")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
