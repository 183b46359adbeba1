#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a mini program of a given size, the same for the same numbers.

    generate_app.py OUT [FILES]      FILES: 3000 by default

Files are somewhat longer than those of WeChat's demonstration app (its scripts
have 1.3 KB in the middle and 4.4 KB on average, templates 1.0 and 1.2, sheets
0.1 and 1.6), and hang together as in an app: a main package and ten others,
components that use components, templates and sheets that import shared ones,
scripts that require helpers.
"""
import json
import math
import os
import random
import sys


class App:
    def __init__(self, out, files):
        self.out = out
        self.random = random.Random(files)
        # A page or component is four files, and every twelfth file is shared.
        self.parts = files * 11 // 48
        self.pages = self.parts * 2 // 3
        self.shared = files // 36
        self.count = 0

    def write(self, path, text):
        path = os.path.join(self.out, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        self.count += 1

    def size(self, median, mean):
        """A length; most are short and some are very long."""
        sigma = math.sqrt(2 * math.log(mean / median))
        return self.random.lognormvariate(math.log(median), sigma)

    def name(self, prefix, count):
        return f'{prefix}{self.random.randrange(count)}'

    def script(self, kind, size, folder, helpers):
        """Requires some of the first `helpers` helpers."""
        lines = [f"const u{i} = require('{folder}u{i}');" for i in sorted(
            self.random.sample(range(helpers), min(helpers, 3)))]
        if kind:
            lines.append(f'{kind}({{')
            if kind == 'Component':
                lines.append('  properties: {title: String, list: Array},')
            lines.append('  data: {' + ', '.join(
                f'value{i}: {i}' for i in range(12)) + '},')
            lines.append('  methods: {' if kind == 'Component' else '')
        length = sum(map(len, lines))
        i = 0
        while length < size:
            body = (f"handle{i}(event) {{\n"
                    f"    const {{id, index = {i}}} = event.currentTarget.dataset;\n"
                    f"    const item = this.data.value{i % 12};\n"
                    f"    if (id > {i} && item) {{\n"
                    f"      wx.request({{\n        url: `https://api.example.com/v1/{i}/${{id}}`,\n"
                    f"        method: 'POST',\n        success: res => this.setData({{value{i % 12}: res.data.items[index]}}),\n"
                    f"      }});\n    }}\n"
                    f"    wx.showToast({{title: '第 {i} 项', icon: 'none'}});\n  }}")
            lines.append(f'  {body},' if kind else f'exports.f{i} = function {body}')
            length += len(body)
            i += 1
        if kind:
            lines.append('}})' if kind == 'Component' else '})')
        return '\n'.join(lines) + '\n'

    def template(self, size, tags):
        lines = [f'<import src="/templates/{self.name("t", self.shared)}.wxml"/>',
                 '<view class="page {{value0 ? \'on\' : \'\'}}">']
        length = sum(map(len, lines))
        i = 0
        while length < size:
            tag = tags[i % len(tags)] if tags and i % 4 == 0 else 'view'
            line = (f'  <block wx:for="{{{{value{i % 12}}}}}" wx:key="id">'
                    f'<{tag} class="row row-{i}" data-id="{{{{item.id}}}}" bindtap="handle{i % 4}">'
                    f'<text>{{{{item.name}}}} - {{{{index + 1}}}}</text>'
                    f'<image src="/images/{i % 40}.png" mode="aspectFit"/></{tag}></block>')
            lines.append(line)
            length += len(line)
            i += 1
        return '\n'.join(lines + ['</view>']) + '\n'

    def sheet(self, size, imports=True):
        lines = []
        if imports and self.random.random() < 0.3:
            lines.append(f'@import "/styles/{self.name("s", self.shared)}.wxss";')
        length = 0
        i = 0
        while length < size:
            line = (f'.row-{i} {{\n  display: flex;\n  margin: {i}rpx 20rpx;\n'
                    f'  color: #33{i % 10}{i % 10}55;\n  background: rgba(0, 0, 0, .{i % 9 + 1});\n}}')
            lines.append(line)
            length += len(line)
            i += 1
        return '\n'.join(lines) + '\n'

    def part(self, stem, kind):
        components = self.parts - self.pages
        tags = [f'c{i}' for i in sorted(self.random.sample(range(components), 3))]
        using = {tag: f'/components/{tag}/{tag}' for tag in tags}
        config = {'usingComponents': using}
        if kind == 'Component':
            config['component'] = True
        else:
            config['navigationBarTitleText'] = stem
        helpers = '../' * stem.count('/') + 'utils/'
        self.write(stem + '.js', self.script(kind, self.size(2500, 6000), helpers,
                                             self.shared))
        self.write(stem + '.wxml', self.template(self.size(1000, 1500), tags))
        self.write(stem + '.wxss', self.sheet(self.size(500, 1500)))
        self.write(stem + '.json', json.dumps(config, indent=2))

    def run(self):
        packages = 11
        routes = [[] for _ in range(packages)]
        for i in range(self.pages):
            package = i % packages
            root = '' if package == 0 else f'package{package}/'
            page = f'pages/p{i}/p{i}'
            routes[package].append(page)
            self.part(root + page, 'Page')
        for i in range(self.parts - self.pages):
            self.part(f'components/c{i}/c{i}', 'Component')
        for i in range(self.shared):
            self.write(f'utils/u{i}.js',
                       self.script('', self.size(2500, 6000), './', i))
            self.write(f'templates/t{i}.wxml', f'<template name="t{i}">'
                       + self.template(800, []).split('\n', 1)[1] + '</template>\n')
            self.write(f'styles/s{i}.wxss', self.sheet(600, imports=False))
        self.write('app.json', json.dumps({
            'pages': routes[0],
            'subpackages': [{'root': f'package{i}', 'pages': routes[i]}
                            for i in range(1, packages)]}, indent=1))
        self.write('app.js', 'App({})\n')
        self.write('app.wxss', self.sheet(3000, imports=False))


def main():
    app = App(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3000)
    app.run()
    print(f'{app.count} files in {app.out}')


if __name__ == '__main__':
    main()
