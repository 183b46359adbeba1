// SPDX-License-Identifier: Apache-2.0
//
// FileSystemManager and wx.saveFile's kin, over files in memory. Messages are
// those of the platform, which are those of its system.

#include <algorithm>

#include "runtime/base/base64.h"
#include "runtime/base/format.h"
#include "simulator/host/simulated_host.h"

namespace fcc::host {

using app::ApiCall;
using app::ApiReply;
using app::ApiResult;
using value::Value;

namespace {

// One call, its method without "Sync" and its arguments, by name or by place.
class FileCall {
 public:
  explicit FileCall(const ApiCall& call)
      : call_(call), method(call.name.substr(call.name.find('.') + 1)) {
    if (method.ends_with("Sync")) {
      method.remove_suffix(4);
    }
  }
  Value Argument(std::string_view name, size_t index) const {
    if (!call_.synchronous) {
      return call_.Options().Get(name);
    }
    return index < call_.arguments.size() ? call_.arguments[index] : Value();
  }
  std::string Path(std::string_view name, size_t index) const {
    std::string path = Argument(name, index).ToDisplayString();
    while (path.size() > 1 && path.back() == '/') {
      path.pop_back();
    }
    return path;
  }
  // What a synchronous call returns is a member of what the other is told.
  ApiResult Answer(std::string_view name, Value value) const {
    return ApiResult::Ok(call_.synchronous
                             ? std::move(value)
                             : Value::ObjectOf({{name, std::move(value)}}));
  }

 private:
  const ApiCall& call_;

