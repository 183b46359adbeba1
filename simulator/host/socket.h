// SPDX-License-Identifier: Apache-2.0
//
// The sockets of an app in the simulator: what it did with each, and what a
// test lets the other end say.

#ifndef FCC_SIMULATOR_HOST_SOCKET_H_
#define FCC_SIMULATOR_HOST_SOCKET_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/value/value.h"

namespace fcc::host {

enum class SocketState : uint8_t { kConnecting, kOpen, kClosed };

struct SocketRecord {
  // The SocketTask's number.
  uint32_t object = 0;
  std::string url;
  // As connectSocket got them.
  value::Value options;
  SocketState state = SocketState::kConnecting;
  // What the app sent, oldest first: text or bytes.
  std::vector<value::Value> sent;
  // Of kClosed.
  int code = 0;
  std::string reason;
};

// What the other end does about a connection or a message.
struct SocketAnswer {
  // Set where there can be no connection; says why.
  std::optional<std::string> failure;
  // Messages to send, in their order.
  std::vector<value::Value> messages;
  double delay_ms = 0;
};

}  // namespace fcc::host

#endif  // FCC_SIMULATOR_HOST_SOCKET_H_
