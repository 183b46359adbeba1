// SPDX-License-Identifier: Apache-2.0
//
// The few parts of the core that are easier said in script: objects that answer
// to everything, `wx.worklet`, binding. Compiled when first asked for, in the
// logic heap, before any code of the user's has had a chance to change what
// they use.

#ifndef FCC_RUNTIME_APP_PRELUDE_H_
#define FCC_RUNTIME_APP_PRELUDE_H_

#include <functional>
#include <string>
#include <string_view>

#include "runtime/app/logic.h"
#include "runtime/script/heap.h"

namespace fcc::app {

class Prelude {
 public:
  // `note` is told the name of each function of a stand-in that is called.
  Prelude(Logic& logic, std::function<void(std::string_view)> note);

  // What a call gives that no host answers: an object all of whose members are
  // functions, each of which gives the like. It is "" as text, NaN as a number,
  // has no elements and is no promise.
  script::Handle StandIn(std::string_view name);
  // Own copies of the prototype's functions on `instance`, bound to it.
  void BindMethods(const script::Handle& instance,
                   const script::Handle& prototype);
  // Of a canvas: any source is loaded at once. Pixels are transparent black.
  script::Handle Image();
  script::Handle ImageData(double width, double height);
  // wx.createAnimation: collects steps, which `export` hands over. The members
  // are the platform's own (actions, option, …), for programs read them.
  script::Handle Animation(const script::Handle& options);
  // wx.worklet: animations are at their end at once.
  script::Handle Worklet();
  // wx.router of custom routes: builders are kept, every page has a context.
  script::Handle CustomRoutes();

 private:
  script::Handle Part(std::string_view name);

  Logic& logic_;
  std::function<void(std::string_view)> note_;
  script::Handle parts_;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_PRELUDE_H_
