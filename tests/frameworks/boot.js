// SPDX-License-Identifier: Apache-2.0
//
// A mini program's host, small and deterministic, for comparing engines: it
// boots what a framework built, opens every page, taps once, and prints every
// setData payload whole. Runs as it is on fcc's engine (boot_host.cpp) and in
// a node context (boot_node.js), which both give `host`:
//
//   read(path)            a file of the package, or undefined
//   compile(text, path)   the value of a function expression
//   print(line)
//
// The completion value drives it: `step()` does the next piece of work and
// says whether there was one. After each the engine's microtasks must run.
(function () {
  'use strict';

  var global = Function('return this')();
  var now = 1700000000000;
  var print = host.print;

  // --- A world without chance ---

  var seed = 1;
  Math.random = function () {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  };
  Date.now = function () { return now; };
  global.performance = { now: function () { return now - 1700000000000; } };
  // What only one of the two has.
  ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'Intl'].forEach(
      function (name) { delete global[name]; });

  function text(values) {
    return Array.prototype.map.call(values, function (value) {
      if (value instanceof Error) {
        return value.name + ': ' + value.message;
      }
      return typeof value === 'object' && value ? JSON.stringify(value)
                                                : String(value);
    }).join(' ');
  }
  global.console = {};
  ['log', 'warn', 'error', 'info', 'debug', 'trace', 'group', 'groupEnd',
   'time', 'timeEnd'].forEach(function (level) {
    global.console[level] = function () {
      print('console.' + level + ': ' + text(arguments));
    };
  });

  // --- Timers: a queue in virtual time ---

  var timers = [];
  var lastTimer = 0;
  function addTimer(callback, delay, repeats, args) {
    timers.push({
      id: ++lastTimer,
      due: now + Math.max(0, +delay || 0),
      every: repeats ? Math.max(1, +delay || 0) : 0,
      callback: callback,
      args: args,
    });
    return lastTimer;
  }
  function removeTimer(id) {
    timers = timers.filter(function (timer) { return timer.id !== id; });
  }
  global.setTimeout = function (callback, delay) {
    return addTimer(callback, delay, false,
                    Array.prototype.slice.call(arguments, 2));
  };
  global.setInterval = function (callback, delay) {
    return addTimer(callback, delay, true,
                    Array.prototype.slice.call(arguments, 2));
  };
  global.clearTimeout = global.clearInterval = removeTimer;

  // Fires the timer that is due first, if it is due by `deadline`.
  function fireTimer(deadline) {
    var next = null;
    timers.forEach(function (timer) {
      if (timer.due <= deadline && (!next || timer.due < next.due)) {
        next = timer;
      }
    });
    if (!next) {
      now = Math.max(now, deadline);
      return false;
    }
    now = Math.max(now, next.due);
    if (next.every) {
      next.due = now + next.every;
    } else {
      removeTimer(next.id);
    }
    next.callback.apply(undefined, next.args);
    return true;
  }

  // --- wx ---

  var system = {
    SDKVersion: '3.4.0', model: 'sim', platform: 'devtools', pixelRatio: 2,
    windowWidth: 375, windowHeight: 667, screenWidth: 375, screenHeight: 667,
    statusBarHeight: 20, language: 'en', version: '8.0.0', system: 'iOS 16',
    brand: 'dev', fontSizeSetting: 16, theme: 'light',
    deviceOrientation: 'portrait', enableDebug: false,
    host: { env: 'WeChat' },
    safeArea: {
      top: 0, left: 0, right: 375, bottom: 667, width: 375, height: 667,
    },
  };

  function answer(name) {
    var result = { errMsg: name + ':ok' };
    if (name === 'request') {
      result.statusCode = 200;
      result.header = {};
      result.data = {
        ok: true,
        items: [{ id: 1000, name: 'Remote', price: 3, tags: ['r'] }],
      };
    }
    return /System|Device|Window|AppBase/.test(name)
        ? Object.assign(result, system) : result;
  }
  function query() {
    return {
      postMessage: function () {}, observe: function () {},
      select: function () { return this; }, exec: function () {},
    };
  }
  function api(name) {
    return function (options) {
      if (options && typeof options === 'object' &&
          (options.success || options.fail || options.complete)) {
        addTimer(function () {
          if (name === 'getStorage') {
            options.fail && options.fail({ errMsg: 'getStorage:fail' });
          } else {
            options.success && options.success(answer(name));
          }
          options.complete && options.complete(answer(name));
        }, 5, false, []);
      }
      if (/^create/.test(name)) {
        return query();
      }
      return name === 'request' ? { abort: function () {} } : undefined;
    };
  }
  var wx = { env: { USER_DATA_PATH: 'u' } };
  ('request showToast hideToast showLoading hideLoading showModal navigateTo ' +
   'navigateBack redirectTo switchTab reLaunch stopPullDownRefresh setStorage ' +
   'getStorage removeStorage getSystemInfo getNetworkType login onAppShow ' +
   'onAppHide onError onUnhandledRejection onPageNotFound offAppShow ' +
   'offAppHide onThemeChange onWindowResize createSelectorQuery ' +
   'createIntersectionObserver setNavigationBarTitle pageScrollTo ' +
   'getLocation onMemoryWarning onNetworkStatusChange getSetting authorize ' +
   'connectSocket downloadFile uploadFile chooseImage previewImage ' +
   'getUserInfo requestPayment createInnerAudioContext createCanvasContext ' +
   'createAnimation onKeyboardHeightChange getUserProfile chooseMedia ' +
   'setClipboardData getClipboardData makePhoneCall scanCode vibrateShort ' +
   'getFileSystemManager createVideoContext getLogManager').split(' ')
      .forEach(function (name) { wx[name] = api(name); });
  function returns(value) { return function () { return value; }; }
  wx.getSystemInfoSync = wx.getWindowInfo = wx.getDeviceInfo =
      wx.getAppBaseInfo = returns(system);
  wx.getSystemSetting = wx.getAppAuthorizeSetting = returns({});
  wx.getStorageSync = returns('');
  wx.setStorageSync = wx.removeStorageSync = returns(undefined);
  wx.getStorageInfoSync = returns({ keys: [] });
  wx.getLaunchOptionsSync = wx.getEnterOptionsSync =
      returns({ path: 'x', query: {}, scene: 1001, referrerInfo: {} });
  wx.getMenuButtonBoundingClientRect = returns(
      { top: 4, bottom: 36, left: 281, right: 368, width: 87, height: 32 });
  wx.getAccountInfoSync =
      returns({ miniProgram: { appId: 'x', envVersion: 'develop' } });
  wx.nextTick = function (callback) { addTimer(callback, 0, false, []); };
  wx.canIUse = returns(true);
  wx.getUpdateManager = returns({});
  global.wx = wx;

  // --- Modules ---

  var modules = {};
  // The `global` of modules, which is not the realm's own.
  var shared = {};
  function resolve(base, request) {
    var parts = request.charAt(0) === '/'
        ? request.split('/') : base.split('/').slice(0, -1)
              .concat(request.split('/'));
    var path = [];
    parts.forEach(function (part) {
      if (part === '..') {
        path.pop();
      } else if (part !== '.' && part !== '') {
        path.push(part);
      }
    });
    return path.join('/').replace(/\.js$/, '');
  }
  function load(id) {
    if (modules[id]) {
      return modules[id].exports;
    }
    var path = id + '.js';
    var source = host.read(path);
    if (source === undefined) {
      path = id + '/index.js';
      source = host.read(path);
    }
    if (source === undefined) {
      throw new Error('no module ' + id);
    }
    var module = modules[id] = { exports: {} };
    var body = host.compile(
        '(function (require, module, exports, global, window, document, ' +
        'self, define, location, navigator, history, localStorage, ' +
        'XMLHttpRequest, frames) {' + source + '\n})', path);
    body.call(module.exports, function (request) {
      return load(resolve(id, request));
    }, module, module.exports, shared);
    return module.exports;
  }
  function json(path) {
    var source = host.read(path);
    return source === undefined ? {} : JSON.parse(source);
  }

  // --- App, Page, Component ---

  var app;
  var pages = {};
  var stack = [];
  var route;
  var file;
  global.getApp = function () { return app; };
  global.getCurrentPages = function () { return stack.slice(); };
  global.App = function (definition) {
    app = definition;
    print('App ' + Object.keys(definition).join());
  };
  global.Page = function (definition) {
    pages[route] = definition;
    print('Page ' + route + ' ' + Object.keys(definition).join());
  };
  global.Component = function (definition) {
    if (file === route) {
      pages[route] = definition;
    }
    print('Component ' + file + ' ' + Object.keys(definition).join());
  };
  global.Behavior = function (definition) { return definition; };

  function setPath(object, path, value) {
    var keys = path.replace(/\[(\d+)\]/g, '.$1').split('.').filter(
        function (key) { return key !== ''; });
    var last = keys.pop();
    keys.forEach(function (key, at) {
      if (object[key] === undefined || object[key] === null) {
        object[key] = /^\d+$/.test(keys[at + 1] || last) ? [] : {};
      }
      object = object[key];
    });
    object[last] = value;
  }
  function makeInstance(definition, path) {
    var instance = {
      data: JSON.parse(JSON.stringify(definition.data || {})),
      properties: {}, options: {}, dataset: {}, id: '',
      route: path, is: path, __route__: path,
      __wxExparserNodeId__: 'n', __wxWebviewId__: stack.length + 1,
    };
    Object.keys(definition).forEach(function (key) {
      if (typeof definition[key] === 'function' && key !== 'created' &&
          key !== 'attached' && key !== 'ready') {
        instance[key] = definition[key];
      }
    });
    Object.assign(instance, definition.methods);
    Object.keys(definition.properties || {}).forEach(function (key) {
      var declared = definition.properties[key];
      instance.properties[key] = instance.data[key] =
          declared && typeof declared === 'object' && 'value' in declared
              ? declared.value : null;
    });
    instance.setData = function (data, callback) {
      var payload = JSON.stringify(data);
      print('setData ' + path + ' ' + payload);
      var copy = JSON.parse(payload);
      Object.keys(copy).forEach(function (key) {
        setPath(instance.data, key, copy[key]);
      });
      if (callback) {
        addTimer(callback, 0, false, []);
      }
    };
    instance.triggerEvent = function (name) { print('triggerEvent ' + name); };
    instance.selectComponent = returns(null);
    instance.selectAllComponents = returns([]);
    instance.createSelectorQuery = wx.createSelectorQuery;
    instance.createIntersectionObserver = wx.createIntersectionObserver;
    instance.getPageId = returns(path);
    return instance;
  }
  function callLife(definition, instance, name) {
    var method = (definition.lifetimes && definition.lifetimes[name]) ||
        definition[name];
    if (method) {
      method.call(instance);
    }
  }
  function callPage(definition, instance, name, argument) {
    var method = (definition.methods && definition.methods[name]) ||
        definition[name];
    if (method) {
      method.call(instance, argument);
    }
  }

  // A tap on the first page, through the framework's own event entry.
  function tap() {
    var page = stack[0];
    function event(id) {
      var target = { id: id, dataset: { sid: id } };
      return {
        type: 'tap', timeStamp: 1, target: target, currentTarget: target,
        mpEvent: {}, detail: {},
      };
    }
    if (page.eh && page.data.root) {
      var button = null;
      (function find(node) {
        (node.cn || []).forEach(function (child) {
          if (!button && child && child.v === '+1') {
            button = node;
          }
          if (child) {
            find(child);
          }
        });
      })(page.data.root);
      if (button) {
        page.eh(event(button.uid || button.sid));
      }
      return;
    }
    var names = Object.keys(page.data).map(function (key) {
      return page.data[key];
    }).filter(function (value) { return /^e\d+(_|$)/.test(value); });
    if (names.length) {
      page[names[0]](event(''));
    } else if (page.__e) {
      var target = {
        dataset: { eventOpts: [['tap', [['e0', ['$event']]]]] },
      };
      page.__e({
        type: 'tap', target: target, currentTarget: target, detail: {},
      });
    }
  }

  // --- What happens, in order ---

  var steps = [];
  function then(run) { steps.push(run); }
  // Fires timers one a step until none is due within that time.
  function wait(ms) {
    then(function () {
      var deadline = now + ms;
      (function next() {
        steps.unshift(function () {
          if (fireTimer(deadline)) {
            next();
          }
        });
      })();
    });
  }

  var config = json('app.json');
  var routes = config.pages.slice();
  (config.subPackages || config.subpackages || []).forEach(function (part) {
    part.pages.forEach(function (page) { routes.push(part.root + '/' + page); });
  });
  var launch = { path: routes[0], query: {}, scene: 1001 };
  then(function () {
    file = 'app';
    load('app');
  });
  then(function () {
    if (app && app.onLaunch) {
      app.onLaunch(launch);
    }
    if (app && app.onShow) {
      app.onShow(launch);
    }
  });
  wait(1);
  routes.forEach(function (path) {
    then(function () {
      route = path;
      var uses = json(path + '.json').usingComponents || {};
      Object.keys(uses).forEach(function (name) {
        file = resolve(path, uses[name]);
        load(file);
      });
      file = path;
      load(path);
    });
  });
  routes.forEach(function (path) {
    var definition;
    var page;
    then(function () {
      definition = pages[path];
      page = makeInstance(definition, path);
      page.options = { id: '7' };
      stack.push(page);
      callLife(definition, page, 'created');
      callLife(definition, page, 'attached');
      callPage(definition, page, 'onLoad', { id: '7' });
      callPage(definition, page, 'onShow');
      if (definition.pageLifetimes && definition.pageLifetimes.show) {
        definition.pageLifetimes.show.call(page);
      }
    });
    wait(0);
    then(function () {
      callLife(definition, page, 'ready');
      callPage(definition, page, 'onReady');
    });
    wait(200);
  });
  then(tap);
  wait(50);

  return function step() {
    if (steps.length === 0) {
      return false;
    }
    steps.shift()();
    return true;
  };
})();
