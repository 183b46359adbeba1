// SPDX-License-Identifier: Apache-2.0
//
// Storage, in memory, with the limits of the platform.

#include "runtime/base/format.h"
#include "runtime/value/message.h"
#include "simulator/host/simulated_host.h"

namespace fcc::host {

using app::ApiCall;
using app::ApiReply;
using app::ApiResult;
using value::Value;

// Of the synchronous form the first argument, of the other the `key` option.
static std::string KeyOf(const ApiCall& call) {
  const Value key =
      call.synchronous ? call.Options() : call.Options().Get("key");
  return key.IsUndefined() ? std::string() : key.ToDisplayString();
}

void SimulatedHost::GetStorage(const ApiCall& call, ApiReply& reply) {
  const auto found = storage_.find(KeyOf(call));
  if (call.synchronous) {
    reply(ApiResult::Ok(found == storage_.end() ? Value::String("")
                                                : found->second));
  } else if (found == storage_.end()) {
    reply(ApiResult::Fail("data not found"));
  } else {
    reply(ApiResult::Ok(Value::ObjectOf({{"data", found->second}})));
  }
}

static size_t SizeOf(const std::string& key, const Value& value) {
  const base::Result<std::string> message = value::EncodeMessage(value);
  return key.size() + (message ? message->size() : 0);
}

// Empty, or why `data` cannot be kept under `key`.
std::string SimulatedHost::Store(const std::string& key, Value data) {
  constexpr size_t kMaxItem = size_t{1} << 20;
  constexpr size_t kMaxTotal = size_t{10} << 20;
  const size_t size = SizeOf(key, data);
  if (size > kMaxItem) {
    return "exceed storage item max length";
  }
  const auto found = storage_.find(key);
  const size_t before =
      found == storage_.end() ? 0 : SizeOf(key, found->second);
  size_t total = size - before;
  for (const auto& [name, value] : storage_) {
    total += SizeOf(name, value);
  }
  if (total > kMaxTotal) {
    return "exceed storage max size 10Mb";
  }
  storage_[key] = std::move(data);
  return {};
}

void SimulatedHost::SetStorage(const ApiCall& call, ApiReply& reply) {
  const Value data = !call.synchronous           ? call.Options().Get("data")
                     : call.arguments.size() > 1 ? call.arguments[1]
                                                 : Value();
  const Value key =
      call.synchronous ? call.Options() : call.Options().Get("key");
  if (!key.IsString()) {
    reply(ApiResult::Fail(WrongType("key", "String", key)));
    return;
  }
  const std::string failure = Store(std::string(key.string()), data);
  reply(failure.empty() ? ApiResult::Ok() : ApiResult::Fail(failure));
}

void SimulatedHost::RemoveStorage(const ApiCall& call, ApiReply& reply) {
  storage_.erase(KeyOf(call));
  reply(ApiResult::Ok());
}

void SimulatedHost::ClearStorage(const ApiCall& call, ApiReply& reply) {
  static_cast<void>(call);
  storage_.clear();
  reply(ApiResult::Ok());
}

void SimulatedHost::GetStorageInfo(const ApiCall& call, ApiReply& reply) {
  static_cast<void>(call);
  Value keys = Value::NewArray();
  size_t bytes = 0;
  for (const auto& [key, value] : storage_) {
    keys.MutableArray().items.push_back(Value::String(key));
    bytes += SizeOf(key, value);
  }
  reply(ApiResult::Ok(Value::ObjectOf(
      {{"keys", keys},
       {"currentSize",
        Value::Number(static_cast<double>((bytes + 1023) / 1024))},
       {"limitSize", Value::Number(10240)}})));
}

void SimulatedHost::BatchGetStorage(const ApiCall& call, ApiReply& reply) {
  const Value keys =
      call.synchronous ? call.Options() : call.Options().Get("keyList");
  Value list = Value::NewArray();
  if (keys.IsArray()) {
    for (const Value& key : keys.array().items) {
      const auto found = storage_.find(key.ToDisplayString());
      list.MutableArray().items.push_back(
          found == storage_.end() ? Value::String("") : found->second);
    }
  }
  reply(ApiResult::Ok(
      call.synchronous ? list : Value::ObjectOf({{"dataList", list}})));
}

void SimulatedHost::BatchSetStorage(const ApiCall& call, ApiReply& reply) {
  const Value list =
      call.synchronous ? call.Options() : call.Options().Get("kvList");
  if (list.IsArray()) {
    for (const Value& item : list.array().items) {
      const std::string failure =
          Store(item.Get("key").ToDisplayString(), item.Get("value"));
      if (!failure.empty()) {
        reply(ApiResult::Fail(failure));
        return;
      }
    }
  }
  reply(ApiResult::Ok());
}

}  // namespace fcc::host
