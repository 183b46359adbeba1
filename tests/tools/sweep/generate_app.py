#!/usr/bin/env python3
"""generate_app.py NODE_MODULES PACKAGE OUT: an app with a page for every
component of the npm package, for component_sweep. Each page mounts its
component, sets every property it declares to values of every type it declares,
lets it fire events and unmounts it; `done` says that it has come so far.
"""

import json
import os
import re
import shutil
import sys

# Runs before the components' modules: what they define is noted by the route
# that the runtime names, behaviours and all.
APP_JS = r"""
var defined = {};
var names = new Map();
var collect = function (options, into) {
  (options.behaviors || []).forEach(function (b) {
    var of = names.get(b);
    if (of) collect(of, into);
  });
  Object.keys(options.properties || {}).forEach(function (name) {
    into[name] = options.properties[name];
  });
  return into;
};
var global = Function('return this')();
var component = global.Component;
var behavior = global.Behavior;
global.Behavior = function (options) {
  var made = behavior(options);
  names.set(made, options);
  return made;
};
global.Component = function (options) {
  var route = component(options);
  defined[route] = options;
  return route;
};
App({
  sweptProperties: function (name) {
    var route = Object.keys(defined).find(function (key) {
      return key.slice(-name.length - 1) === '/' + name;
    });
    return route ? collect(defined[route], {}) : null;
  },
});
"""

# `COMPONENT` is the route; the page's data.p holds the values by property.
PAGE_JS = r"""
var VALUES = {
  String: ['', 'text', '12', 'primary', 'left', '中文'],
  Number: [0, 1, 2.5, 20],
  Boolean: [true, false],
  Object: [{}, { a: 1, b: { c: [1] } }],
  Array: [[], [1, 2, 3], ['a', 'b'], [{ text: 'a', value: 1, name: 'n' }]],
};
var typeName = function (type) {
  return type === null || type === undefined || type === Function
    ? 'null' : type.name;
};
var typesOf = function (declared) {
  if (declared === null || typeof declared === 'function') {
    return [typeName(declared)];
  }
  return [declared.type].concat(declared.optionalTypes || []).map(typeName);
};
// What the property holds before anybody sets it.
var DEFAULTS = { String: '', Number: 0, Boolean: false, Array: [] };
var initialOf = function (declared) {
  if (declared && typeof declared === 'object' && 'value' in declared) {
    return declared.value;
  }
  var initial = DEFAULTS[typesOf(declared)[0]];
  return initial === undefined ? null : initial;
};
Page({
  data: { on: false },
  onEvent: function () { this.heard = (this.heard || 0) + 1; },
  onReady: function () {
    var page = this;
    var declared = getApp().sweptProperties('COMPONENT');
    if (!declared) throw new Error('nothing is defined at COMPONENT');
    var names = Object.keys(declared);
    var initial = {};
    names.forEach(function (name) {
      initial['p_' + name] = initialOf(declared[name]);
    });
    // Steps of a user's pace: what a component puts off it does while mounted.
    var steps = [function () {
      page.setData(initial);
      page.setData({ on: true });
    }];
    names.forEach(function (name) {
      var key = 'p_' + name;
      typesOf(declared[name]).forEach(function (type) {
        // Of any type: only the component knows of which; its own value is one.
        (VALUES[type] || [initial[key]]).forEach(function (value) {
          steps.push(function () {
            var patch = {};
            patch[key] = value;
            page.setData(patch);
          });
        });
      });
      steps.push(function () {
        var patch = {};
        patch[key] = initial[key];
        page.setData(patch);
      });
    });
    EVENTS.forEach(function (event) {
      steps.push(function () {
        var instance = page.selectComponent('#c');
        page.heard = 0;
        if (instance && instance.triggerEvent) {
          instance.triggerEvent(event, { value: 1 }, { bubbles: true });
          if (!page.heard) throw new Error(event + ' was not heard');
        }
      });
    });
    for (var i = 0; i < 3; ++i) {
      steps.push(function () { page.setData({ on: false }); });
      steps.push(function () { page.setData({ on: true }); });
    }
    steps.push(function () {
      page.setData({ on: false });
      if (page.selectComponent('#c')) throw new Error('still there');
    });
    var next = function () {
      var step = steps.shift();
      if (!step) {
        page.done = true;
        return;
      }
      setTimeout(next, 50);
      step();
    };
    next();
  },
});
"""

