// SPDX-License-Identifier: Apache-2.0
//
// What a user picks, where the device is, and objects that play, record and
// connect: they do at once what they are told and say so to their listeners.

#include <algorithm>

#include "runtime/base/format.h"
#include "simulator/host/simulated_host.h"

namespace fcc::host {

using app::ApiCall;
using app::ApiReply;
using app::ApiResult;
using value::Value;

static Value Number(double number) {
  return Value::Number(number);
}

std::string SimulatedHost::NewTempFile(std::string_view extension,
                                       std::string bytes) {
  std::string path =
      base::format("wxfile://tmp_{}.{}", ++last_temp_file_, extension);
  files_[path] = std::move(bytes);
  return path;
}

// A user always picks one thing.
void SimulatedHost::Choose(const ApiCall& call, ApiReply& reply) {
  constexpr double kSize = 1024;
  if (call.name == "chooseImage") {
    const Value path = Value::String(NewTempFile("png"));
    reply(ApiResult::Ok(Value::ObjectOf({
        {"tempFilePaths", Value::ArrayOf({path})},
        {"tempFiles", Value::ArrayOf({Value::ObjectOf(
                          {{"path", path}, {"size", Number(kSize)}})})},
    })));
    return;
  }
  if (call.name == "chooseVideo") {
    reply(ApiResult::Ok(Value::ObjectOf({
        {"tempFilePath", Value::String(NewTempFile("mp4"))},
        {"duration", Number(10)},
        {"size", Number(kSize)},
        {"width", Number(100)},
        {"height", Number(100)},
    })));
    return;
  }
  if (call.name == "chooseMessageFile") {
    reply(ApiResult::Ok(Value::ObjectOf(
        {{"tempFiles", Value::ArrayOf({Value::ObjectOf({
                           {"path", Value::String(NewTempFile("txt"))},
                           {"name", Value::String("file.txt")},
                           {"size", Number(kSize)},
                           {"type", Value::String("file")},
                           {"time", Number(clock_.NowMs() / 1000)},
                       })})}})));
    return;
  }
  // chooseMedia
  const Value wanted = call.Options().Get("mediaType");
  const bool video = wanted.IsArray() && wanted.array().items.size() == 1 &&
                     wanted.array().items[0].ToDisplayString() == "video";
  const std::string type = video ? "video" : "image";
  Value file = Value::ObjectOf({
      {"tempFilePath", Value::String(NewTempFile(video ? "mp4" : "png"))},
      {"size", Number(kSize)},
      {"fileType", Value::String(type)},
  });
  if (video) {
    file.MutableObject().Set("duration", Number(10));
    file.MutableObject().Set("width", Number(100));
    file.MutableObject().Set("height", Number(100));
    file.MutableObject().Set("thumbTempFilePath",
                             Value::String(NewTempFile("png")));
  }
  reply(ApiResult::Ok(Value::ObjectOf(
      {{"tempFiles", Value::ArrayOf({file})}, {"type", Value::String(type)}})));
}

void SimulatedHost::ScanCode(const ApiCall&, ApiReply& reply) {
  reply(ApiResult::Ok(Value::ObjectOf({
      {"result", Value::String("1234567890")},
      {"scanType", Value::String("QR_CODE")},
      {"charSet", Value::String("UTF-8")},
      {"path", Value::String("")},
      {"rawData", Value::String("MTIzNDU2Nzg5MA==")},
  })));
}

void SimulatedHost::Location(const ApiCall& call, ApiReply& reply) {
  Value place = Value::ObjectOf({
      {"latitude", Number(device_.latitude)},
      {"longitude", Number(device_.longitude)},
  });
  value::Object& members = place.MutableObject();
  if (call.name == "getLocation") {
    for (const auto& [name, number] :
         {std::pair("speed", -1.0), std::pair("accuracy", 65.0),
          std::pair("altitude", 0.0), std::pair("verticalAccuracy", 65.0),
          std::pair("horizontalAccuracy", 65.0)}) {
      members.Set(name, Number(number));
    }
  } else {
    members.Set("name", Value::String("测试地点"));
    members.Set("address", Value::String("测试地址"));
  }
  reply(ApiResult::Ok(std::move(place)));
}

void SimulatedHost::OpenLocation(const ApiCall& call, ApiReply& reply) {
  for (const std::string_view name : {"latitude", "longitude"}) {
    const Value number = call.Options().Get(name);
    if (!number.IsNumber()) {
      reply(ApiResult::Fail(WrongType(name, "Number", number)));
      return;
    }
  }
  Noted(call, reply);
}

void SimulatedHost::SubscribeMessage(const ApiCall& call, ApiReply& reply) {
  const Value ids = call.Options().Get("tmplIds");
  if (!ids.IsArray() || ids.array().items.empty()) {
    reply(ApiResult::Fail("tmplIds can not be empty"));
    return;
  }
  Value answers = Value::NewObject();
  for (const Value& id : ids.array().items) {
    answers.MutableObject().Set(id.ToDisplayString(), Value::String("accept"));
  }
  reply(ApiResult::Ok(std::move(answers)));
}

void SimulatedHost::Player(const ApiCall& call, ApiReply& reply) {
  const std::string_view method = call.name.substr(call.name.find('.') + 1);
  ApiResult result = ApiResult::Ok();
  if (method == "play") {
    result.events = {{"Canplay", {}}, {"Play", {}}};
  } else if (method == "pause") {
    result.events = {{"Pause", {}}};
  } else if (method == "stop") {
    result.events = {{"Stop", {}}};
  } else if (method == "seek") {
    result.events = {{"Seeking", {}}, {"Seeked", {}}};
  }
  reply(std::move(result));
}

void SimulatedHost::Recorder(const ApiCall& call, ApiReply& reply) {
  const std::string_view method = call.name.substr(call.name.find('.') + 1);
  ApiResult result = ApiResult::Ok();
  if (method == "start") {
    result.events = {{"Start", {}}};
  } else if (method == "pause") {
    result.events = {{"Pause", {}}};
  } else if (method == "resume") {
    result.events = {{"Resume", {}}};
  } else if (method == "stop") {
    result.events = {
        {"Stop", Value::ObjectOf({
                     {"tempFilePath", Value::String(NewTempFile("aac"))},
                     {"duration", Number(1000)},
                     {"fileSize", Number(1024)},
                 })}};
  }
  reply(std::move(result));
}

// There is no new version.
void SimulatedHost::UpdateManager(const ApiCall&, ApiReply& reply) {
  ApiResult result = ApiResult::Ok(Value::NewObject());
  result.events = {
      {"CheckForUpdate", Value::ObjectOf({{"hasUpdate", Value::Bool(false)}})}};
  reply(std::move(result));
}

}  // namespace fcc::host
