// SPDX-License-Identifier: Apache-2.0
//
// The part of `app` that is the other end of sockets:
//
//   app.mockSocket(url, {open, message, fail, delay})
//     open: what is said first; message: the answer to each message, or a
//     function of the message and the socket; fail: there is no connection;
//     delay: ms. A function in its place is {message: function}. What is said
//     is one message or a list of them; what is neither text nor bytes goes as
//     JSON, and undefined is nothing.
//   app.sendToSocket(url, message), app.closeSocket(url, code, reason)
//   app.sockets(): [{url, state, sent, code, reason}], oldest first

#include "runtime/base/format.h"
#include "runtime/value/value_json.h"
#include "simulator/scenario/app_object.h"

namespace fcc::scenario {

using script::CallInfo;
using script::Handle;
using value::Value;

static std::string_view StateName(host::SocketState state) {
  switch (state) {
    case host::SocketState::kConnecting:
      return "connecting";
    case host::SocketState::kOpen:
      return "open";
    case host::SocketState::kClosed:
      return "closed";
  }
  return "";
}

static Value SocketValue(const host::SocketRecord& socket) {
  Value value = Value::ObjectOf({
      {"url", Value::String(socket.url)},
      {"state", Value::String(StateName(socket.state))},
      {"sent", Value::ArrayOf(socket.sent)},
  });
  if (socket.state == host::SocketState::kClosed) {
    value.MutableObject().Set("code", Value::Number(socket.code));
    value.MutableObject().Set("reason", Value::String(socket.reason));
  }
  return value;
}

// Sockets carry text and bytes.
static Value MessageOf(const Value& value) {
  return value.IsString() || value.kind() == value::Kind::kBytes
             ? value
             : Value::String(value::ToJson(value));
}

static std::vector<Value> MessagesOf(const Value& value) {
  std::vector<Value> messages;
  if (value.IsArray()) {
    for (const Value& item : value.array().items) {
      messages.push_back(MessageOf(item));
    }
  } else if (!value.IsUndefined()) {
    messages.push_back(MessageOf(value));
  }
  return messages;
}

void AppObject::DefineSockets() {
  Sync(app_, "mockSocket", 2,
       [this](const CallInfo& call) { return MockSocket(call); });
  Sync(app_, "sockets", 0, [this](const CallInfo&) -> Result {
    Value list = Value::NewArray();
    for (const host::SocketRecord& socket : session_.host().sockets()) {
      list.MutableArray().items.push_back(SocketValue(socket));
    }
    return FromValue(list);
  });
  Async(app_, "sendToSocket", 2, [this](const CallInfo& call) -> Result {
    FCC_TRY_ASSIGN(const uint32_t socket, OpenSocket(call.argument(0)));
    FCC_TRY_ASSIGN(const Value said, heap_.ToValue(call.argument(1)));
    for (const Value& message : MessagesOf(said)) {
      session_.host().PushToSocket(socket, message);
    }
    return Handle();
  });
  Async(app_, "closeSocket", 3, [this](const CallInfo& call) -> Result {
    FCC_TRY_ASSIGN(const uint32_t socket, OpenSocket(call.argument(0)));
    constexpr int kGoingAway = 1001;
    session_.host().CloseSocket(
        socket,
        call.argument(1).IsNumber()
            ? static_cast<int>(heap_.AsNumber(call.argument(1)))
            : kGoingAway,
        heap_.AsString(call.argument(2)));
    return Handle();
  });
}

AppObject::Result AppObject::MockSocket(const CallInfo& call) {
  if (!call.argument(0).IsString() || !call.argument(1).IsObject()) {
    return script::ThrowTypeError(
        "mockSocket(url, answers) takes a string and an object or function");
  }
  SocketMock mock;
  mock.url = heap_.AsString(call.argument(0));
  mock.answers = call.argument(1);
  if (mock.answers.IsFunction()) {
    mock.answers = heap_.NewObject();
    FCC_TRY(heap_.Set(mock.answers, "message", call.argument(1)));
  }
  std::erase_if(socket_mocks_,
                [&](const SocketMock& other) { return other.url == mock.url; });
  socket_mocks_.push_back(std::move(mock));
  return Handle();
}

script::Result<uint32_t> AppObject::OpenSocket(const Handle& url) {
  const std::string wanted = heap_.AsString(url);
  const std::vector<host::SocketRecord>& sockets = session_.host().sockets();
  for (auto socket = sockets.rbegin(); socket != sockets.rend(); ++socket) {
    if (socket->state == host::SocketState::kOpen &&
        UrlMatches(wanted, socket->url)) {
      return socket->object;
    }
  }
  return script::Throw(
      script::ErrorType::kError,
      base::format("the app has no open socket to \"{}\"", wanted));
}

std::optional<host::SocketAnswer> AppObject::AnswerSocket(
    const host::SocketRecord& socket, const Value* sent) {
  for (auto mock = socket_mocks_.rbegin(); mock != socket_mocks_.rend();
       ++mock) {
    if (!UrlMatches(mock->url, socket.url)) {
      continue;
    }
    const auto read = [&]() -> script::Result<host::SocketAnswer> {
      host::SocketAnswer answer;
      FCC_TRY_ASSIGN(const Handle delay, heap_.Get(mock->answers, "delay"));
      answer.delay_ms = delay.IsNumber() ? heap_.AsNumber(delay) : 0;
      FCC_TRY_ASSIGN(const Handle fail, heap_.Get(mock->answers, "fail"));
      if (sent == nullptr && heap_.ToBoolean(fail)) {
        answer.failure = heap_.AsString(fail);
        return answer;
      }
      FCC_TRY_ASSIGN(
          Handle said,
          heap_.Get(mock->answers, sent == nullptr ? "open" : "message"));
      if (said.IsFunction()) {
        std::vector<Handle> arguments = {FromValue(SocketValue(socket))};
        if (sent != nullptr) {
          arguments.insert(arguments.begin(), FromValue(*sent));
        }
        FCC_TRY_ASSIGN(said, heap_.Call(said, heap_.Undefined(), arguments));
      }
      FCC_TRY_ASSIGN(const Value value, heap_.ToValue(said));
      answer.messages = MessagesOf(value);
      return answer;
    };
    script::Result<host::SocketAnswer> answer = read();
    if (answer) {
      return *std::move(answer);
    }
    // As a request whose mock throws.
    host::SocketAnswer failed;
    failed.failure = answer.error().Summary();
    return failed;
  }
  return std::nullopt;
}

}  // namespace fcc::scenario