EVENTS = ["change", "tap", "click", "close", "input"]
# Attributes that mean something else, and the page's own names.
RESERVED = {"id", "class", "style", "slot", "hidden", "on"}


# Faults of a library that would hide ours: mended in the copy that is swept.
# (package, file, text, text instead, why)
AMENDMENTS = [
    ("antd-mini", "_util/simply.js",
     "if (!instanceMethodsCopy.created) {", "if (false) {",
     "binds the store in `created` and again in `attached`, and `detached` lets "
     "go of the second binding only: every mount leaves an effect"),
]


def amend(package, library):
    for name, path, old, new, _ in AMENDMENTS:
        if name != package:
            continue
        path = os.path.join(library, path)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if text.count(old) != 1:
            sys.exit(f"{path}: an amendment does not fit")
        write(path, text.replace(old, new))


def is_component(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file).get("component") is True
    except (ValueError, OSError):
        return False


def find_components(library):
    """Routes below the library, without suffix."""
    found = []
    for folder, _, files in sorted(os.walk(library)):
        for name in sorted(files):
            if not name.endswith(".json"):
                continue
            base = os.path.join(folder, name[:-5])
            has_view = os.path.exists(base + ".wxml")
            if has_view and os.path.exists(base + ".js") and is_component(
                    os.path.join(folder, name)):
                found.append(os.path.relpath(base, library))
    return found


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def property_names(base):
    """Attributes to bind: every name that could be a property. What is not one
    is passed over at run time, so a wide net is fine."""
    names = set()
    for suffix in (".js", "/props.js"):
        path = base + suffix
        if suffix == "/props.js":
            path = os.path.join(os.path.dirname(base), "props.js")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                text = file.read()
            for match in re.finditer(r"([A-Za-z_$][\w$]*)\s*:", text):
                names.add(match.group(1))
    return names


def dashed(name):
    return "".join("-" + c.lower() if c.isupper() else c for c in name)


def generate(modules, package, out):
    shutil.rmtree(out, ignore_errors=True)
    with open(os.path.join(modules, package, "package.json"),
              encoding="utf-8") as file:
        library = os.path.join(modules, package,
                               json.load(file).get("miniprogram", "."))
    copy = os.path.join(out, "node_modules")
    shutil.copytree(modules, copy, symlinks=True)
    amend(package, os.path.join(copy, os.path.relpath(library, modules)))
    pages = []
    for route in find_components(library):
        page = "pages/" + route.replace("/", "-") + "/p"
        pages.append(page)
        names = property_names(os.path.join(library, route)) - RESERVED
        binds = " ".join(f'{dashed(n)}="{{{{p_{n}}}}}"' for n in sorted(names))
        events = " ".join(f'bind:{e}="onEvent"' for e in EVENTS)
        base = os.path.join(out, page)
        write(base + ".json", json.dumps(
            {"usingComponents": {"the-component": package + "/" + route}}))
        write(base + ".wxml",
              f'<the-component id="c" wx:if="{{{{on}}}}" {binds} {events}>'
              "text<view>content</view></the-component>")
        write(base + ".js", PAGE_JS.replace("COMPONENT", route).replace(
            "EVENTS.forEach", json.dumps(EVENTS) + ".forEach"))
    write(os.path.join(out, "app.json"),
          json.dumps({"pages": pages, "window": {}, "style": "v2"}))
    write(os.path.join(out, "app.js"), APP_JS)
    write(os.path.join(out, "package.json"),
          json.dumps({"dependencies": {package: "*"}}))
    write(os.path.join(out, "project.config.json"),
          json.dumps({"appid": "sweep"}))
    return pages


def main():
    pages = generate(*sys.argv[1:4])
    print(f"{len(pages)} components in {sys.argv[2]}")


if __name__ == "__main__":
    main()
