#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes components.def, attributes.def and config_keys.def beside itself from
tables of names that were read from public documents:

    generate_tables.py FOLDER

FOLDER holds finclip-components.json, finclip-component_attrs.json,
finclip-config_keys.json (FinClip's documentation) and wx-components.json (the
published types of WeChat's components). Only names, support, versions and the
place of each row are taken over. The results are committed; a build never runs
this.
"""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SUPPORT = {'supported': 'Yes', 'partial': 'Partial', 'unsupported': 'No'}
# Best first: where the documents give a name twice, the better row counts.
ORDER = ['Yes', 'Partial', 'Stub', 'No', 'Unknown']
# Sections that document attributes of a component under another title.
SECTION_OF = {
    'System Map (iOS and Harmony Only)': 'map',
    'AMap': 'map',
    'Baidu Map (Only supported on iOS, Android, Harmony)': 'map',
    'Tencent Map (Only supported on iOS and Android)': 'map',
    'Google Maps (Only supported on Android)': 'map',
    'Multi-column selector: mode = multiSelector': 'picker',
    'Multi-column selector: mode = date': 'picker',
    'Multi-column selector: mode = time': 'picker',
    'Multi-column selector: mode = region': 'picker',
}


def load(folder, name):
    with open(os.path.join(folder, name), encoding='utf-8') as file:
        return json.load(file)


def version(text):
    match = re.search(r'\d+(\.\d+)+', text or '')
    return match.group(0) if match else ''


def place(row):
    source = row.get('file') or row.get('source', '')
    return f"{os.path.basename(source).replace('.html', '.md')}:{row['line']}"


def event_of(name):
    """`bindtap`, `bind:tap` → `tap`; None for a plain attribute."""
    match = re.fullmatch(r'(?:bind|catch):?([a-z]+)', name)
    return match.group(1) if match else None


def better(old, new):
    return new if old is None or ORDER.index(new[0]) < ORDER.index(old[0]) else old


def write(name, comment, rows):
    with open(os.path.join(HERE, name), 'w', encoding='utf-8') as out:
        out.write('// SPDX-License-Identifier: Apache-2.0\n//\n')
        out.write('// Written by generate_tables.py; sorted by bytes. See tables.h for\n')
        out.write(f'// the columns:\n// {comment}\n')
        for row in rows:
            out.write(row + '\n')


def main():
    folder = sys.argv[1]
    wechat = {each['name']: each for each in load(folder, 'wx-components.json')['components']}

    components = {}
    for row in load(folder, 'finclip-components.json'):
        components[row['name']] = (SUPPORT[row['status']], version(row['min_base_lib']), place(row))

    attributes = {}
    for row in load(folder, 'finclip-component_attrs.json'):
        component = SECTION_OF.get(row['section'], row['section'])
        if component not in components and component not in wechat:
            # Fields of a marker, of a polyline, …: no attributes of a tag.
            if component in ('native-view', 'x-component', 'editor-portal'):
                components.setdefault(component, ('Yes', '', place(row)))
            else:
                continue
        name = row['attr'].strip()
        if not re.fullmatch(r'[A-Za-z][\w:-]*', name):
            continue
        event = event_of(name)
        key = (component, 'Event' if event else 'Attribute', event or name)
        found = (SUPPORT[row['status']], version(row['columns'].get('minimum version')), place(row))
        attributes[key] = better(attributes.get(key), found)

    known = {(name, kind, item)
             for name, each in wechat.items()
             for kind, items in (('Attribute', [a['name'] for a in each['attributes']]),
                                 ('Event', [e['event'] for e in each['events']]))
             for item in items}

    rows = []
    for name in sorted(set(components) | set(wechat)):
        support, since, source = components.get(name, ('Unknown', '', ''))
        on_wechat = 'Yes' if name in wechat else 'Unknown'
        rows.append(f'FCC_COMPONENT("{name}", {on_wechat}, {support}, "{since}", "{source}")')
    write('components.def', 'FCC_COMPONENT(name, WeChat, FinClip, since, row)', rows)

    rows = []
    for component, kind, name in sorted(set(attributes) | known):
        support, since, source = attributes.get((component, kind, name), ('Unknown', '', ''))
        on_wechat = 'Yes' if (component, kind, name) in known else 'Unknown'
        rows.append(f'FCC_ATTRIBUTE("{component}", {kind}, "{name}", {on_wechat}, '
                    f'{support}, "{since}", "{source}")')
    write('attributes.def',
          'FCC_ATTRIBUTE(component, kind, name, WeChat, FinClip, since, row)', rows)

    sections = {('app.md', '1. Configuration Items'): 'app', ('app.md', 'window'): 'window',
                ('app.md', 'tabBar'): 'tabBar', ('app.md', 'networkTimeout'): 'networkTimeout',
                ('page.md', 'Configuration Items'): 'page',
                ('project.md', '1. Configuration Items'): 'project',
                ('project.md', 'setting'): 'project.setting'}
    tab_items = {'pagePath', 'text', 'iconPath', 'selectedIconPath'}
    keys = {}
    for row in load(folder, 'finclip-config_keys.json'):
        section = sections.get((row['file'], row['section']))
        if section is None:
            continue
        if section == 'tabBar' and row['key'] in tab_items:
            section = 'tabBar.list'
        columns = row['columns']
        since = version(columns.get('minimum version'))
        keys[section, row['key']] = (SUPPORT[row['status']], since, place(row))
    with open(os.path.join(HERE, 'overrides.def'), encoding='utf-8') as file:
        for section, key, support, source in re.findall(
                r'FCC_OVERRIDE\("config", "(.+)\.(\w+)", (\w+), "([^"]+)"', file.read()):
            keys[section, key] = (support, keys.get((section, key), ('', '', ''))[1], source)
    rows = [f'FCC_CONFIG_KEY("{section}", "{key}", {support}, "{since}", "{source}")'
            for (section, key), (support, since, source) in sorted(keys.items())]
    write('config_keys.def', 'FCC_CONFIG_KEY(section, key, FinClip, since, row)', rows)


if __name__ == '__main__':
    main()
