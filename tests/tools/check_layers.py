#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when an include breaks the arrows of ARCHITECTURE.md.

ARROWS is the map: a room may include itself, and the rooms that it names or that
can be reached from those. Third-party headers that belong to one room are listed
in WRAPPED. `check_layers.py --self-test` proves that a wrong include is found.
"""

import os
import re
import sys

ARROWS = {
    "runtime/base": [],
    "runtime/value": ["runtime/base"],
    "runtime/package": ["runtime/value"],
    "runtime/script": ["runtime/value"],
    "runtime/template": ["runtime/value"],
    "runtime/style": ["runtime/value"],
    "runtime/api": ["runtime/value"],
    "runtime/app": ["runtime/package", "runtime/script", "runtime/template",
                    "runtime/style", "runtime/api"],
    "compiler/source": ["runtime/base"],
    "compiler/diagnostics": ["compiler/source"],
    "compiler/project": ["compiler/diagnostics", "runtime/value"],
    "compiler/fxml": ["compiler/project", "runtime/template"],
    "compiler/ftss": ["compiler/project", "runtime/style"],
    "compiler/js": ["compiler/project"],
    "compiler/fts": ["compiler/fxml", "compiler/ftss", "compiler/js"],
    "compiler/graph": ["compiler/fts"],
    "compiler/link": ["compiler/graph"],
    "compiler/check": ["compiler/link", "runtime/api"],
    "compiler/emit": ["compiler/link", "runtime/package"],
    "compiler/driver": ["compiler/emit", "compiler/check"],
    "simulator/net": ["runtime/base"],
    "simulator/host": ["runtime/app"],
    "simulator/scenario": ["simulator/host", "compiler/driver"],
    "simulator/platform": ["simulator/net", "runtime/value"],
    "cli/tool_env": ["runtime/value", "compiler/diagnostics"],
    "cli/publish": ["cli/tool_env", "simulator/net", "simulator/platform",
                    "compiler/driver"],
    "cli/commands": ["cli/tool_env", "cli/publish", "simulator/scenario"],
}

# Header pattern → the only places that may include it.
WRAPPED = {
    r"duktape\.h|duk_config\.h|fcc_duk_config\.h": ["runtime/script/duktape"],
    r"pcre2\.h": ["runtime/script"],
    r"tree_sitter/.*|src/(subtree|language)\.h": ["compiler/js"],
    r"sass/.*|sass\.h": ["cli", "compiler/ftss"],
    r"archive(_entry)?\.h": ["compiler/emit"],
    r"zlib\.h": ["runtime/package"],
    r"openssl/.*": ["runtime/base", "runtime/package"],
    r"xxhash\.h": ["runtime/base"],
    r"curl/.*": ["simulator/net"],
    r"boost/.*": ["simulator/net"],
    r"sqlite3\.h": ["simulator/platform"],
    r"CLI/.*": ["cli"],
    r"fmt/.*": ["runtime/base"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.M)


def reachable(room):
    seen, pending = set(), [room]
    while pending:
        at = pending.pop()
        if at not in seen:
            seen.add(at)
            pending.extend(ARROWS[at])
    return seen


def room_of(path):
    return "/".join(path.split("/")[:2])


def problems_in(path, text):
    room = room_of(path)
    allowed = reachable(room) if room in ARROWS else None
    for quote, header in INCLUDE.findall(text):
        for pattern, places in WRAPPED.items():
            if re.fullmatch(pattern, header) and not any(
                    path.startswith(place + "/") for place in places):
                yield f"{path}: `{header}` may be included only in {', '.join(places)}"
        if quote == '"' and allowed is not None:
            target = room_of(header)
            if target in ARROWS and target not in allowed:
                yield f"{path}: {room} may not include {target} (`{header}`)"
            if "_internal.h" in header and target != room:
                yield f"{path}: `{header}` is for {target} alone"


def source_files(root):
    for top in ("runtime", "compiler", "simulator", "cli"):
        for folder, _, names in sorted(os.walk(os.path.join(root, top))):
            for name in sorted(names):
                if name.endswith((".h", ".cpp", ".c")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def check(root):
    found = []
    for path in source_files(root):
        room = room_of(path)
        if room not in ARROWS and path.count("/") >= 2:
            found.append(f"{path}: the room {room} is not in the map of this check")
        with open(os.path.join(root, path), encoding="utf-8") as file:
            found.extend(problems_in(path, file.read()))
    return found


def self_test():
    wrong = [
        ("runtime/app/a.cpp", '#include "compiler/js/js.h"'),
        ("compiler/fxml/a.cpp", '#include "compiler/js/js.h"'),
        ("compiler/js/a.cpp", "#include <duktape.h>"),
        ("cli/commands/a.cpp", '#include "compiler/js/lower_internal.h"'),
    ]
    right = [
        ("runtime/app/a.cpp", '#include "runtime/base/span.h"'),
        ("compiler/js/a.cpp", "#include <tree_sitter/api.h>"),
        ("cli/commands/a.cpp", '#include "compiler/js/js.h"'),
    ]
    for path, text in wrong:
        assert list(problems_in(path, text)), f"not found: {path}: {text}"
    for path, text in right:
        assert not list(problems_in(path, text)), f"wrongly found: {path}: {text}"


def main():
    self_test()
    if "--self-test" in sys.argv:
        return 0
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    found = check(root)
    for problem in found:
        print(problem)
    print(f"layers: {len(found)} problems" if found else "layers: the arrows hold")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
