#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes api_options.def beside itself: the options that functions of wx. take
in one object, from the published types of WeChat's API:

    generate_api_options.py FOLDER

FOLDER is the npm package miniprogram-api-typings, unpacked. Only names, types,
listed words and versions are taken over. The result is committed; a build never
runs this.
"""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# Each takes these, and any value passes for a function.
CALLBACKS = {'success', 'fail', 'complete'}
# Called required by the types and left out by working apps: each has a default.
LOOSE = {('chooseMessageFile', 'count'), ('compressVideo', 'bitrate'), ('compressVideo', 'fps'),
         ('compressVideo', 'resolution'), ('connectWifi', 'password'),
         ('openVideoEditor', 'maxDuration'), ('openVideoEditor', 'minDuration'),
         ('showLoading', 'title'), ('vibrateShort', 'type')}
BASIC = {'string': 'S', 'number': 'N', 'boolean': 'B', 'function': 'F',
         'ArrayBuffer': 'O', 'Uint8ClampedArray': 'O', 'IAnyObject': 'O',
         'Record<string, any>': 'O', 'WechatMiniprogram.IAnyObject': 'O', 'object': 'O'}


def without_comments(text):
    """The text, and what each comment said by the offset at which it ends."""
    out, comments, at = [], {}, 0
    for match in re.finditer(r'/\*.*?\*/|//[^\n]*', text, re.S):
        out.append(text[at:match.start()])
        comments[sum(map(len, out))] = match.group(0)
        at = match.end()
    out.append(text[at:])
    return ''.join(out), comments


def body_after(text, at):
    """What stands between the braces that open at or behind `at`."""
    begin = text.index('{', at)
    depth = 0
    for i in range(begin, len(text)):
        depth += {'{': 1, '}': -1}.get(text[i], 0)
        if depth == 0:
            return begin + 1, i
    raise ValueError('no end')


def members(text, begin, end):
    """(name, optional, type, offset) of each member of an interface."""
    at = begin
    while True:
        match = re.compile(r'\s*(?:readonly\s+)?(\w+)(\??)\s*(:|\()').match(text, at, end)
        if not match:
            return
        name_at = match.start(1)
        if match.group(3) == '(':
            kind, at = '(', match.end() - 1
        else:
            kind, at = '', match.end()
        depth, first = 0, at
        while at < end:
            char = text[at]
            if char in '{([<':
                depth += 1
            elif char in '})]' or (char == '>' and text[at - 1] != '='):
                depth -= 1
            elif char in '\n;,' and depth == 0:
                # A union goes on in the next line.
                rest = text[at + 1:end].lstrip()
                before = text[first:at].strip()
                if not (rest.startswith('|') or before == '' or before.endswith('|')
                        or before.endswith('=>')):
                    break
            at += 1
        yield match.group(1), match.group(2) == '?', kind + text[first:at].strip(), name_at
        at += 1


def split_union(kind):
    parts, depth, last = [], 0, 0
    for i, char in enumerate(kind):
        if char in '{([<':
            depth += 1
        elif char in '})]' or (char == '>' and kind[i - 1] != '='):
            depth -= 1
        elif char == '|' and depth == 0:
            parts.append(kind[last:i])
            last = i + 1
    parts.append(kind[last:])
    return [part.strip() for part in parts if part.strip()]


def shape_of(kind, aliases):
    """Letters of the types that are taken ('' for any), and the words listed."""
    letters, words = set(), []
    for part in split_union(kind):
        if part in aliases:
            more, listed = shape_of(aliases[part], aliases)
            if not more:
                return '', []
            letters |= set(more)
            words += listed
        elif re.fullmatch(r"'[^']*'", part):
            letters.add('S')
            words.append(part[1:-1])
        elif re.fullmatch(r'-?\d+(\.\d+)?', part):
            letters.add('N')
            words.append(part)
        elif part in ('true', 'false'):
            letters.add('B')
        elif part in BASIC:
            letters.add(BASIC[part])
        elif part.endswith('[]') or part.startswith('Array<'):
            letters.add('A')
        elif part.startswith('(') or part.endswith('Callback'):
            letters.add('F')
        elif part in ('undefined', 'null'):
            continue
        elif re.fullmatch(r'[A-Z]\w*', part) and part not in ('T', 'K', 'V') or part.startswith('{'):
            letters.add('O')
        else:
            return '', []
    # Words next to a type that takes any text list nothing.
    texts = [word for word in words if not re.fullmatch(r'-?\d+(\.\d+)?', word)]
    if words and ('S' in letters) != bool(texts):
        words = []
    if any(part == 'string' and texts or part == 'number' and len(texts) < len(words)
           for part in split_union(kind)):
        words = []
    return ''.join(sorted(letters)), words


def since_of(comment):
    match = re.search(r'需要基础库：\s*`(\d+(?:\.\d+)+)`', comment or '')
    return match.group(1) if match else ''


def main():
    folder = sys.argv[1]
    with open(os.path.join(folder, 'package.json'), encoding='utf-8') as file:
        version = json.load(file)['version']
    with open(os.path.join(folder, 'types/wx/lib.wx.api.d.ts'), encoding='utf-8') as file:
        text, comments = without_comments(file.read())

    aliases = {name: kind for name, kind in re.findall(r'\n    type (\w+) =\s*([^\n(]+(?:\n\s+\|[^\n]+)*)', text)
               if not kind.startswith('(')}
    interfaces = {}
    for match in re.finditer(r'\n    interface (\w+)(<)?', text):
        at = match.end()
        if match.group(2):
            # Past the parameters.
            depth = 1
            while depth:
                depth += {'<': 1, '>': -1}.get(text[at], 0)
                at += 1
        if re.match(r'\s+extends\b', text[at:]):
            continue
        interfaces[match.group(1)] = body_after(text, at)

    def comment_before(at):
        best = None
        for end in comments:
            if end <= at and text[end:at].strip() == '' and (best is None or end > best):
                best = end
        return comments.get(best)

    begin, end = interfaces['Wx']
    rows = []
    for match in re.finditer(r'\n        (\w+)(?=[<(])', text[begin:end]):
        name = match.group(1)
        rest = text[begin + match.end():end]
        opened = rest.index('(') if rest[0] == '(' else None
        if opened is None:
            depth = 0
            for i, char in enumerate(rest):
                if char == '<':
                    depth += 1
                elif char == '>' and rest[i - 1] != '=':
                    depth -= 1
                    if depth == 0:
                        opened = rest.index('(', i)
                        break
        depth = 0
        for i in range(opened, len(rest)):
            depth += {'(': 1, ')': -1}.get(rest[i], 0)
            if depth == 0:
                parameters = rest[opened + 1:i]
                break
        found = re.match(r'\s*\w+(\??):\s*(\w+)', parameters)
        if not found or ',' in re.sub(r'<[^>]*>', '', parameters).rstrip(', \n'):
            continue
        kind = found.group(2)
        if kind == 'T':
            bound = re.match(r'<\s*T extends (\w+)', rest)
            kind = bound.group(1) if bound else ''
        if kind not in interfaces or not kind.endswith('Option'):
            continue
        rows.append((name, interfaces[kind]))

    out = {}
    for name, (first, last) in rows:
        options = {}
        for option, optional, kind, at in members(text, first, last):
            if option in CALLBACKS:
                continue
            letters, words = shape_of(kind, aliases)
            if kind.startswith('('):
                letters, words = 'F', []
            optional = optional or (name, option) in LOOSE
            options[option] = (optional, letters, words, since_of(comment_before(at)))
        # Declared twice with different options: what neither needs is optional.
        if name in out:
            for option, row in options.items():
                old = out[name].get(option)
                if old is None or old[:3] != row[:3]:
                    out[name][option] = (True, '', [], row[3])
        else:
            out[name] = options
    with open(os.path.join(HERE, 'api_options.def'), 'w', encoding='utf-8') as file:
        file.write('// SPDX-License-Identifier: Apache-2.0\n//\n'
                   '// Written by generate_api_options.py from miniprogram-api-typings '
                   f'{version}; sorted by\n// bytes. See tables.h for the columns:\n'
                   '// FCC_API_OPTION(function, option, required, types, words, since)\n')
        for name in sorted(out):
            for option in sorted(out[name]):
                optional, letters, words, since = out[name][option]
                file.write(f'FCC_API_OPTION("{name}", "{option}", '
                           f'{"false" if optional else "true"}, "{letters}", '
                           f'"{"|".join(words)}", "{since}")\n')


if __name__ == '__main__':
    main()
