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

  // A context that draws nothing. What programs ask it before they draw they
  // take apart: versions, limits, whether shaders are good.
  var webglAnswers = {
    7936: 'WebKit', 7937: 'WebKit WebGL', 7938: 'WebGL 1.0',
    35724: 'WebGL GLSL ES 1.0', 3379: 4096, 34076: 4096, 34024: 4096,
    34921: 16, 36347: 1024, 36348: 15, 36349: 1024, 34930: 16, 35660: 16,
    35661: 32, 3410: 8, 3411: 8, 3412: 8, 3413: 8, 3414: 24, 3415: 8,
    3088: [0, 0, 300, 150], 2978: [0, 0, 300, 150], 33901: [1, 64],
    33902: [1, 1], 3386: [4096, 4096], 3106: [0, 0, 0, 0]
  };
  var webglNames = {
    VENDOR: 7936, RENDERER: 7937, VERSION: 7938,
    SHADING_LANGUAGE_VERSION: 35724, MAX_TEXTURE_SIZE: 3379,
    MAX_CUBE_MAP_TEXTURE_SIZE: 34076, MAX_RENDERBUFFER_SIZE: 34024,
    MAX_VERTEX_ATTRIBS: 34921, MAX_VERTEX_UNIFORM_VECTORS: 36347,
    MAX_VARYING_VECTORS: 36348, MAX_FRAGMENT_UNIFORM_VECTORS: 36349,
    MAX_TEXTURE_IMAGE_UNITS: 34930, MAX_VERTEX_TEXTURE_IMAGE_UNITS: 35660,
    MAX_COMBINED_TEXTURE_IMAGE_UNITS: 35661, SCISSOR_BOX: 3088, VIEWPORT: 2978,
    RED_BITS: 3410, GREEN_BITS: 3411, BLUE_BITS: 3412, ALPHA_BITS: 3413,
    DEPTH_BITS: 3414, STENCIL_BITS: 3415, ALIASED_POINT_SIZE_RANGE: 33901,
    ALIASED_LINE_WIDTH_RANGE: 33902, MAX_VIEWPORT_DIMS: 3386,
    COLOR_CLEAR_VALUE: 3106, COMPILE_STATUS: 35713, LINK_STATUS: 35714,
    VALIDATE_STATUS: 35715, ACTIVE_UNIFORMS: 35718, ACTIVE_ATTRIBUTES: 35721,
    FRAMEBUFFER_COMPLETE: 36053, NO_ERROR: 0, VERTEX_SHADER: 35633,
    FRAGMENT_SHADER: 35632
  };
  function webgl(name) {
    var context = standIn(name);
    function answer(method, compute) {
      context[method] = function (first, second) {
        note(name + '.' + method);
        return compute(first, second);
      };
    }
    // Asked of a shader or a program: is it good, and how many has it?
    function status(object, which) {
      return which === 35713 || which === 35714 || which === 35715 ||
        which === 35712 ? true : 0;
    }
    Object.keys(webglNames).forEach(function (key) {
      context[key] = webglNames[key];
    });
    context.drawingBufferWidth = 300;
    context.drawingBufferHeight = 150;
    answer('getParameter', function (which) {
      var found = webglAnswers[which];
      return found === undefined ? null : found;
    });
    answer('getShaderParameter', status);
    answer('getProgramParameter', status);
    answer('getShaderInfoLog', function () { return ''; });
    answer('getProgramInfoLog', function () { return ''; });
    answer('getSupportedExtensions', function () { return []; });
    answer('getAttribLocation', function () { return 0; });
    answer('getError', function () { return 0; });
    answer('isContextLost', function () { return false; });
    answer('checkFramebufferStatus', function () { return 36053; });
    answer('getContextAttributes', function () {
      return { alpha: true, antialias: true, depth: true, stencil: false };
    });
    answer('getShaderPrecisionFormat', function () {
      return { rangeMin: 127, rangeMax: 127, precision: 23 };
    });
    return context;
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

  // All state is in members, which programs change, on an object whose methods
  // are its own: what setData copies goes on as an animation.
  var lengths = ['width', 'height', 'left', 'right', 'top', 'bottom'];
  var defaultArguments = {
    matrix: [1, 0, 0, 1, 1, 1],
    matrix3d: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    rotate: [0], rotate3d: [0, 0, 0, 0], rotateX: [0], rotateY: [0],
    rotateZ: [0], scale3d: [1, 1, 1], scaleX: [1], scaleY: [1], scaleZ: [1],
    skew: [0, 0], skewX: [0], skewY: [0], translate: [0, 0],
    translate3d: [0, 0, 0], translateX: [0], translateY: [0], translateZ: [0]
  };
  function either(value, otherwise) {
    return value === undefined ? otherwise : value;
  }
  function optionOf(given, defaults) {
    var transition = defaults.transition;
    return {
      transition: {
        duration: either(given.duration, transition.duration),
        timingFunction: either(given.timingFunction, transition.timingFunction),
        delay: either(given.delay, transition.delay)
      },
      transformOrigin: either(given.transformOrigin, defaults.transformOrigin)
    };
  }
  function add(instance, type, args) {
    instance.currentStepAnimates.push({ type: type, args: args });
    return instance;
  }
  var animationMethods = {
    scale: function (x, y) {
      x = either(x, 1);
      return add(this, 'scale', [x, either(y, x)]);
    },
    // A step shows all transformations up to it.
    step: function (given) {
      var shown = this.currentTransform;
      this.currentStepAnimates.forEach(function (one) {
        shown[one.type === 'style' ? 'style.' + one.args[0] : one.type] = one;
      });
      this.actions.push({
        animates: Object.keys(shown).map(function (key) { return shown[key]; }),
        option: optionOf(given || {}, this.option)
      });
      this.currentStepAnimates = [];
      return this;
    },
    export: function () {
      var actions = this.actions;
      this.actions = [];
      return { actions: actions };
    }
  };
  Object.keys(defaultArguments).forEach(function (type) {
    var defaults = defaultArguments[type];
    animationMethods[type] = function () {
      var given = arguments;
      return add(this, type, defaults.map(function (value, i) {
        return either(given[i], value);
      }));
    };
  });
  lengths.concat('opacity', 'backgroundColor').forEach(function (name) {
    animationMethods[name] = function (value) {
      var pixels = typeof value === 'number' && lengths.indexOf(name) >= 0;
      return add(this, 'style', [name, pixels ? value + 'px' : value]);
    };
  });
  function viewAnimation(given) {
    var instance = {
      actions: [],
      currentTransform: {},
      currentStepAnimates: [],
      option: optionOf(given || {}, {
        transition: { duration: 400, timingFunction: 'linear', delay: 0 },
        transformOrigin: '50% 50% 0'
      })
    };
    Object.keys(animationMethods).forEach(function (name) {
      instance[name] = animationMethods[name];
    });
    return instance;
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
    standIn: function (name) {
      return name === 'WebGLRenderingContext' ? webgl(name) : standIn(name);
    },
    viewAnimation: viewAnimation,
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

Handle Prelude::Animation(const Handle& options) {
  return logic_.CallMayRunScript(Part("viewAnimation"),
                                 logic_.heap().Undefined(), {options},
                                 "createAnimation");
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
