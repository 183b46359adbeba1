// SPDX-License-Identifier: Apache-2.0
//
// Storage and files, in memory.

#include "runtime/app/base64.h"
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

void SimulatedHost::SetStorage(const ApiCall& call, ApiReply& reply) {
  const Value data = !call.synchronous           ? call.Options().Get("data")
                     : call.arguments.size() > 1 ? call.arguments[1]
                                                 : Value();
  storage_[KeyOf(call)] = data;
  reply(ApiResult::Ok());
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
    const base::Result<std::string> message = value::EncodeMessage(value);
    bytes += key.size() + (message ? message->size() : 0);
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
      storage_[item.Get("key").ToDisplayString()] = item.Get("value");
    }
  }
  reply(ApiResult::Ok());
}

void SimulatedHost::Files(const ApiCall& call, ApiReply& reply) {
  const std::string_view method = call.name.substr(call.name.find('.') + 1);
  const auto argument = [&](std::string_view name, size_t index) {
    if (!call.synchronous) {
      return call.Options().Get(name);
    }
    return index < call.arguments.size() ? call.arguments[index] : Value();
  };
  const Value path_value = argument(
      method.starts_with("readdir") || method.starts_with("mkdir") ? "dirPath"
      : method.starts_with("access")                               ? "path"
                                                                   : "filePath",
      0);
  const std::string path = path_value.ToDisplayString();
  const auto found = files_.find(path);
  const auto missing = [&] {
    reply(ApiResult::Fail("no such file or directory, open '" + path + "'"));
  };
  if (method.starts_with("write") || method.starts_with("append")) {
    const Value data = argument("data", 1);
    std::string bytes =
        data.IsBytes() ? std::string(data.bytes()) : data.ToDisplayString();
    if (argument("encoding", 2).ToDisplayString() == "base64") {
      bytes = app::DecodeBase64(bytes);
    }
    files_[path] = method.starts_with("append") && found != files_.end()
                       ? found->second + bytes
                       : bytes;
    reply(ApiResult::Ok());
  } else if (method.starts_with("readdir")) {
    Value names = Value::NewArray();
    for (const auto& [name, bytes] : files_) {
      if (name.starts_with(path + "/")) {
        names.MutableArray().items.push_back(
            Value::String(name.substr(path.size() + 1)));
      }
    }
    reply(ApiResult::Ok(
        call.synchronous ? names : Value::ObjectOf({{"files", names}})));
  } else if (method.starts_with("read")) {
    if (found == files_.end()) {
      missing();
      return;
    }
    const Value encoding = argument("encoding", 1);
    Value data = Value::String(found->second);
    if (encoding.IsNullish()) {
      data = Value::Bytes(found->second);
    } else if (encoding.ToDisplayString() == "base64") {
      data = Value::String(app::EncodeBase64(found->second));
    }
    reply(ApiResult::Ok(call.synchronous ? data
                                         : Value::ObjectOf({{"data", data}})));
  } else if (method.starts_with("mkdir")) {
    reply(ApiResult::Ok());
  } else if (found == files_.end()) {
    missing();
  } else {
    if (method.starts_with("unlink")) {
      files_.erase(found);
    }
    reply(ApiResult::Ok());
  }
}

}  // namespace fcc::host
