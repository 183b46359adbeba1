// SPDX-License-Identifier: Apache-2.0
//
// EventChannel: what a page and the page that opened it talk through. Each has
// an end; what one emits, the other's listeners hear.

#ifndef FCC_RUNTIME_APP_EVENT_CHANNEL_H_
#define FCC_RUNTIME_APP_EVENT_CHANNEL_H_

#include "runtime/app/logic.h"
#include "runtime/script/heap.h"

namespace fcc::app {

class EventChannels {
 public:
  explicit EventChannels(Logic& logic) : logic_(logic) {}

  struct Ends {
    script::Handle opener;
    script::Handle opened;
  };
  // Two ends tied together. `events`, an object of functions or undefined,
  // are listeners of the opener's end.
  Ends Connect(const script::Handle& events);
  // An end that nobody listens behind.
  script::Handle Loose();

 private:
  script::Handle NewEnd(const script::Handle& own, const script::Handle& peer);

  Logic& logic_;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_EVENT_CHANNEL_H_
