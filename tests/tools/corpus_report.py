#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens every page of real apps and writes the tables of docs/corpus.md.

    corpus_report.py FCC [--into docs/corpus.md] FOLDER...

Each FOLDER is an app's root (the folder with app.json or project.config.json);
`FOLDER=NAME` names it in the table. The apps are not part of this repository.
Without --into the tables go to standard output; with it they replace what
stands between the two marks of that file, and nothing else of it.

corpus_causes.tsv beside this file says whose an error is, once somebody has
looked: app, a part of the message, cause. What it does not know is marked.
"""
import collections
import json
import os
import subprocess
import sys

TIMEOUT_S = 300
BEGIN = '<!-- smoke: begin -->'
END = '<!-- smoke: end -->'


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


def read_causes():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                        'corpus_causes.tsv')
    with open(path, encoding='utf-8') as file:
        return [line.rstrip('\n').split('\t') for line in file
                if line.strip() and not line.startswith('#')]


def cause_of(causes, app, message):
    for name, part, cause in causes:
        if name in (app, '*') and part in message:
            return cause
    return '**not looked into yet**'


def cell(text):
    return text.splitlines()[0][:110].replace('|', '\\|').replace('`', "'")


def report(fcc, folders):
    causes = read_causes()
    missing = collections.Counter()
    users = collections.defaultdict(set)
    errors = []
    out = ['| app | pages | fine | with errors | nodes |',
           '|---|---:|---:|---:|---:|']
    totals = [0, 0, 0]
    for item in folders:
        folder, _, name = item.partition('=')
        name = name or folder.rstrip('/').rsplit('/', 1)[-1]
        result, failure = smoke(fcc, folder)
        if result is None:
            out.append(f'| {name} | – | – | {cell(failure)} | – |')
            continue
        pages = result['pages']
        nodes = sum(page['nodes'] for page in pages)
        out.append(f"| {name} | {len(pages)} | {result['passed']} | "
                   f"{result['failed']} | {nodes} |")
        for i, count in enumerate((len(pages), result['passed'],
                                   result['failed'])):
            totals[i] += count
        missing.update(result['missingApis'])
        for api in result['missingApis']:
            users[api].add(name)
        for page in pages:
            for error in page['errors']:
                place = f"{error['file']}:{error['line']}:{error['column']}" \
                    if error['file'] else error.get('where', '')
                errors.append((name, page['path'], error['message'], place,
                               cause_of(causes, name, error['message'])))
    out.append(f'| **all** | {totals[0]} | {totals[1]} | {totals[2]} | |')
    by_cause = collections.Counter(error[4] for error in errors)
    out += ['', '| cause | errors |', '|---|---:|']
    out += [f'| {cause} | {count} |' for cause, count in by_cause.most_common()]
    out += ['', '| app, page | error | at | cause |', '|---|---|---|---|']
    out += [f'| {name}, {page} | `{cell(message)}` | {place} | {cause} |'
            for name, page, message, place, cause in errors]
    out += ['', '| what the simulator lacks | calls | apps |', '|---|---:|---:|']
    out += [f'| {name} | {count} | {len(users[name])} |'
            for name, count in sorted(missing.items(),
                                      key=lambda item: (-item[1], item[0]))]
    return '\n'.join(out) + '\n'


def main():
    arguments = sys.argv[1:]
    into = None
    if '--into' in arguments:
        at = arguments.index('--into')
        into = arguments[at + 1]
        del arguments[at:at + 2]
    text = report(arguments[0], arguments[1:])
    if into is None:
        sys.stdout.write(text)
        return
    with open(into, encoding='utf-8') as file:
        page = file.read()
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    with open(into, 'w', encoding='utf-8') as file:
        file.write(f'{head}{BEGIN}\n\n{text}\n{END}{tail}')


main()
