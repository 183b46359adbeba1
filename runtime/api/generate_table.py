#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes table.def, the one list of ft./wx. names, from three data files:

    generate_table.py FINCLIP_APIS.json WX_APIS.json > table.def

Rows of compiler/check/tables/overrides.def that are about APIs count over what
was read.

FINCLIP_APIS.json: rows {name, status, version, file, line} read from FinClip's
public API overview. WX_APIS.json: {apis: [{name, kind, since, returns}]} read
from the published WeChat typings. Only names, kinds, versions and the place of
the row are taken over; table.def is committed, so a build never runs this.
"""
import json
import os
import re
import sys

# The overview spells some objects more than one way.
OBJECTS = {
    'videoContext': 'VideoContext',
    'backgroundaudiomanager': 'BackgroundAudioManager',
    'audiocontext': 'AudioContext',
}
KINDS = {
    'async': 'Async', 'callback': 'Async', 'sync': 'Sync',
    'property': 'Property', 'task': 'Task', 'manager': 'Factory',
    'event-listener': 'Listen', 'event-unlistener': 'Unlisten',
}
# The typings call these factories, but they hand out no object.
NOT_FACTORIES = {'createBufferURL': 'Sync', 'createBLEConnection': 'Async'}
# Names of types in the documents, not of anything callable.
TYPES = {
    'AuthSetting', 'BeaconInfo', 'Color', 'Image', 'ImageData', 'MediaTrack',
    'PerformanceEntry', 'ScrollViewContext', 'SubscriptionsSetting',
    'UserInfo', 'VideoDecoder', 'WifiInfo', 'WorkerError',
}
# Objects most of whose methods take an options object with callbacks.
ASYNC_OBJECTS = {'FileSystemManager', 'CameraContext', 'CameraFrameListener',
                 'MapContext',
                 'EditorContext', 'LivePlayerContext', 'LivePusherContext'}
ASYNC_METHODS = {'InterstitialAd.load', 'InterstitialAd.show',
                 'RewardedVideoAd.load', 'RewardedVideoAd.show',
                 'SocketTask.close', 'SocketTask.send'}
SYNC_METHODS = {'MapContext.on'}


# Names that programs call and that neither document has.
MORE = [
    'FCC_API("createContext", Factory, "CanvasContext", Yes, "", Unknown, "", '
    '"")',
    'FCC_API("createSharedArrayBuffer", Sync, "", Yes, "2.16.1", Unknown, "", '
    '"")',
    'FCC_API("drawCanvas", Async, "", Yes, "", Unknown, "", "")',
    'FCC_API("getChatForwardMaterials", Async, "", Yes, "", Unknown, "", "")',
    'FCC_API("showHomeButton", Async, "", Yes, "", Unknown, "", "")',
]
# What both kinds of canvas context have, and the standard's name of a method
# that FinClip's documents misspell.
MORE += [f'FCC_API("{name}", Sync, "", Yes, "", Unknown, "", "")' for name in (
    'Canvas.cancelAnimationFrame',
    *('CanvasContext.' + method for method in (
        'clearActions', 'createConicGradient', 'createImageData',
        'createRadialGradient', 'ellipse', 'getActions', 'getImageData',
        'getLineDash', 'getTransform', 'isPointInPath', 'isPointInStroke',
        'putImageData', 'resetTransform', 'roundRect',
        'setGlobalCompositeOperation', 'setShadowBlur', 'setShadowColor')),
    *('Path2D.' + method for method in (
        'addPath', 'arc', 'arcTo', 'bezierCurveTo', 'closePath', 'ellipse',
        'lineTo', 'moveTo', 'quadraticCurveTo', 'rect')))]


def guess_kind(name):
    """The kind of a name no typing describes, from how it is spelt."""
    owner, _, method = name.rpartition('.')
    if re.match(r'on[A-Z]', method):
        return 'Listen'
    if re.match(r'off[A-Z]', method):
        return 'Unlisten'
    if owner:
        sync = method.endswith('Sync') or name in SYNC_METHODS
        waits = owner in ASYNC_OBJECTS or name in ASYNC_METHODS
        return 'Async' if waits and not sync else 'Sync'
    if method.endswith('Sync'):
        return 'Sync'
    return 'Factory' if method.startswith('create') else 'Async'


def version(text):
    match = re.search(r'\d+(\.\d+)+', text or '')
    return match.group(0) if match else ''


def finclip_rows(rows):
    """name → (status, version, place); of two rows on one name the better."""
    rank = {'unsupported': 0, 'stub': 1, 'supported': 2}
    result = {}
    for row in rows:
        name = row['name']
        if name.startswith('ft.'):
            name = name[3:]
        owner, dot, method = name.partition('.')
        name = OBJECTS.get(owner, owner) + dot + method
        if name.startswith('console.') or name in TYPES:
            continue
        if not re.fullmatch(r'[A-Za-z]\w*(\.\w+)*', name):
            continue
        status = row['status']
        if row.get('version') == 'Not Supported':
            status = 'unsupported'
        place = f"{row['file'].rsplit('/', 1)[-1]}:{row['line']}" \
            if row.get('file') else ''
        new = (status, version(row.get('version')), place)
        if name not in result or rank[status] > rank[result[name][0]]:
            result[name] = new
    return result


def overrides():
    """name → (support, place), of the decisions about APIs."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                        '../../compiler/check/tables/overrides.def')
    with open(path, encoding='utf-8') as file:
        return {name: (support, place) for name, support, place in re.findall(
            r'FCC_OVERRIDE\("api", "([^"]+)", (\w+), "([^"]+)"', file.read())}


def main():
    decided = overrides()
    with open(sys.argv[1], encoding='utf-8') as file:
        finclip = finclip_rows(json.load(file))
    with open(sys.argv[2], encoding='utf-8') as file:
        wechat = {api['name']: api for api in json.load(file)['apis']}
    support = {'supported': 'Yes', 'unsupported': 'No', 'stub': 'Stub'}
    print('// SPDX-License-Identifier: Apache-2.0')
    print('//')
    print('// Written by generate_table.py; sorted by bytes. See table.h for')
    print('// the columns:')
    print('// FCC_API(name, kind, object, WeChat, since, FinClip, since, row)')
    rows = {row.split('"')[1]: row for row in MORE}
    for name in set(finclip) | set(wechat):
        api = wechat.get(name)
        kind = KINDS[api['kind']] if api else guess_kind(name)
        kind = NOT_FACTORIES.get(name, kind)
        made = ''
        if kind in ('Factory', 'Task') and api and api['returns']:
            made = api['returns'][0]
            if not re.fullmatch(r'\w+', made):
                made = ''
        # The typings do not list methods of objects as rows of their own.
        on_wechat = 'Yes' if api else ('Unknown' if '.' in name else 'No')
        status, since, place = finclip.get(name, ('', '', ''))
        on_finclip = support.get(status, 'Unknown')
        on_finclip, place = decided.get(name, (on_finclip, place))
        rows[name] = (
            f'FCC_API("{name}", {kind}, "{made}", {on_wechat}, '
            f'"{version((api or {}).get("since"))}", {on_finclip}, '
            f'"{since}", "{place}")')
    for name in sorted(rows):
        print(rows[name])


main()
