// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/prelude.h"

#include <utility>

namespace fcc::app {

using script::CallInfo;
using script::Handle;
using script::Result;

// ES5 and Proxy: the engine runs it as it stands.
static constexpr std::string_view kSource = R"js((function (note) {
  'use strict';
  function none() { return { next: function () {
    return { done: true, value: undefined }; } }; }
  function primitive(hint) { return hint === 'number' ? NaN : ''; }
  function standIn(name) {
    var members = Object.create(null);
    var target = function () {};
    return new Proxy(target, {
      get: function (object, key) {
        if (key === Symbol.toPrimitive) { return primitive; }
        if (key === Symbol.iterator) { return none; }
        if (key === 'length') { return 0; }
        if (key === 'prototype') { return object.prototype; }
        if (typeof key === 'symbol' || key === 'then' || key === 'catch' ||
            key === 'toJSON' || key === 'constructor') {
          return undefined;
        }
        if (key === 'toString') { return primitive; }
        if (key === 'valueOf') { return function () { return NaN; }; }
        if (key === 'call' || key === 'apply' || key === 'bind') {
          return object[key];
        }
        if (!(key in members)) { members[key] = standIn(name + '.' + key); }
        return members[key];
      },
      set: function (object, key, value) {
        members[key] = value;
        return true;
      },
      apply: function () { note(name); return standIn(name); },
      construct: function () { note(name); return standIn(name); }
    });
  }

  function shared(value) { return { value: value }; }
  function same(value) { return value; }
  function finish(callback) {
    if (typeof callback === 'function') {
      setTimeout(function () { callback(true); }, 0);
    }
  }
  function animation(target, options, callback) {
    finish(callback);
    return target;
  }
  function worklet() {
    function bezier() { return same; }
    bezier.factory = bezier;
    var easing = {
      bezier: function () { return bezier; },
      cubicBezier: function () { return same; }
    };
    ['linear', 'ease', 'quad', 'cubic', 'sin', 'circle', 'exp', 'bounce',
     'step0', 'step1'].forEach(function (name) { easing[name] = same; });
    ['poly', 'elastic', 'back'].forEach(function (name) {
      easing[name] = function () { return same; };
    });
    ['in', 'out', 'inOut'].forEach(function (name) {
      easing[name] = function (of) { return of || same; };
    });
    return {
      shared: shared,
      derived: function (compute) {
        return { get value() { return compute(); } };
      },
      timing: animation,
      spring: animation,
      decay: function (options, callback) { finish(callback); return 0; },
      sequence: function () { return arguments[arguments.length - 1]; },
      repeat: function (value, times, reverse, callback) {
        finish(callback);
        return value;
      },
      delay: function (ms, value) { return value; },
      cancelAnimation: function () {},
      runOnUI: function (run) { return run; },
      runOnJS: function (run) { return run; },
      scrollViewContext: { scrollTo: function () {} },
      Easing: easing
    };
  }

  function customRoutes() {
    var builders = {};
    return {
      addRouteBuilder: function (name, builder) { builders[name] = builder; },
      removeRouteBuilder: function (name) { delete builders[name]; },
      getRouteContext: function () {
        return {
          primaryAnimation: shared(1),
          primaryAnimationStatus: shared(3),
          secondaryAnimation: shared(0),
          secondaryAnimationStatus: shared(0),
          userGestureInProgress: shared(0),
          startUserGesture: function () {},
          stopUserGesture: function () {},
          didPop: function () {}
        };
      }
    };
  }

  function bindMethods(instance, prototype) {
    Object.keys(prototype).forEach(function (name) {
      var method = prototype[name];
      if (typeof method === 'function') {
        instance[name] = method.bind(instance);
      }
    });
  }

  function image() {
    var source = '';
    return {
      width: 0,
      height: 0,
      get src() { return source; },
      set src(value) {
        var self = this;
        source = value;
        setTimeout(function () {
          self.width = self.width || 100;
          self.height = self.height || 100;
          if (typeof self.onload === 'function') { self.onload({}); }
        }, 0);
      }
    };
  }

  function imageData(width, height) {
    return {
      width: width,
      height: height,
      data: new Uint8ClampedArray(width * height * 4)
    };
  }

  return {
    image: image,
    imageData: imageData,
    standIn: standIn,
    worklet: worklet,
    customRoutes: customRoutes,
    bindMethods: bindMethods
  };
}))js";

Prelude::Prelude(Logic& logic, std::function<void(std::string_view)> note)
    : logic_(logic), note_(std::move(note)) {
  script::Heap& heap = logic.heap();
  const Result<Handle> make = heap.Evaluate(kSource, "");
  if (!make) {
    logic_.Report(make.error(), "prelude");
    return;
  }
  const Handle noter = heap.NewFunction(
      "note", 1, [this](const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const std::string name,
                       call.heap().ToString(call.argument(0)));
        note_(name);
        return Handle();
      });
  parts_ = logic_.CallMayRunScript(*make, heap.Undefined(), {noter}, "prelude");
}

Handle Prelude::Part(std::string_view name) {
  return logic_.Get(parts_, name);
}

Handle Prelude::StandIn(std::string_view name) {
  return logic_.CallMayRunScript(Part("standIn"), logic_.heap().Undefined(),
                                 {logic_.heap().String(name)}, name);
}

void Prelude::BindMethods(const Handle& instance, const Handle& prototype) {
  logic_.CallMayRunScript(Part("bindMethods"), logic_.heap().Undefined(),
                          {instance, prototype}, "prelude");
}

Handle Prelude::Image() {
  return logic_.CallMayRunScript(Part("image"), logic_.heap().Undefined(), {},
                                 "image");
}

Handle Prelude::ImageData(double width, double height) {
  script::Heap& heap = logic_.heap();
  return logic_.CallMayRunScript(Part("imageData"), heap.Undefined(),
                                 {heap.Number(width), heap.Number(height)},
                                 "image data");
}

Handle Prelude::Worklet() {
  return logic_.CallMayRunScript(Part("worklet"), logic_.heap().Undefined(), {},
                                 "worklet");
}

Handle Prelude::CustomRoutes() {
  return logic_.CallMayRunScript(Part("customRoutes"),
                                 logic_.heap().Undefined(), {}, "router");
}

}  // namespace fcc::app