 public:
  std::string_view method;
};

}  // namespace

static ApiResult NoSuchFile(std::string_view what, std::string_view path) {
  return ApiResult::Fail(
      base::format("no such file or directory, {} '{}'", what, path));
}

// The part of a file that `position` and `length` ask for.
static std::string PartOf(const std::string& bytes, const Value& position,
                          const Value& length) {
  const auto number = [](const Value& value, size_t fallback) {
    return value.IsNumber() && value.number() >= 0 && value.number() < 1e15
               ? static_cast<size_t>(value.number())
               : fallback;
  };
  const size_t begin = std::min(number(position, 0), bytes.size());
  return bytes.substr(begin, number(length, std::string::npos));
}

static Value Decode(const std::string& bytes, const Value& encoding) {
  if (encoding.IsNullish()) {
    return Value::Bytes(bytes);
  }
  const std::string name = encoding.ToDisplayString();
  if (name == "base64") {
    return Value::String(base::EncodeBase64(bytes));
  }
  if (name == "hex") {
    std::string text;
    for (const char c : bytes) {
      text += base::format("{:02x}", static_cast<unsigned char>(c));
    }
    return Value::String(text);
  }
  return Value::String(bytes);
}

bool SimulatedHost::IsFolder(const std::string& path) const {
  if (folders_.contains(path) || path == "wxfile://usr") {
    return true;
  }
  const auto below = files_.lower_bound(path + "/");
  return below != files_.end() && below->first.starts_with(path + "/");
}

ApiResult SimulatedHost::MakeFolder(const std::string& path, bool recursive) {
  if (files_.contains(path) || (IsFolder(path) && !recursive)) {
    return ApiResult::Fail(
        base::format("file already exists, mkdir '{}'", path));
  }
  const std::string above = path.substr(0, path.rfind('/'));
  if (!recursive && !IsFolder(above)) {
    return NoSuchFile("mkdir", path);
  }
  for (size_t slash = path.find('/', sizeof("wxfile://"));;
       slash = path.find('/', slash + 1)) {
    folders_.insert(path.substr(0, slash));
    if (slash == std::string::npos) {
      return ApiResult::Ok();
    }
  }
}

ApiResult SimulatedHost::RemoveFolder(const std::string& path, bool recursive) {
  if (!IsFolder(path)) {
    return NoSuchFile("rmdir", path);
  }
  const std::string prefix = path + "/";
  const auto is_below = [&](const std::string& name) {
    return name.starts_with(prefix);
  };
  const bool empty =
      std::none_of(files_.begin(), files_.end(),
                   [&](const auto& file) { return is_below(file.first); }) &&
      std::none_of(folders_.begin(), folders_.end(), is_below);
  if (!empty && !recursive) {
    return ApiResult::Fail("directory not empty");
  }
  std::erase_if(files_, [&](const auto& file) { return is_below(file.first); });
  std::erase_if(folders_, [&](const std::string& name) {
    return name == path || is_below(name);
  });
  return ApiResult::Ok();
}

ApiResult SimulatedHost::ListFolder(const std::string& path, Value& names) {
  if (!IsFolder(path)) {
    return NoSuchFile("scandir", path);
  }
  std::set<std::string> found;
  const auto add = [&](const std::string& name) {
    if (name.starts_with(path + "/")) {
      const std::string below = name.substr(path.size() + 1);
      found.insert(below.substr(0, below.find('/')));
    }
  };
  for (const auto& [name, bytes] : files_) {
    add(name);
  }
  for (const std::string& name : folders_) {
    add(name);
  }
  names = Value::NewArray();
  for (const std::string& name : found) {
    names.MutableArray().items.push_back(Value::String(name));
  }
  return ApiResult::Ok();
}

static Value StatsOf(double size, bool folder, double now_ms) {
  return Value::ObjectOf({
      {"mode", Value::Number(folder ? 16877 : 33188)},
      {"size", Value::Number(size)},
      {"lastAccessedTime", Value::Number(now_ms / 1000)},
      {"lastModifiedTime", Value::Number(now_ms / 1000)},
  });
}

// copyFile, rename, saveFile: from one path to another.
ApiResult SimulatedHost::MoveFile(const std::string& from,
                                  const std::string& to, bool keep,
                                  std::string_view what) {
  const auto source = files_.find(from);
  if (source == files_.end()) {
    return NoSuchFile(what, from);
  }
  const std::string bytes = source->second;
  if (!keep) {
    files_.erase(source);
  }
  files_[to] = bytes;
  return ApiResult::Ok();
}

void SimulatedHost::Files(const ApiCall& call, ApiReply& reply) {
  const FileCall file(call);
  const std::string_view method = file.method;
  if (method == "mkdir" || method == "rmdir") {
    const std::string path = file.Path("dirPath", 0);
    const bool recursive = file.Argument("recursive", 1).Truthy();
    reply(method == "mkdir" ? MakeFolder(path, recursive)
                            : RemoveFolder(path, recursive));
    return;
  }
  if (method == "readdir") {
    Value names;
    ApiResult result = ListFolder(file.Path("dirPath", 0), names);
    reply(result.ok ? file.Answer("files", std::move(names)) : result);
    return;
  }
  if (method == "copyFile") {
    reply(MoveFile(file.Path("srcPath", 0), file.Path("destPath", 1), true,
                   "copyFile"));
    return;
  }
  if (method == "rename") {
    reply(MoveFile(file.Path("oldPath", 0), file.Path("newPath", 1), false,
                   "rename"));
    return;
  }
  if (method == "saveFile") {
    std::string to = file.Argument("filePath", 1).IsNullish()
                         ? ""
                         : file.Path("filePath", 1);
    if (to.empty()) {
      to = base::format("wxfile://store_{}", ++last_temp_file_);
    }
    ApiResult result =
        MoveFile(file.Path("tempFilePath", 0), to, false, "saveFile");
    reply(result.ok ? file.Answer("savedFilePath", Value::String(to)) : result);
    return;
  }
  const bool by_path = method == "access" || method == "stat";
  const std::string path = file.Path(by_path ? "path" : "filePath", 0);
  const auto found = files_.find(path);
  if (method == "writeFile" || method == "appendFile") {
    const Value data = file.Argument("data", 1);
    std::string bytes =
        data.IsBytes() ? std::string(data.bytes()) : data.ToDisplayString();
    if (file.Argument("encoding", 2).ToDisplayString() == "base64") {
      bytes = base::DecodeBase64(bytes);
    }
    const size_t slash = path.rfind('/');
    if (slash != std::string::npos && path.starts_with("wxfile://usr/") &&
        !IsFolder(path.substr(0, slash))) {
      reply(NoSuchFile("open", path));
      return;
    }
    files_[path] = method == "appendFile" && found != files_.end()
                       ? found->second + bytes
                       : bytes;
    reply(ApiResult::Ok());
    return;
  }
  if (by_path && IsFolder(path)) {
    reply(method == "stat"
              ? file.Answer("stats", StatsOf(0, true, clock_.NowMs()))
              : ApiResult::Ok());
    return;
  }
  if (found == files_.end()) {
    reply(NoSuchFile(method == "readFile" ? std::string_view("open") : method,
                     path));
    return;
  }
  const double size = static_cast<double>(found->second.size());
  if (method == "readFile") {
    const std::string part = PartOf(found->second, file.Argument("position", 2),
                                    file.Argument("length", 3));
    reply(file.Answer("data", Decode(part, file.Argument("encoding", 1))));
  } else if (method == "stat") {
    reply(file.Answer("stats", StatsOf(size, false, clock_.NowMs())));
  } else if (method == "getFileInfo") {
    reply(ApiResult::Ok(Value::ObjectOf({{"size", Value::Number(size)}})));
  } else {
    if (method == "unlink" || method == "removeSavedFile") {
      files_.erase(found);
    }
    reply(ApiResult::Ok());
  }
}

}  // namespace fcc::host
