#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens every page of real apps and writes the table of docs/corpus.md.

    corpus_report.py FCC FOLDER... > table.md

Each FOLDER is an app's root (the folder with app.json or project.config.json);
`FOLDER=NAME` names it in the table. The apps are not part of this repository.
"""
import collections
import json
import subprocess
import sys

TIMEOUT_S = 120


def smoke(fcc, folder):
    """The JSON of `fcc run --smoke`, or why there is none."""
    try:
        run = subprocess.run([fcc, 'run', folder, '--smoke', '--format',
                              'json'], capture_output=True, text=True,
                             timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        return None, f'no end within {TIMEOUT_S} s'
    try:
        return json.loads(run.stdout), ''
    except ValueError:
        lines = [line for line in run.stderr.splitlines() if line.strip()]
        return None, lines[-1] if lines else f'exit code {run.returncode}'


def main():
    fcc, folders = sys.argv[1], sys.argv[2:]
    missing = collections.Counter()
    causes = []
    print('| app | pages | fine | with errors | nodes | ms |')
    print('|---|---:|---:|---:|---:|---:|')
    for item in folders:
        folder, _, name = item.partition('=')
        name = name or folder.rstrip('/').rsplit('/', 1)[-1]
        result, failure = smoke(fcc, folder)
        if result is None:
            print(f'| {name} | – | – | – | – | {failure} |')
            continue
        nodes = sum(page['nodes'] for page in result['pages'])
        ms = sum(page['ms'] for page in result['pages'])
        print(f"| {name} | {len(result['pages'])} | {result['passed']} | "
              f"{result['failed']} | {nodes} | {ms:.0f} |")
        missing.update(result['missingApis'])
        seen = collections.Counter(
            error['message'].splitlines()[0]
            for page in result['pages'] for error in page['errors'])
        causes += [(name, message, count) for message, count in seen.items()]
    print('\n| app | what was reported | times |\n|---|---|---:|')
    for name, message, count in causes:
        print(f'| {name} | `{message[:120]}` | {count} |')
    print('\n| API the simulator lacks | calls |\n|---|---:|')
    for name, count in missing.most_common():
        print(f'| {name} | {count} |')


main()
