// SPDX-License-Identifier: Apache-2.0
//
// The parts of canvases that call back or hand out objects. What is drawn is
// the host's business.

#include <cmath>

#include "runtime/app/api_bridge.h"
#include "runtime/app/app_state.h"

namespace fcc::app {

using script::CallInfo;
using script::Handle;
using script::Result;

// Pixels of one getImageData; a program that wants more wants it by mistake.
static constexpr double kMaxPixels = 1 << 24;

// As a canvas takes sizes: no number is 0, the sign does not count.
static Result<double> ReadSize(AppState& app, const Handle& size) {
  FCC_TRY_ASSIGN(const double number, app.heap().ToNumber(size));
  return std::isnan(number) ? 0 : std::floor(std::abs(number));
}

static Result<Handle> NewImageData(AppState& app, const Handle& width,
                                   const Handle& height) {
  FCC_TRY_ASSIGN(const double wide, ReadSize(app, width));
  FCC_TRY_ASSIGN(const double high, ReadSize(app, height));
  // Without a layout a canvas has no size, and so no pixels.
  if (!(wide * high <= kMaxPixels)) {
    return script::Throw(script::ErrorType::kRangeError,
                         "the size of the image data is out of range");
  }
  return app.prelude().ImageData(wide, high);
}

void DefineCanvasApis(AppState& app, ApiBridge& bridge) {
  // draw(reserve, callback)
  bridge.DefineCore("CanvasContext.draw", 2, [&app](const CallInfo& call) {
    for (const Handle& argument : call.arguments()) {
      if (argument.IsFunction()) {
        app.logic().Post(0, [&app, argument] {
          app.logic().CallMayRunScript(argument, app.heap().Undefined(), {},
                                       "draw callback");
        });
      }
    }
    return Result<Handle>(Handle());
  });
  bridge.DefineCore(
      "Canvas.requestAnimationFrame", 1, [&app](const CallInfo& call) {
        constexpr double kFrameMs = 16;
        const Handle callback = call.argument(0);
        if (!callback.IsFunction()) {
          return Result<Handle>(Handle());
        }
        const TaskId id = app.logic().Post(kFrameMs, [&app, callback] {
          app.logic().CallMayRunScript(
              callback, app.heap().Undefined(),
              {app.heap().Number(app.host().clock().NowMs())},
              "animation frame");
        });
        return Result<Handle>(app.heap().Number(static_cast<double>(id)));
      });
  const auto cancel = [&app](const CallInfo& call) {
    if (call.argument(0).IsNumber()) {
      const double id = app.heap().AsNumber(call.argument(0));
      if (id >= 0) {
        app.host().CancelTask(static_cast<TaskId>(id));
      }
    }
    return Result<Handle>(Handle());
  };
  // FinClip's documents spell it in both ways.
  bridge.DefineCore("Canvas.cancelAnimationFrame", 1, cancel);
  bridge.DefineCore("Canvas.cancalAnimationFrame", 1, cancel);
  bridge.DefineCore("Canvas.createImage", 0, [&app](const CallInfo&) {
    return Result<Handle>(app.prelude().Image());
  });
  bridge.DefineCore(
      "CanvasContext.getImageData", 4, [&app](const CallInfo& call) {
        return NewImageData(app, call.argument(2), call.argument(3));
      });
  for (const std::string_view name :
       {"CanvasContext.createImageData", "Canvas.createImageData"}) {
    bridge.DefineCore(name, 2, [&app](const CallInfo& call) {
      return NewImageData(app, call.argument(0), call.argument(1));
    });
  }
}

}  // namespace fcc::app
