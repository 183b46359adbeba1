// SPDX-License-Identifier: Apache-2.0
//
// A network that knows what a test told it. What nobody mocked fails, and the
// message says how to mock it.

#include "runtime/base/format.h"
#include "runtime/value/value_json.h"
#include "simulator/host/simulated_host.h"

namespace fcc::host {

using app::ApiCall;
using app::ApiReply;
using app::ApiResult;
using value::Value;

// dataType "json" parses text that is JSON, as the platform does.
static Value DecodeBody(const Value& body, const Value& options) {
  const Value type = options.Get("dataType");
  if (!body.IsString() || (type.IsString() && type.string() != "json")) {
    return body;
  }
  const base::JsonDocument json = base::ParseJson(body.string());
  return json.ok() ? value::FromJson(*json.root) : body;
}

static Value ResultOf(std::string_view api, const NetworkResponse& response,
                      const Value& options) {
  const Value header =
      response.header.IsObject() ? response.header : Value::NewObject();
  Value result = Value::ObjectOf({
      {"statusCode", Value::Number(response.status)},
      {"header", header},
      {"cookies", Value::NewArray()},
  });
  if (api == "downloadFile") {
    result.MutableObject().Set(
        "tempFilePath",
        Value::String(base::format("wxfile://tmp_{}",
                                   options.Get("url").ToDisplayString())));
  } else if (api == "uploadFile") {
    result.MutableObject().Set(
        "data", response.data.IsString()
                    ? response.data
                    : Value::String(value::ToJson(response.data)));
  } else {
    result.MutableObject().Set("data", DecodeBody(response.data, options));
  }
  return result;
}

void SimulatedHost::Request(const ApiCall& call, ApiReply& reply) {
  const std::string api(call.name);
  const Value options = call.Options();
  ++pending_requests_;
  // The answer is asked for when the request goes out, not inside the call:
  // a test's function may itself use the app.
  tasks_.Post(0, [this, api, options, reply] {
    std::optional<NetworkResponse> response;
    if (network_) {
      response = network_({api, options});
    }
    if (!response) {
      response.emplace();
      response->failure = base::format("{} is not mocked",
                                       options.Get("url").ToDisplayString());
    }
    const auto answer = [this, api, options, reply, response = *response] {
      --pending_requests_;
      if (response.failure) {
        reply(ApiResult::Fail(*response.failure));
      } else {
        reply(ApiResult::Ok(ResultOf(api, response, options)));
      }
    };
    tasks_.Post(response->delay_ms, answer);
  });
}

}  // namespace fcc::host
