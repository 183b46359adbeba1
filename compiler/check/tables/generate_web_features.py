#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes web_features.def beside itself, and compiler/js/facts/builtins.def:
since which version of iOS and of Android's web view a thing of CSS or
JavaScript is there, from MDN's compatibility data:

    generate_web_features.py FOLDER

FOLDER is the npm package @mdn/browser-compat-data, unpacked. Only names and
versions are taken over; what is behind a flag does not count. Left out is what
iOS 8 and Chrome 37 have, which FinClip begins with, and what the build gives a
vendor's prefix (compiler/ftss/prefixes.def). The results are committed; a build
never runs this.
"""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
FLOOR = {'safari_ios': (8, 0), 'webview_android': (37, 0)}
NEVER = (9999, 0)
STATICS = {('Array', 'from'), ('Array', 'fromAsync'), ('Array', 'of'), ('Map', 'groupBy'),
           ('Number', 'isInteger'), ('Number', 'isSafeInteger'), ('String', 'fromCodePoint'),
           ('String', 'raw')}
# What a page can do without: it looks a little plainer, nothing moves or hides.
HARMLESS = re.compile(
    r'accent-color|animation-(range|timeline|trigger)|(border|corner)-.*shape|break-|caret-|'
    r'color-scheme|column-(fill|rule|wrap)|contain$|contain-|content-visibility|cursor|'
    r'font|forced-color|hanging|hyphen|image-orientation|image-rendering|interactivity|interest|'
    r'isolation|line-break|math-|offset|orphans|outline|overscroll|overflow-anchor|page$|paint|'
    r'quotes|reading|resize|row-rule|ruby|rule|scroll|speak|stroke|text-(align-last|autospace|'
    r'decoration|emphasis|justify|rendering|size|spacing|underline|wrap)|timeline|user-select|'
    r'view-timeline|view-transition|widows|will-change|word-space')
# Attributes of SVG, which mini programs do not style.
OF_SVG = {'cx', 'cy', 'd', 'r', 'rx', 'ry', 'x', 'y', 'vector-effect', 'fill', 'stroke'}
# Properties whose words decide where things stand and whether they show.
WORDS_OF = re.compile(
    r'(display|position|(min-|max-)?(width|height)|flex-basis|overflow(-[xy])?|object-fit|'
    r'(justify|align|place)-(content|items|self)|text-align|white-space|word-break|'
    r'overflow-wrap|background-clip)$')


def version(text):
    if text in (False, None, 'preview'):
        return NEVER
    parts = re.findall(r'\d+', text)
    return (int(parts[0]), int(parts[1]) if len(parts) > 1 else 0)


def since(compat, browser, prefixes=()):
    """The first version that has it under its own name or one the build adds."""
    statements = compat['support'].get(browser, {'version_added': False})
    statements = statements if isinstance(statements, list) else [statements]
    begins = {each.get('version_added') for each in statements}
    best = NEVER
    for each in statements:
        if each.get('flags') or each.get('alternative_name'):
            continue
        # What was there in part became whole: what lacked is seldom what is used.
        if each.get('version_removed') not in begins | {None}:
            continue
        if each.get('prefix') and each['prefix'] not in prefixes:
            continue
        best = min(best, version(each.get('version_added')))
    return best


def show(found):
    return '-' if found == NEVER else f'{found[0]}.{found[1]}' if found[1] else str(found[0])


def row_of(node, prefixes=()):
    """(iOS, Chrome) where one is behind the floor; None where both have it."""
    compat = node.get('__compat')
    if compat is None or compat.get('status', {}).get('deprecated'):
        return None
    found = {browser: since(compat, browser, prefixes) for browser in FLOOR}
    if all(found[browser] <= FLOOR[browser] for browser in FLOOR):
        return None
    # Nobody has it: no matter of versions.
    if all(each == NEVER for each in found.values()):
        return None
    return show(found['safari_ios']), show(found['webview_android'])


def main():
    with open(os.path.join(sys.argv[1], 'data.json'), encoding='utf-8') as file:
        data = json.load(file)
    with open(os.path.join(ROOT, 'compiler/ftss/prefixes.def'), encoding='utf-8') as file:
        added = file.read()
    prefixed = set(re.findall(r'FCC_PREFIXED_PROPERTY\(\s*"([\w-]+)"', added))
    prefixed_values = set(re.findall(r'FCC_PREFIXED_VALUE\(\s*"([\w-]*)",\s*"([\w-]+)"', added))

    css = data['css']
    rows = {}
    for name, node in css['at-rules'].items():
        if found := row_of(node):
            rows['AtRule', name, ''] = found
    for name, node in css['selectors'].items():
        if name.startswith('-') or name in ('nesting', 'namespace', 'column', 'list'):
            continue
        if found := row_of(node):
            rows['Selector', name.replace('function', ''), ''] = found
    for name, node in css['properties'].items():
        if name.startswith('-') or name in OF_SVG or HARMLESS.match(name):
            continue
        own = row_of(node, ('-webkit-',) if name in prefixed else ())
        if own:
            rows['Property', name, ''] = own
        for word, value in node.items():
            if not WORDS_OF.match(name) or not re.fullmatch(r'[a-z-]+', word):
                continue
            if (name, word) in prefixed_values or ('', word) in prefixed_values:
                continue
            found = row_of(value)
            if found and found != own:
                rows['Value', name, word] = found
    gap = css['properties']['gap'].get('flex_context')
    if found := row_of(gap):
        rows['Value', 'gap', 'flex'] = found
    for name, node in css['types'].items():
        # Functions are written with a parenthesis behind the name.
        # What env() gives is for phones that have it.
        for word, value in [(name, node)] + list(node.items()):
            if word in ('__compat', 'env'):
                continue
            if re.fullmatch(r'[a-z0-9-]+', word) and isinstance(value, dict):
                text = value.get('__compat', {}).get('description', '')
                is_function = f'{word}()' in text or (word == name and '()' in text)
                if is_function and (found := row_of(value)):
                    rows['Function', word, ''] = found
    for word, value in css['types']['length'].items():
        if word == '__compat' or not isinstance(value, dict):
            continue
        names = re.findall(r'<code>([a-z]+)</code>', value.get('__compat', {}).get('description', ''))
        for unit in names or ([word] if re.fullmatch(r'[a-z]{1,5}', word) else []):
            if found := row_of(value):
                rows['Unit', unit, ''] = found

    color = css['types']['color']
    for word, node in (('#rrggbbaa', color['rgb_hexadecimal_notation']['alpha_hexadecimal_notation']),
                       ('rgb(r g b)', color['rgb']['space_separated_parameters'])):
        if found := row_of(node):
            rows['Syntax', word, ''] = found

    package = data['__meta']['version']
    header = ('// SPDX-License-Identifier: Apache-2.0\n//\n'
              f'// Written by generate_web_features.py from @mdn/browser-compat-data {package};\n'
              '// sorted by bytes. ')
    with open(os.path.join(HERE, 'web_features.def'), 'w', encoding='utf-8') as out:
        out.write(header + 'See tables.h for the columns:\n'
                  '// FCC_WEB_FEATURE(kind, name, word, iOS, Chrome)\n')
        for (kind, name, word), (ios, chrome) in sorted(rows.items()):
            out.write(f'FCC_WEB_FEATURE({kind}, "{name}", "{word}", "{ios}", "{chrome}")\n')

    rows = {}
    builtins = data['javascript']['builtins']
    for owner, node in builtins.items():
        if owner.startswith(('Intl', 'Temporal')) or not isinstance(node, dict):
            continue
        if found := row_of(node):
            rows['Global', owner] = found
            continue
        for name, member in node.items():
            if name in ('__compat', owner) or not re.fullmatch(r'[A-Za-z]\w*', name):
                continue
            found = row_of(member)
            if not found:
                continue
            if owner in ('Object', 'Promise', 'Reflect') and name != 'finally' or (
                    (owner, name) in STATICS):
                rows['Static', f'{owner}.{name}'] = found
            elif owner in ('Array', 'String', 'Promise') and (
                    re.search(r'[A-Z]', name) or name == 'flat'):
                # Other names are too common to tell whose method is called.
                rows['Method', name] = found
    regexp = data['javascript']['regular_expressions']
    for name, syntax in (('lookbehind_assertion', 'lookbehind'),):
        if found := row_of(regexp[name]):
            rows['Pattern', syntax] = found
    with open(os.path.join(ROOT, 'compiler/js/facts/builtins.def'), 'w', encoding='utf-8') as out:
        out.write(header + 'FCC_BUILTIN(kind, name, iOS, Chrome)\n')
        for (kind, name), (ios, chrome) in sorted(rows.items()):
            out.write(f'FCC_BUILTIN({kind}, "{name}", "{ios}", "{chrome}")\n')


if __name__ == '__main__':
    main()
