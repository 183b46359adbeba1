// SPDX-License-Identifier: Apache-2.0

#include "simulator/platform/platform.h"

#include <algorithm>
#include <charconv>
#include <mutex>

#include "runtime/base/format.h"
#include "runtime/base/json.h"
#include "runtime/value/value_json.h"
#include "simulator/platform/store_internal.h"

namespace fcc::platform {

using value::Value;

namespace {

// What a route is given, taken apart.
struct Call {
  const net::HttpRequest& request;
  std::string query;
  // What `{}` of the route's pattern stood for, decoded.
  std::vector<std::string> captures;
  base::JsonDocument body;

  const base::JsonNode* Member(std::string_view name) const {
    return body.root == nullptr ? nullptr : body.root->Find(name);
  }
  std::string Text(std::string_view name) const {
    const base::JsonNode* node = Member(name);
    return node == nullptr ? "" : std::string(node->StringOr(""));
  }
};

using Answer = base::Result<Outcome<Value>>;

class PlatformServer : public Platform {
 public:
  PlatformServer(const PlatformOptions& options, Store store)
      : options_(options), store_(std::move(store)) {}

  net::HttpResponse Handle(const net::HttpRequest& request) override;

 private:
  struct Route {
    std::string_view method;
    // Below /api/v1; `{}` is one segment.
    std::string_view pattern;
    Answer (PlatformServer::*run)(const Call& call);
    bool has_json_body;
  };
  static const Route kRoutes[];

  net::HttpResponse Run(const Route& route, Call& call);
  net::HttpResponse Refuse(ErrorCode code, std::string_view detail = {});
  net::HttpResponse Write(int status, std::string_view code,
                          std::string_view error, Value data);
  bool MayUse(std::string_view app_id) const;

  Answer Upload(const Call& call);
  Answer UploadPlugin(const Call& call);
  Answer UploadLogo(const Call& call);
  Answer Build(const Call& call);
  Answer Submit(const Call& call);
  Answer ReviewState(const Call& call);
  Answer Decide(const Call& call);
  Answer Latest(const Call& call);
  Answer CreatePlugin(const Call& call);
  Answer PluginInfo(const Call& call);
  Answer UpdateApp(const Call& call);
  Answer SetDomains(const Call& call);
  Answer ListApps(const Call& call);
  Answer ListVersions(const Call& call);
  Answer Rollback(const Call& call);
  Answer TakeDown(const Call& call);
  Answer Download(const Call& call);
  Answer DownloadVersionFile(const Call& call);
  Answer StoreUpload(const Call& call, std::string_view part_name,
                     bool must_be_zip);

