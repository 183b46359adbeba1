// SPDX-License-Identifier: Apache-2.0

#include "simulator/host/simulated_host.h"

#include <algorithm>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/base/format.h"

namespace fcc::host {

using value::Value;

SimulatedHost::SimulatedHost(double now_ms) : clock_(now_ms), tasks_(clock_) {}

SimulatedHost::~SimulatedHost() = default;

void SimulatedHost::SetTime(double now_ms) {
  clock_.SetNowMs(now_ms);
}

void SimulatedHost::ForgetApp() {
  tasks_.Clear();
  screen_ = {};
  views_.clear();
  modal_answers_.clear();
  sheet_answers_.clear();
  pending_requests_ = 0;
  sockets_.clear();
  preloads_.clear();
}

void SimulatedHost::SetTabBar(const Value& tab_bar) {
  Value list = Value::NewArray();
  const Value items = tab_bar.Get("list");
  if (items.IsArray()) {
    list = items;
  }
  screen_.tab_bar =
      Value::ObjectOf({{"list", list}, {"hidden", Value::Bool(false)}});
}

app::TaskId SimulatedHost::PostTask(double delay_ms,
                                    std::function<void()> task) {
  return tasks_.Post(delay_ms, std::move(task));
}

void SimulatedHost::CancelTask(app::TaskId task) {
  tasks_.Cancel(task);
}

// splitmix64: the same numbers in every run.
double SimulatedHost::Random() {
  random_ += 0x9E3779B97F4A7C15U;
  uint64_t bits = random_;
  bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9U;
  bits = (bits ^ bits >> 27) * 0x94D049BB133111EBU;
  bits ^= bits >> 31;
  return static_cast<double>(bits >> 11) * 0x1.0p-53;
}

const SimulatedHost::ApiRow* SimulatedHost::FindApi(std::string_view name) {
  static constexpr ApiRow kRows[] = {
#define FCC_HOST_API(api, function) {api, &SimulatedHost::function},
#include "simulator/host/apis.def"
#undef FCC_HOST_API
  };
  static_assert(std::is_sorted(std::begin(kRows), std::end(kRows),
                               [](const ApiRow& left, const ApiRow& right) {
                                 return left.name < right.name;
                               }),
                "apis.def must be sorted by name");
  const ApiRow* row =
      std::lower_bound(std::begin(kRows), std::end(kRows), name,
                       [](const ApiRow& left, std::string_view right) {
                         return left.name < right;
                       });
  return row != std::end(kRows) && row->name == name ? row : nullptr;
}

// Objects all of whose methods may be called and have no effect one could see.
static bool IsSilentMethod(std::string_view name) {
  static constexpr std::string_view kObjects[] = {
      "BackgroundAudioManager.",
      "CameraContext.",
      "CameraFrameListener.",
      "Canvas.",
      "CanvasContext.",
      "CanvasGradient.",
      "InnerAudioContext.",
      "InterstitialAd.",
      "LogManager.",
      "MapContext.",
      "Path2D.",
      "Performance.",
      "RealtimeLogManager.",
      "RecorderManager.",
      "RewardedVideoAd.",
      "UpdateManager.",
      "VideoContext.",
      "DownloadTask.",
      "UploadTask.",
      "EditorContext.",
      "ScrollViewContext.",
  };
  return std::any_of(
      std::begin(kObjects), std::end(kObjects),
      [name](std::string_view object) { return name.starts_with(object); });
}

app::ApiHandling SimulatedHost::CallApi(const app::ApiCall& call,
                                        app::ApiReply reply) {
  if (const ApiRow* row = FindApi(call.name)) {
    (this->*row->call)(call, reply);
    return app::ApiHandling::kHandled;
  }
  if (IsSilentMethod(call.name)) {
    reply(app::ApiResult::Ok());
    return app::ApiHandling::kHandled;
  }
  return app::ApiHandling::kUnsupported;
}

bool SimulatedHost::HasApi(std::string_view name) {
  return FindApi(name) != nullptr || IsSilentMethod(name);
}

void SimulatedHost::Log(app::LogLevel level, std::string_view text,
                        const std::vector<Value>& arguments) {
  static_cast<void>(arguments);
  logs_.push_back({level, std::string(text)});
  if (on_log_) {
    on_log_(logs_.back());
  }
}

void SimulatedHost::ReportError(const app::ErrorReport& error) {
  errors_.push_back(error);
  if (on_error_) {
    on_error_(error);
  }
}

void SimulatedHost::OnSetData(std::string_view component, const Value& patch) {
  if (on_set_data_) {
    on_set_data_(component, patch);
  }
}

void SimulatedHost::OnViewUpdate(app::PageId page, std::string message) {
  const base::Status status = views_[page].Apply(message);
  // The core made the message: only a bug of ours can make it wrong.
  FCC_CHECK(status.ok());
}

const app::ViewMirror* SimulatedHost::ViewOf(app::PageId page) const {
  const auto found = views_.find(page);
  return found == views_.end() ? nullptr : &found->second;
}

base::Result<std::string> SimulatedHost::LowerSource(std::string_view source,
                                                     bool is_function) {
  return lowerer_ ? lowerer_(source, is_function)
                  : app::HostServices::LowerSource(source, is_function);
}

bool SimulatedHost::MapPosition(app::SourcePosition& position) {
  return mapper_ && mapper_(position);
}

std::string WrongType(std::string_view name, std::string_view type,
                      const Value& given) {
  const std::string_view is = given.IsUndefined() ? "Undefined"
                              : given.IsNull()    ? "Null"
                              : given.IsBool()    ? "Boolean"
                              : given.IsNumber()  ? "Number"
                              : given.IsString()  ? "String"
                              : given.IsArray()   ? "Array"
                                                  : "Object";
  return base::format(
      "parameter error: parameter.{} should be {} instead of {};", name, type,
      is);
}

void SimulatedHost::Noted(const app::ApiCall& call, app::ApiReply& reply) {
  screen_.calls.push_back(Value::ObjectOf(
      {{"name", Value::String(call.name)}, {"options", call.Options()}}));
  reply(app::ApiResult::Ok());
}

void SimulatedHost::Silent(const app::ApiCall& call, app::ApiReply& reply) {
  static_cast<void>(call);
  reply(app::ApiResult::Ok(Value::NewObject()));
}

void SimulatedHost::NewSilentObject(const app::ApiCall& call,
                                    app::ApiReply& reply) {
  static_cast<void>(call);
  reply(app::ApiResult::Ok(Value::NewObject()));
}

void SimulatedHost::NewCanvasObject(const app::ApiCall& call,
                                    app::ApiReply& reply) {
  app::ApiResult result = app::ApiResult::Ok(Value::NewObject());
  if (call.name == "Canvas.getContext" &&
      call.Options().ToDisplayString() != "2d") {
    // Three dimensions are drawn by nobody here.
    result.value = Value::String("WebGLRenderingContext");
    result.object_type = app::kStandInType;
  } else if (call.name == "Canvas.getContext") {
    result.object_type = "CanvasContext";
  } else if (call.name == "Canvas.createPath2D") {
    result.object_type = "Path2D";
  } else if (call.name.ends_with("Gradient")) {
    result.object_type = "CanvasGradient";
  } else if (call.name == "createOffscreenCanvas") {
    result.object_type = "Canvas";
  } else {
    // An image's members are set by the page: width, height, onload, src.
    result.value = Value::ObjectOf(
        {{"width", Value::Number(0)}, {"height", Value::Number(0)}});
  }
  reply(std::move(result));
}

void SimulatedHost::EmptyList(const app::ApiCall&, app::ApiReply& reply) {
  reply(app::ApiResult::Ok(Value::NewArray()));
}

void SimulatedHost::Canvas(const app::ApiCall&, app::ApiReply& reply) {
  reply(app::ApiResult::Ok(Value::ObjectOf(
      {{"tempFilePath", Value::String("wxfile://tmp_canvas.png")}})));
}

void SimulatedHost::MeasureText(const app::ApiCall& call,
                                app::ApiReply& reply) {
  // Ten units a character, the size a canvas starts with.
  const std::string text = call.Options().ToDisplayString();
  reply(app::ApiResult::Ok(Value::ObjectOf(
      {{"width", Value::Number(10.0 * static_cast<double>(text.size()))}})));
}

}  // namespace fcc::host
