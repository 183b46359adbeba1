// SPDX-License-Identifier: Apache-2.0
//
// What the device says about itself and its user.

#include "runtime/value/value_json.h"
#include "simulator/host/simulated_host.h"

namespace fcc::host {

using app::ApiCall;
using app::ApiReply;
using app::ApiResult;
using value::Value;

static Value Number(double number) {
  return Value::Number(number);
}

static Value WindowInfoOf(const DeviceProfile& device) {
  return Value::ObjectOf({
      {"pixelRatio", Number(device.pixel_ratio)},
      {"screenWidth", Number(device.window_width)},
      {"screenHeight", Number(device.window_height)},
      {"windowWidth", Number(device.window_width)},
      {"windowHeight", Number(device.window_height)},
      {"statusBarHeight", Number(device.status_bar_height)},
      {"screenTop", Number(0)},
      {"safeArea",
       Value::ObjectOf({
           {"left", Number(0)},
           {"right", Number(device.window_width)},
           {"top", Number(device.status_bar_height)},
           {"bottom", Number(device.window_height)},
           {"width", Number(device.window_width)},
           {"height", Number(device.window_height - device.status_bar_height)},
       })},
  });
}

static Value DeviceInfoOf(const DeviceProfile& device) {
  return Value::ObjectOf({
      {"abi", Value::String("arm64-v8a")},
      {"benchmarkLevel", Number(1)},
      {"brand", Value::String(device.brand)},
      {"model", Value::String(device.model)},
      {"system", Value::String(device.system)},
      {"platform", Value::String(device.platform)},
      {"memorySize", Number(2048)},
  });
}

static Value AppBaseInfoOf(const DeviceProfile& device) {
  return Value::ObjectOf({
      {"SDKVersion", Value::String(device.sdk_version)},
      {"enableDebug", Value::Bool(false)},
      {"language", Value::String(device.language)},
      {"version", Value::String("8.0.5")},
      {"theme", Value::String(device.theme)},
      {"fontSizeSetting", Number(16)},
      {"host", Value::ObjectOf({{"env", Value::String("FinClip")}})},
  });
}

static void Add(Value& to, const Value& from) {
  for (const value::Object::Member& member : from.object().members()) {
    to.MutableObject().Set(member.key, member.value);
  }
}

Value SimulatedHost::SystemInfo() const {
  Value info = WindowInfoOf(device_);
  Add(info, DeviceInfoOf(device_));
  Add(info, AppBaseInfoOf(device_));
  Add(info, Value::ObjectOf({
                {"batteryLevel", Number(100)},
                {"albumAuthorized", Value::Bool(true)},
                {"cameraAuthorized", Value::Bool(true)},
                {"locationAuthorized", Value::Bool(true)},
                {"microphoneAuthorized", Value::Bool(true)},
                {"notificationAuthorized", Value::Bool(true)},
                {"bluetoothEnabled", Value::Bool(true)},
                {"locationEnabled", Value::Bool(true)},
                {"wifiEnabled", Value::Bool(true)},
                {"deviceOrientation", Value::String("portrait")},
            }));
  return info;
}

void SimulatedHost::GetSystemInfo(const ApiCall&, ApiReply& reply) {
  reply(ApiResult::Ok(SystemInfo()));
}

void SimulatedHost::GetWindowInfo(const ApiCall&, ApiReply& reply) {
  reply(ApiResult::Ok(WindowInfoOf(device_)));
}

void SimulatedHost::GetDeviceInfo(const ApiCall&, ApiReply& reply) {
  reply(ApiResult::Ok(DeviceInfoOf(device_)));
}

void SimulatedHost::GetAppBaseInfo(const ApiCall&, ApiReply& reply) {
  reply(ApiResult::Ok(AppBaseInfoOf(device_)));
}

void SimulatedHost::GetMenuButton(const ApiCall&, ApiReply& reply) {
  // The capsule of an iPhone 8, against the right edge.
  const double right = device_.window_width - 7;
  reply(ApiResult::Ok(Value::ObjectOf({
      {"width", Number(87)},
      {"height", Number(32)},
      {"top", Number(device_.status_bar_height + 4)},
      {"bottom", Number(device_.status_bar_height + 36)},
      {"left", Number(right - 87)},
      {"right", Number(right)},
  })));
}

void SimulatedHost::GetNetworkType(const ApiCall&, ApiReply& reply) {
  reply(ApiResult::Ok(Value::ObjectOf({
      {"networkType", Value::String(device_.network)},
      {"isConnected", Value::Bool(device_.network != "none")},
  })));
}

void SimulatedHost::GetAccountInfo(const ApiCall&, ApiReply& reply) {
  reply(ApiResult::Ok(Value::ObjectOf(
      {{"miniProgram",
        Value::ObjectOf({{"appId", Value::String(device_.app_id)},
                         {"envVersion", Value::String("develop")},
                         {"version", Value::String("")}})}})));
}

void SimulatedHost::GetSetting(const ApiCall&, ApiReply& reply) {
  reply(ApiResult::Ok(Value::ObjectOf(
      {{"authSetting", Value::NewObject()},
       {"subscriptionsSetting",
        Value::ObjectOf({{"mainSwitch", Value::Bool(true)}})}})));
}

void SimulatedHost::SystemSetting(const ApiCall& call, ApiReply& reply) {
  if (call.name == "getSystemSetting") {
    reply(ApiResult::Ok(Value::ObjectOf({
        {"bluetoothEnabled", Value::Bool(true)},
        {"locationEnabled", Value::Bool(true)},
        {"wifiEnabled", Value::Bool(true)},
        {"deviceOrientation", Value::String("portrait")},
    })));
    return;
  }
  Value settings = Value::NewObject();
  for (const std::string_view name :
       {"albumAuthorized", "bluetoothAuthorized", "cameraAuthorized",
        "locationAuthorized", "microphoneAuthorized",
        "notificationAuthorized"}) {
    settings.MutableObject().Set(name, Value::String("authorized"));
  }
  reply(ApiResult::Ok(std::move(settings)));
}

void SimulatedHost::Clipboard(const ApiCall& call, ApiReply& reply) {
  if (call.name == "setClipboardData") {
    clipboard_ = call.Options().Get("data").ToDisplayString();
    reply(ApiResult::Ok());
    return;
  }
  reply(ApiResult::Ok(Value::ObjectOf({{"data", Value::String(clipboard_)}})));
}

void SimulatedHost::Login(const ApiCall&, ApiReply& reply) {
  reply(ApiResult::Ok(
      Value::ObjectOf({{"code", Value::String("0a1b2c3d4e5f")}})));
}

void SimulatedHost::UserInfo(const ApiCall&, ApiReply& reply) {
  const Value user = Value::ObjectOf({
      {"nickName", Value::String("测试用户")},
      {"avatarUrl", Value::String("")},
      {"gender", Number(0)},
      {"country", Value::String("")},
      {"province", Value::String("")},
      {"city", Value::String("")},
      {"language", Value::String(device_.language)},
  });
  reply(ApiResult::Ok(Value::ObjectOf({
      {"userInfo", user},
      {"rawData", Value::String(value::ToJson(user))},
      {"signature", Value::String("")},
      {"encryptedData", Value::String("")},
      {"iv", Value::String("")},
  })));
}

void SimulatedHost::ImageInfo(const ApiCall& call, ApiReply& reply) {
  reply(ApiResult::Ok(Value::ObjectOf({
      {"width", Number(100)},
      {"height", Number(100)},
      {"path", call.Options().Get("src")},
      {"orientation", Value::String("up")},
      {"type", Value::String("png")},
  })));
}

}  // namespace fcc::host