  const PlatformOptions options_;
  // Guards all below: requests are small, and SQLite writes one at a time.
  std::mutex mutex_;
  Store store_;
  uint64_t requests_ = 0;
};

}  // namespace

const PlatformServer::Route PlatformServer::kRoutes[] = {
    // FinClip's.
    {"POST", "/open/dev/mini-apps/compiled-package/upload",
     &PlatformServer::Upload, false},
    {"POST", "/open/dev/mini-apps/compiled-package/build",
     &PlatformServer::Build, true},
    {"POST", "/open/dev/mini-apps/versions/review/withdraw-submit",
     &PlatformServer::Submit, true},
    {"GET", "/open/dev/mini-apps/audit/versions/{}",
     &PlatformServer::ReviewState, false},
    {"POST", "/open/dev/mini-apps/audit/self/operate", &PlatformServer::Decide,
     true},
    {"GET", "/open/dev/mini-apps/versions/latest", &PlatformServer::Latest,
     false},
    {"POST", "/open/dev/plugin/upload", &PlatformServer::UploadPlugin, false},
    {"POST", "/open/dev/plugins/versions/create", &PlatformServer::CreatePlugin,
     true},
    {"GET", "/open/dev/plugins/version/get", &PlatformServer::PluginInfo,
     false},
    {"GET", "/open/dev/plugin/code/download/{}", &PlatformServer::Download,
     false},
    {"POST", "/open/dev/mini-apps/logo/upload", &PlatformServer::UploadLogo,
     false},
    {"POST", "/open/dev/mini-apps/update", &PlatformServer::UpdateApp, true},
    {"POST", "/open/dev/mini-apps/domains/create", &PlatformServer::SetDomains,
     true},
    // Ours: docs/platform.md.
    {"GET", "/fcc/mini-apps", &PlatformServer::ListApps, false},
    {"GET", "/fcc/mini-apps/{}/versions", &PlatformServer::ListVersions, false},
    {"GET", "/fcc/versions/{}/files/{}", &PlatformServer::DownloadVersionFile,
     false},
    {"POST", "/fcc/versions/{}/rollback", &PlatformServer::Rollback, false},
    {"POST", "/fcc/versions/{}/take-down", &PlatformServer::TakeDown, false},
};

// ---- ids and rows as the outside sees them

static std::string MakeId(std::string_view prefix, int64_t row) {
  return base::format("{}{}", prefix, row);
}

// 0, which no row has, for anything else.
static int64_t ReadId(std::string_view prefix, std::string_view id) {
  int64_t row = 0;
  if (id.starts_with(prefix)) {
    id.remove_prefix(prefix.size());
    std::from_chars(id.data(), id.data() + id.size(), row);
  }
  return row;
}

static std::string_view NameOf(VersionState state) {
  switch (state) {
    case VersionState::kReviewing:
      return "reviewing";
    case VersionState::kWithdrawn:
      return "withdrawn";
    case VersionState::kApproved:
      return "approved";
    case VersionState::kRejected:
      return "rejected";
    case VersionState::kOnline:
      return "online";
    case VersionState::kOffline:
      return "offline";
  }
  FCC_CHECK(false);
}

static Value ToValue(const PackageRow& package) {
  return Value::ObjectOf(
      {{"miniAppCompiledPackageId", Value::String(MakeId("pkg", package.id))},
       {"miniAppId", Value::String(package.app_id)},
       {"version", Value::String(package.version)},
       {"versionRemark", Value::String(package.remark)},
       {"ext", Value::String(package.ext)},
       {"created", Value::Number(package.created_ms)}});
}

static Value ToValue(const VersionRow& version) {
  Value result = ToValue(version.package);
  value::Object& object = result.MutableObject();
  object.Set("miniAppVersionId", Value::String(MakeId("ver", version.id)));
  object.Set("state", Value::String(NameOf(version.state)));
  object.Set("auditDesc", Value::String(version.audit_note));
  object.Set("created", Value::Number(version.created_ms));
  object.Set("decided", Value::Number(version.decided_ms));
  return result;
}

// The code of the review in FinClip's numbers: 4 passed, 5 rejected.
static double AuditStatusOf(VersionState state) {
  switch (state) {
    case VersionState::kReviewing:
      return 1;
    case VersionState::kWithdrawn:
      return 2;
    case VersionState::kRejected:
      return 5;
    case VersionState::kApproved:
    case VersionState::kOnline:
    case VersionState::kOffline:
      return 4;
  }
  FCC_CHECK(false);
}

template <typename T>
static Answer AnswerOf(const base::Result<Outcome<T>>& result) {
  if (!result) {
    return result.error();
  }
  if (!result->value) {
    return Outcome<Value>(result->refused);
  }
  return Outcome<Value>(ToValue(*result->value));
}

// ---- requests

// True when the path fits; what `{}` stood for goes to `captures`.
static bool Matches(std::string_view pattern, std::string_view path,
                    std::vector<std::string>& captures) {
  captures.clear();
  while (!pattern.empty()) {
    const size_t slot = pattern.find("{}");
    const std::string_view fixed = pattern.substr(0, slot);
    if (!path.starts_with(fixed)) {
      return false;
    }
    path.remove_prefix(fixed.size());
    if (slot == std::string_view::npos) {
      return path.empty();
    }
    const std::string_view segment = path.substr(0, path.find('/'));
    if (segment.empty()) {
      return false;
    }
    captures.push_back(net::PercentDecode(segment));
    path.remove_prefix(segment.size());
    pattern.remove_prefix(slot + 2);
  }
  return path.empty();
}

net::HttpResponse PlatformServer::Handle(const net::HttpRequest& request) {
  const std::lock_guard lock(mutex_);
  ++requests_;
  const size_t question = request.url.find('?');
  std::string_view path = std::string_view(request.url).substr(0, question);
  constexpr std::string_view kPrefix = "/api/v1";
  if (!path.starts_with(kPrefix)) {
    return Refuse(ErrorCode::kUnknownPath);
  }
  path.remove_prefix(kPrefix.size());
  if (options_.token.empty() ||
      request.headers.Get("Authorization") != "Bearer " + options_.token) {
    return Refuse(ErrorCode::kUnauthorized);
  }
  Call call{
      request,
      question == std::string::npos ? "" : request.url.substr(question + 1),
      {},
      {}};
  for (const Route& route : kRoutes) {
    if (route.method == request.method &&
        Matches(route.pattern, path, call.captures)) {
      return Run(route, call);
    }
  }
  return Refuse(ErrorCode::kUnknownPath);
}

net::HttpResponse PlatformServer::Run(const Route& route, Call& call) {
  if (route.has_json_body) {
    call.body = base::ParseJson(call.request.body);
    if (!call.body.ok() || !call.body.root->IsObject()) {
      return Refuse(ErrorCode::kBadRequest, "the body is no JSON object");
    }
  }
  const Answer answer = (this->*route.run)(call);
  if (!answer) {
    return Refuse(ErrorCode::kInternal, answer.error().message);
  }
  if (!answer->value) {
    return Refuse(answer->refused);
  }
  if (answer->value->IsBytes()) {
    return {200,
            {{"Content-Type", "application/zip"}},
            std::string(answer->value->bytes())};
  }
  return Write(200, "OK", "", *answer->value);
}

net::HttpResponse PlatformServer::Refuse(ErrorCode code,
                                         std::string_view detail) {
  const ErrorCodeInfo& info = InfoOf(code);
  return Write(info.status, info.code,
               detail.empty() ? std::string(info.meaning)
                              : base::format("{}: {}", info.meaning, detail),
               Value::Null());
}

net::HttpResponse PlatformServer::Write(int status, std::string_view code,
                                        std::string_view error, Value data) {
  const Value body = Value::ObjectOf(
      {{"errcode", Value::String(code)},
       {"error", Value::String(error)},
       {"data", std::move(data)},
       {"traceid", Value::String(base::format("t{:08x}", requests_))}});
  return {status,
          {{"Content-Type", "application/json; charset=utf-8"}},
          value::ToJson(body)};
}

bool PlatformServer::MayUse(std::string_view app_id) const {
  return !app_id.empty() &&
         (options_.apps.empty() ||
          std::find(options_.apps.begin(), options_.apps.end(), app_id) !=
              options_.apps.end());
}

// ---- FinClip's routes

Answer PlatformServer::StoreUpload(const Call& call, std::string_view part_name,
                                   bool must_be_zip) {
  const auto parts = net::ReadMultipart(
      call.request.headers.Get("Content-Type"), call.request.body);
  if (!parts) {
    return Outcome<Value>(ErrorCode::kBadRequest);
  }
  std::string app_id;
  const net::FormPart* file = nullptr;
  for (const net::FormPart& part : *parts) {
    if (part.name == "appId") {
      app_id = part.body;
    } else if (part.name == part_name) {
      file = &part;
    }
  }
  if (file == nullptr) {
    return Outcome<Value>(ErrorCode::kBadRequest);
  }
  if (must_be_zip && !MayUse(app_id)) {
    return Outcome<Value>(ErrorCode::kUnknownApp);
  }
  if (must_be_zip && !file->body.starts_with("PK")) {
    return Outcome<Value>(ErrorCode::kNoZip);
  }
  FCC_TRY_ASSIGN(const FileRow row,
                 store_.AddFile(app_id, file->file_name, file->body));
  return Outcome<Value>(
      Value::ObjectOf({{"netdiskID", Value::String(MakeId("nd", row.id))}}));
}

Answer PlatformServer::Upload(const Call& call) {
  return StoreUpload(call, "uploadFile", true);
}

// Plugins are sealed by FinClip's tool: their bytes are not looked at.
Answer PlatformServer::UploadPlugin(const Call& call) {
  return StoreUpload(call, "uploadFile", false);
}

Answer PlatformServer::UploadLogo(const Call& call) {
  return StoreUpload(call, "file", false);
}

Answer PlatformServer::Build(const Call& call) {
  PackageRow package;
  package.app_id = call.Text("miniAppId");
  package.version = call.Text("version");
  package.remark = call.Text("versionRemark");
  package.ext = call.Text("ext");
  const base::JsonNode* packages = call.Member("packages");
  const base::JsonNode* uploaded = call.Member("filesFromNetdisk");
  if (package.version.empty() || packages == nullptr || !packages->IsArray() ||
      uploaded == nullptr || !uploaded->IsArray()) {
    return Outcome<Value>(ErrorCode::kBadRequest);
  }
  if (!MayUse(package.app_id)) {
    return Outcome<Value>(ErrorCode::kUnknownApp);
  }
  if (package.remark.empty()) {
    return Outcome<Value>(ErrorCode::kNoRemark);
  }
  base::AppendJson(package.packages, *packages);
  if (const base::JsonNode* config = call.Member("packageConfig")) {
    base::AppendJson(package.package_config, *config);
  }
  std::vector<PackageFile> files;
  for (const base::JsonNode* item : uploaded->items) {
    const base::JsonNode* name = item->Find("name");
    const base::JsonNode* id = item->Find("netdiskID");
    if (name == nullptr || id == nullptr) {
      return Outcome<Value>(ErrorCode::kBadRequest);
    }
    files.push_back(
        {std::string(name->StringOr("")), ReadId("nd", id->StringOr(""))});
  }
  // By name: the packages are uploaded in any order.
  std::sort(files.begin(), files.end(),
            [](const PackageFile& a, const PackageFile& b) {
              return a.name < b.name;
            });
  auto has = [&](std::string_view name) {
    return std::any_of(
        files.begin(), files.end(),
        [&](const PackageFile& file) { return file.name == name; });
  };
  bool complete = has("app.zip");
  for (const base::JsonNode* item : packages->items) {
    const base::JsonNode* name = item->Find("filename");
    complete &= name != nullptr && has(name->StringOr(""));
  }
  if (!complete) {
    return Outcome<Value>(ErrorCode::kIncomplete);
  }
  FCC_TRY_ASSIGN(const auto added, store_.AddPackage(package, files));
  if (!added.value) {
    return Outcome<Value>(added.refused);
  }
  return Outcome<Value>(
      Value::ObjectOf({{"miniAppCompiledPackageId",
                        Value::String(MakeId("pkg", *added.value))}}));
}

Answer PlatformServer::Submit(const Call& call) {
  const base::JsonNode* publish = call.Member("autoPub");
  FCC_TRY_ASSIGN(
      const auto submitted,
      store_.Submit(ReadId("pkg", call.Text("miniAppCompiledPackageId")),
                    publish != nullptr && publish->BoolOr(false)));
  if (!submitted.value) {
    return Outcome<Value>(submitted.refused);
  }
  return Outcome<Value>(Value::ObjectOf(
      {{"miniAppVersionId", Value::String(MakeId("ver", *submitted.value))}}));
}

Answer PlatformServer::ReviewState(const Call& call) {
  FCC_TRY_ASSIGN(const auto version,
                 store_.FindVersion(ReadId("ver", call.captures[0])));
  if (!version) {
    return Outcome<Value>(ErrorCode::kUnknownVersion);
  }
  return Outcome<Value>(Value::ObjectOf(
      {{"miniAppAuditId", Value::String(MakeId("aud", version->id))},
       {"miniAppVersionId", Value::String(MakeId("ver", version->id))},
       {"status", Value::Number(AuditStatusOf(version->state))},
       {"auditDesc", Value::String(version->audit_note)}}));
}

Answer PlatformServer::Decide(const Call& call) {
  const base::JsonNode* status = call.Member("status");
  const double decision =
      status != nullptr && status->IsNumber() ? status->number : 0;
  if (decision != 4 && decision != 5) {
    return Outcome<Value>(ErrorCode::kBadRequest);
  }
  return AnswerOf(store_.Decide(ReadId("aud", call.Text("miniAppAuditId")),
                                decision == 4, call.Text("auditDesc")));
}

Answer PlatformServer::Latest(const Call& call) {
  const std::string app_id = net::QueryValue(call.query, "miniAppId");
  if (!MayUse(app_id)) {
    return Outcome<Value>(ErrorCode::kUnknownApp);
  }
  Value online = Value::Null();
  Value review = Value::Null();
  Value trial = Value::Null();
  FCC_TRY_ASSIGN(const std::vector<VersionRow> versions,
                 store_.Versions(app_id));
  for (const VersionRow& version : versions) {
    Value* slot = version.state == VersionState::kOnline      ? &online
                  : version.state == VersionState::kReviewing ? &review
                  : version.state == VersionState::kApproved  ? &trial
                                                              : nullptr;
    if (slot != nullptr && slot->IsNull()) {
      *slot = ToValue(version);
    }
  }
  FCC_TRY_ASSIGN(const auto latest, store_.LatestPackage(app_id));
  return Outcome<Value>(Value::ObjectOf(
      {{"onlineVersion", online},
       {"reviewVersion", review},
       {"trialVersion", trial},
       {"latestCompiledPackage", latest ? ToValue(*latest) : Value::Null()}}));
}

Answer PlatformServer::CreatePlugin(const Call& call) {
  PluginRow plugin{call.Text("pluginId"), call.Text("version"),
                   call.Text("updateLog"), call.Text("ext"),
                   ReadId("nd", call.Text("codePackageUrl"))};
  if (plugin.plugin_id.empty() || plugin.version.empty()) {
    return Outcome<Value>(ErrorCode::kBadRequest);
  }
  FCC_TRY_ASSIGN(const auto file, store_.FindFile(plugin.file_id));
  if (!file) {
    return Outcome<Value>(ErrorCode::kUnknownFile);
  }
  FCC_TRY(store_.AddPlugin(plugin));
  return Outcome<Value>(Value::NewObject());
}

Answer PlatformServer::PluginInfo(const Call& call) {
  FCC_TRY_ASSIGN(const auto plugin,
                 store_.FindPlugin(net::QueryValue(call.query, "pluginId"),
                                   net::QueryValue(call.query, "version")));
  if (!plugin) {
    return Outcome<Value>(ErrorCode::kUnknownVersion);
  }
  return Outcome<Value>(Value::ObjectOf(
      {{"pluginId", Value::String(plugin->plugin_id)},
       {"version", Value::String(plugin->version)},
       {"updateLog", Value::String(plugin->update_log)},
       {"ext", Value::String(plugin->ext)},
       {"codePackageUrl", Value::String(MakeId("nd", plugin->file_id))}}));
}

Answer PlatformServer::UpdateApp(const Call& call) {
  const std::string app_id = call.Text("miniAppId");
  if (!MayUse(app_id)) {
    return Outcome<Value>(ErrorCode::kUnknownApp);
  }
  for (const base::JsonMember& member : call.body.root->members) {
    std::string json;
    base::AppendJson(json, *member.value);
    FCC_TRY(store_.SetAppInfo(app_id, member.key, json));
  }
  return Outcome<Value>(Value::NewObject());
}

Answer PlatformServer::SetDomains(const Call& call) {
  const base::JsonNode* domains = call.Member("domain");
  const std::string app_id = call.Text("miniAppId");
  if (domains == nullptr || !domains->IsArray()) {
    return Outcome<Value>(ErrorCode::kBadRequest);
  }
  if (!MayUse(app_id)) {
    return Outcome<Value>(ErrorCode::kUnknownApp);
  }
  std::string json;
  base::AppendJson(json, *domains);
  FCC_TRY(store_.SetAppInfo(app_id, "domain", json));
  return Outcome<Value>(Value::NewObject());
}

Answer PlatformServer::Download(const Call& call) {
  FCC_TRY_ASSIGN(const auto file,
                 store_.FindFile(ReadId("nd", call.captures[0])));
  if (!file) {
    return Outcome<Value>(ErrorCode::kUnknownFile);
  }
  FCC_TRY_ASSIGN(std::string bytes, store_.ReadFile(*file));
  return Outcome<Value>(Value::Bytes(std::move(bytes)));
}

// ---- our own routes

Answer PlatformServer::ListApps(const Call&) {
  FCC_TRY_ASSIGN(const std::vector<std::string> apps, store_.Apps());
  std::vector<Value> items;
  for (const std::string& app_id : apps) {
    items.push_back(Value::String(app_id));
  }
  return Outcome<Value>(
      Value::ObjectOf({{"miniApps", Value::ArrayOf(std::move(items))}}));
}

Answer PlatformServer::ListVersions(const Call& call) {
  FCC_TRY_ASSIGN(const std::vector<VersionRow> versions,
                 store_.Versions(call.captures[0]));
  std::vector<Value> items;
  for (const VersionRow& version : versions) {
    items.push_back(ToValue(version));
  }
  return Outcome<Value>(
      Value::ObjectOf({{"versions", Value::ArrayOf(std::move(items))}}));
}

Answer PlatformServer::DownloadVersionFile(const Call& call) {
  FCC_TRY_ASSIGN(const auto version,
                 store_.FindVersion(ReadId("ver", call.captures[0])));
  if (!version) {
    return Outcome<Value>(ErrorCode::kUnknownVersion);
  }
  FCC_TRY_ASSIGN(const auto file,
                 store_.FindPackageFile(version->package.id, call.captures[1]));
  if (!file) {
    return Outcome<Value>(ErrorCode::kUnknownFile);
  }
  FCC_TRY_ASSIGN(std::string bytes, store_.ReadFile(*file));
  return Outcome<Value>(Value::Bytes(std::move(bytes)));
}

Answer PlatformServer::Rollback(const Call& call) {
  return AnswerOf(store_.PutOnline(ReadId("ver", call.captures[0])));
}

Answer PlatformServer::TakeDown(const Call& call) {
  return AnswerOf(store_.TakeDown(ReadId("ver", call.captures[0])));
}

base::Result<std::unique_ptr<Platform>> Platform::Open(
    const PlatformOptions& options, base::FileSystem& fs, base::Clock& clock) {
  const bool in_memory = options.data_directory.empty();
  FCC_TRY_ASSIGN(Store store,
                 Store::Open(in_memory ? "/platform" : options.data_directory,
                             in_memory, fs, clock));
  return std::unique_ptr<Platform>(
      std::make_unique<PlatformServer>(options, std::move(store)));
}

}  // namespace fcc::platform
