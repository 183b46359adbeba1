// SPDX-License-Identifier: Apache-2.0
//
// WebSockets whose other end is a test. One that nobody mocked fails, and the
// message says so.

#include <algorithm>

#include "runtime/base/format.h"
#include "simulator/host/simulated_host.h"

namespace fcc::host {

using app::ApiCall;
using app::ApiReply;
using app::ApiResult;
using value::Value;

// Codes of RFC 6455, section 7.4.1.
static constexpr int kClosedNormally = 1000;
static constexpr int kClosedAbnormally = 1006;

// What a connection that nobody mocked takes to fail: apps connect again at
// once.
static constexpr double kFailureMs = 100;

SocketRecord* SimulatedHost::FindSocket(uint32_t object) {
  // Without an object the functions of wx mean the newest connection.
  for (auto socket = sockets_.rbegin(); socket != sockets_.rend(); ++socket) {
    if (object == 0 ? socket->state != SocketState::kClosed
                    : socket->object == object) {
      return &*socket;
    }
  }
  return nullptr;
}

void SimulatedHost::TellSocket(uint32_t object, std::string_view event,
                               const Value& argument) {
  if (on_object_event_) {
    on_object_event_(object, event, argument);
  }
  if (on_api_event_) {
    on_api_event_(base::format("Socket{}", event), argument);
  }
}

void SimulatedHost::CloseSocket(uint32_t object, int code,
                                const std::string& reason) {
  SocketRecord* socket = FindSocket(object);
  if (socket == nullptr || socket->state == SocketState::kClosed) {
    return;
  }
  socket->state = SocketState::kClosed;
  socket->code = code;
  socket->reason = reason;
  TellSocket(socket->object, "Close",
             Value::ObjectOf({{"code", Value::Number(code)},
                              {"reason", Value::String(reason)}}));
}

void SimulatedHost::PushToSocket(uint32_t object, const Value& message) {
  const SocketRecord* socket = FindSocket(object);
  if (socket != nullptr && socket->state == SocketState::kOpen) {
    TellSocket(socket->object, "Message", Value::ObjectOf({{"data", message}}));
  }
}

void SimulatedHost::TakeSocketAnswer(uint32_t object,
                                     const SocketAnswer& answer) {
  if (answer.failure) {
    TellSocket(object, "Error",
               Value::ObjectOf({{"errMsg", Value::String(*answer.failure)}}));
    CloseSocket(object, kClosedAbnormally, *answer.failure);
    return;
  }
  for (const Value& message : answer.messages) {
    PushToSocket(object, message);
  }
}

void SimulatedHost::ConnectSocket(uint32_t object) {
  SocketRecord* socket = FindSocket(object);
  if (socket == nullptr || socket->state != SocketState::kConnecting) {
    return;
  }
  std::optional<SocketAnswer> answer;
  if (socket_handler_) {
    answer = socket_handler_(*socket, nullptr);
  }
  if (!answer) {
    answer.emplace();
    answer->failure = base::format("{} is not mocked", socket->url);
    answer->delay_ms = kFailureMs;
  }
  tasks_.Post(answer->delay_ms, [this, object, answer = *std::move(answer)] {
    SocketRecord* opened = FindSocket(object);
    if (opened == nullptr || opened->state != SocketState::kConnecting) {
      return;
    }
    if (!answer.failure) {
      opened->state = SocketState::kOpen;
      TellSocket(object, "Open",
                 Value::ObjectOf({{"header", Value::NewObject()}}));
    }
    TakeSocketAnswer(object, answer);
  });
}

void SimulatedHost::SendToSocket(const ApiCall& call, ApiReply& reply) {
  const bool by_task = call.name == "SocketTask.send";
  SocketRecord* socket = FindSocket(by_task ? call.object : 0);
  if (socket == nullptr || socket->state != SocketState::kOpen) {
    reply(ApiResult::Fail(by_task ? "SocketTask.readyState is not OPEN"
                                  : "WebSocket is not connected"));
    return;
  }
  const Value data = call.Options().Get("data");
  socket->sent.push_back(data);
  reply(ApiResult::Ok(Value::NewObject()));
  const uint32_t object = socket->object;
  // Not inside the call: a test's function may itself use the app.
  tasks_.Post(0, [this, object, data] {
    const SocketRecord* at = FindSocket(object);
    std::optional<SocketAnswer> answer;
    if (at != nullptr && socket_handler_) {
      answer = socket_handler_(*at, &data);
    }
    if (answer) {
      tasks_.Post(answer->delay_ms,
                  [this, object, answer = *std::move(answer)] {
                    TakeSocketAnswer(object, answer);
                  });
    }
  });
}

void SimulatedHost::Socket(const ApiCall& call, ApiReply& reply) {
  if (call.name == "connectSocket") {
    SocketRecord socket;
    socket.object = call.object;
    socket.url = call.Options().Get("url").ToDisplayString();
    socket.options = call.Options();
    sockets_.push_back(std::move(socket));
    ApiResult result = ApiResult::Ok(Value::NewObject());
    result.goes_on = true;
    reply(std::move(result));
    tasks_.Post(0, [this, object = call.object] { ConnectSocket(object); });
    return;
  }
  if (call.name == "SocketTask.send" || call.name == "sendSocketMessage") {
    SendToSocket(call, reply);
    return;
  }
  SocketRecord* socket =
      FindSocket(call.name == "SocketTask.close" ? call.object : 0);
  if (socket == nullptr || socket->state == SocketState::kClosed) {
    reply(ApiResult::Fail("WebSocket is not connected"));
    return;
  }
  const Value code = call.Options().Get("code");
  const Value reason = call.Options().Get("reason");
  reply(ApiResult::Ok(Value::NewObject()));
  tasks_.Post(0, [this, object = socket->object,
                  code = code.IsNumber() ? static_cast<int>(code.number())
                                         : kClosedNormally,
                  reason = reason.IsNullish() ? "" : reason.ToDisplayString()] {
    CloseSocket(object, code, reason);
  });
}

}  // namespace fcc::host
