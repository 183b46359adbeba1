// SPDX-License-Identifier: Apache-2.0

#include "cli/publish/platform_client.h"

#include <algorithm>
#include <charconv>

#include "runtime/base/format.h"
#include "runtime/base/json.h"

namespace fcc::publish {

// A document owns the text it was made of.
struct PlatformClient::Answer {
  std::string text;
  base::JsonDocument document;
  const base::JsonNode* data = nullptr;
};

static std::string TextOf(const base::JsonNode* object, std::string_view key) {
  const base::JsonNode* node = object == nullptr ? nullptr : object->Find(key);
  if (node == nullptr) {
    return "";
  }
  // Ids may be numbers on another platform.
  return node->IsNumber() ? base::NumberToString(node->number)
                          : std::string(node->StringOr(""));
}

// Worth another try: the platform, or something before it, was not ready.
static bool IsPassing(const CallFailure& failure) {
  switch (failure.status) {
    case 0:
      return failure.kind == base::ErrorKind::kNetwork ||
             failure.kind == base::ErrorKind::kTimeout;
    case 429:
    case 502:
    case 503:
    case 504:
      return true;
    default:
      return false;
  }
}

// The first words of an answer that is no JSON: a proxy's page, often.
static std::string Excerpt(std::string_view body) {
  std::string text;
  bool in_tag = false;
  for (char letter : body) {
    if (letter == '<') {
      in_tag = true;
    } else if (letter == '>') {
      in_tag = false;
      letter = ' ';
    }
    if (in_tag || static_cast<unsigned char>(letter) < 0x20) {
      letter = ' ';
    }
    if (letter != ' ' || (!text.empty() && text.back() != ' ')) {
      text += letter;
    }
    if (text.size() == 80) {
      break;
    }
  }
  return text;
}

std::string PlatformClient::UrlOf(std::string_view path) const {
  return net::JoinUrl(net::JoinUrl(options_.platform_url, "/api/v1/open/dev"),
                      path);
}

net::HttpRequest PlatformClient::PostJson(std::string_view path,
                                          std::string json) const {
  return {.method = "POST",
          .url = UrlOf(path),
          .headers = {{"Content-Type", "application/json"}},
          .body = std::move(json)};
}

// Success is a 2xx whose errcode is "OK" or absent: the official client looks
// at neither.
static bool IsSuccess(int status, std::string_view code) {
  return status >= 200 && status < 300 &&
         (code.empty() || code == "OK" || code == "0");
}

static CallFailure FailureOf(const net::HttpResponse& response,
                             const base::JsonDocument& document) {
  CallFailure failure;
  failure.status = response.status;
  failure.code = TextOf(document.root, "errcode");
  failure.message = TextOf(document.root, "error");
  failure.trace_id = TextOf(document.root, "traceid");
  if (!document.ok() || !document.root->IsObject()) {
    failure.message = base::format("status {}, and no JSON: {}",
                                   response.status, Excerpt(response.body));
  } else if (failure.message.empty()) {
    failure.message = base::format("status {}", response.status);
  }
  if (failure.code.empty() && response.status == 401) {
    failure.code = "UNAUTHORIZED";
  }
  return failure;
}

// Half a second, then twice as long each time; what the platform asks for
// counts where it is more.
static int WaitBefore(int try_number, const net::HttpResponse* response) {
  int wait_ms = 500 << std::min(try_number, 5);
  if (response != nullptr) {
    const std::string_view asked = response->headers.Get("Retry-After");
    int seconds = 0;
    std::from_chars(asked.data(), asked.data() + asked.size(), seconds);
    wait_ms = std::max(wait_ms, std::min(seconds, 60) * 1000);
  }
  return wait_ms;
}

Called<PlatformClient::Answer> PlatformClient::Call(std::string_view what,
                                                    net::HttpRequest request) {
  request.headers.Add("Authorization", "Bearer " + options_.token);
  request.headers.Add("Accept", "application/json, text/plain, */*");
  for (int try_number = 0;; ++try_number) {
    CallFailure failure;
    const base::Result<net::HttpResponse> response = transport_.Send(request);
    if (response) {
      Answer answer;
      answer.text = response->body;
      answer.document = base::ParseJson(answer.text);
      if (answer.document.ok() && answer.document.root->IsObject() &&
          IsSuccess(response->status,
                    TextOf(answer.document.root, "errcode"))) {
        answer.data = answer.document.root->Find("data");
        return answer;
      }
      failure = FailureOf(*response, answer.document);
    } else {
      failure.kind = response.error().kind;
      failure.message = response.error().message;
    }
    if (try_number >= options_.retries || !IsPassing(failure)) {
      return failure;
    }
    const int wait_ms = WaitBefore(try_number, response ? &*response : nullptr);
    if (options_.retrying) {
      options_.retrying(what, failure, wait_ms);
    }
    options_.sleep(wait_ms);
  }
}

// FinClip's client takes an answer without the id for success; the next step
// would fail with words that point nowhere.
static CallFailure MissingId(std::string_view key) {
  return {.kind = base::ErrorKind::kRefused,
          .message = base::format("the platform's answer has no `{}`", key),
          .code = {},
          .trace_id = {},
          .status = 200};
}

Called<std::string> PlatformClient::CallForId(std::string_view what,
                                              net::HttpRequest request,
                                              std::string_view key) {
  const Called<Answer> called = Call(what, std::move(request));
  if (!called.ok()) {
    return called.failure;
  }
  std::string id = TextOf(called.value->data, key);
  if (id.empty()) {
    return MissingId(key);
  }
  return id;
}

static std::optional<RemoteVersion> ReadVersion(const base::JsonNode* data,
                                                std::string_view key) {
  const base::JsonNode* node = data == nullptr ? nullptr : data->Find(key);
  if (node == nullptr || !node->IsObject()) {
    return std::nullopt;
  }
  return RemoteVersion{TextOf(node, "version"), TextOf(node, "ext"),
                       TextOf(node, "miniAppCompiledPackageId"),
                       TextOf(node, "miniAppVersionId")};
}

Called<LatestVersions> PlatformClient::Latest(std::string_view app_id) {
  const Called<Answer> called = Call(
      kLatestPath, {.url = base::format("{}?miniAppId={}", UrlOf(kLatestPath),
                                        net::PercentEncode(app_id))});
  if (!called.ok()) {
    return called.failure;
  }
  const base::JsonNode* data = called.value->data;
  return LatestVersions{ReadVersion(data, "onlineVersion"),
                        ReadVersion(data, "reviewVersion"),
                        ReadVersion(data, "latestCompiledPackage")};
}

Called<std::string> PlatformClient::Upload(std::string_view app_id,
                                           const UploadFile& file) {
  const std::vector<net::FormPart> parts = {
      {.name = "appId", .body = std::string(app_id)},
      {.name = "uploadFile",
       .file_name = file.name,
       .content_type = "application/zip",
       .body = file.bytes}};
  const std::string boundary = net::MakeBoundary(parts);
  return CallForId(file.name,
                   {.method = "POST",
                    .url = UrlOf(kUploadPath),
                    .headers = {{"Content-Type",
                                 "multipart/form-data; boundary=" + boundary}},
                    .body = net::WriteMultipart(parts, boundary),
                    .timeout_ms = 300000},
                   "netdiskID");
}

static void AppendMember(std::string& out, std::string_view name,
                         std::string_view text) {
  base::AppendJsonString(out, name);
  out += ':';
  base::AppendJsonString(out, text);
  out += ',';
}

Called<std::string> PlatformClient::RegisterBuild(const BuildRequest& build) {
  std::string body = "{\"cmd\":1,";
  AppendMember(body, "miniAppId", build.app_id);
  AppendMember(body, "version", build.version);
  AppendMember(body, "versionRemark", build.description);
  AppendMember(body, "ext", build.ext);
  if (!build.app->extension_json.empty()) {
    body += base::format("\"packageConfig\":{},", build.app->extension_json);
  }
  body += base::format("\"packages\":{},\"filesFromNetdisk\":[",
                       build.app->packages_json);
  for (size_t at = 0; at < build.netdisk_ids.size(); ++at) {
    body += at == 0 ? "{\"name\":" : ",{\"name\":";
    base::AppendJsonString(body, build.app->files[at].name);
    body += ",\"netdiskID\":";
    base::AppendJsonString(body, build.netdisk_ids[at]);
    body += '}';
  }
  body += "]}";
  net::HttpRequest request = PostJson(kBuildPath, std::move(body));
  request.timeout_ms = 300000;
  return CallForId(kBuildPath, std::move(request), "miniAppCompiledPackageId");
}

Called<std::string> PlatformClient::Submit(std::string_view package_id,
                                           bool publish) {
  std::string body = "{\"miniAppCompiledPackageId\":";
  base::AppendJsonString(body, package_id);
  body += base::format(",\"autoPub\":{}}}", publish);
  return CallForId(kSubmitPath, PostJson(kSubmitPath, std::move(body)),
                   "miniAppVersionId");
}

Called<Review> PlatformClient::GetReview(std::string_view version_id) {
  const Called<Answer> called =
      Call(kReviewPath, {.url = base::format("{}/{}", UrlOf(kReviewPath),
                                             net::PercentEncode(version_id))});
  if (!called.ok()) {
    return called.failure;
  }
  Review review;
  review.audit_id = TextOf(called.value->data, "miniAppAuditId");
  if (review.audit_id.empty()) {
    return MissingId("miniAppAuditId");
  }
  const std::string status = TextOf(called.value->data, "status");
  review.state = status == "4"   ? ReviewState::kPassed
                 : status == "5" ? ReviewState::kRejected
                 : status == "1" ? ReviewState::kReviewing
                                 : ReviewState::kUnknown;
  return review;
}

Called<bool> PlatformClient::Approve(std::string_view audit_id,
                                     std::string_view note) {
  std::string body = "{";
  AppendMember(body, "auditDesc", note);
  AppendMember(body, "miniAppAuditId", audit_id);
  body += "\"status\":4}";
  const Called<Answer> called =
      Call(kDecidePath, PostJson(kDecidePath, std::move(body)));
  if (!called.ok()) {
    return called.failure;
  }
  return true;
}

}  // namespace fcc::publish
