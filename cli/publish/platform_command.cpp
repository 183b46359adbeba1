// SPDX-License-Identifier: Apache-2.0
//
// `fcc platform`: the platform behind a server on the loopback interface.

#include <sys/stat.h>

#include <csignal>
#include <fstream>

#include "cli/publish/publish_command.h"
#include "runtime/base/hash.h"
#include "runtime/base/json.h"
#include "simulator/net/http_server.h"
#include "simulator/platform/platform.h"

namespace fcc::publish {

// 32 hexadecimal digits of the system's randomness.
static base::Result<std::string> MakeSecret() {
  std::ifstream random("/dev/urandom", std::ios::binary);
  std::string bytes(16, '\0');
  if (!random.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    return base::Error{base::ErrorKind::kIo, "cannot read /dev/urandom"};
  }
  return base::ToHex(bytes);
}

struct Secret {
  std::string token;
  // Empty where the user gave the token.
  std::string path;
};

// The user's, else the one in DIR/token, which is made the first time.
static base::Result<Secret> FindSecret(tool_env::ToolEnv& env,
                                       const tool_env::Arguments& arguments,
                                       const std::string& folder) {
  FCC_TRY_ASSIGN(std::string given, ReadToken(env, arguments));
  if (!given.empty()) {
    return Secret{std::move(given), ""};
  }
  const std::string path = base::JoinPath(folder, "token");
  if (!env.fs.IsFile(path)) {
    FCC_TRY_ASSIGN(const std::string made, MakeSecret());
    // Nobody else may read it, at no time.
    const mode_t old_mask = umask(0077);
    const base::Status written = env.fs.WriteFile(path, made + "\n");
    umask(old_mask);
    FCC_TRY(written);
  }
  FCC_TRY_ASSIGN(std::string text,
                 env.fs.ReadFile(path, base::FileSystem::kDefaultMax));
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
    text.pop_back();
  }
  return Secret{std::move(text), path};
}

static void SayWhere(tool_env::ToolEnv& env,
                     const tool_env::Arguments& arguments,
                     const std::string& url, const std::string& folder,
                     const Secret& secret) {
  if (arguments.Get("format") == "json") {
    std::string line = "{\"url\":";
    base::AppendJsonString(line, url);
    line += ",\"data\":";
    base::AppendJsonString(line, folder);
    if (!secret.path.empty()) {
      line += ",\"tokenFile\":";
      base::AppendJsonString(line, secret.path);
    }
    env.out.Write(line + "}\n");
    return;
  }
  env.out.Write(env.Format(
      {"platform on {}, data in {}\n", "平台已启动：{}，数据目录 {}\n"}, url,
      env.Show(folder)));
  if (!secret.path.empty()) {
    env.out.Write(env.Format(
        {"publish to it: FCC_TOKEN_FILE={} fcc publish --platform {}\n",
         "发布到该平台：FCC_TOKEN_FILE={} fcc publish --platform {}\n"},
        env.Show(secret.path), url));
  }
}

int RunPlatformServer(tool_env::ToolEnv& env,
                      const tool_env::Arguments& arguments) {
  const int port = arguments.Number("port").value_or(0);
  if (port > 65535) {
    return env.FailUsage(
        env.Format({"there is no port {}", "端口 {} 不存在"}, port));
  }
  const std::string folder = env.Resolve(arguments.Get("data"));
  const auto secret = FindSecret(env, arguments, folder);
  if (!secret) {
    return env.Fail(secret.error());
  }
  const auto platform =
      platform::Platform::Open({.data_directory = folder,
                                .token = secret->token,
                                .apps = arguments.GetAll("app")},
                               env.fs, env.clock);
  if (!platform) {
    return env.Fail(platform.error());
  }
  // Before any thread is made, so that only this one is told to end.
  sigset_t signals;
  sigemptyset(&signals);
  for (int signal : {SIGINT, SIGTERM, SIGHUP}) {
    sigaddset(&signals, signal);
  }
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const auto server =
      net::HttpServer::Start({.port = static_cast<uint16_t>(port)},
                             [&](const net::HttpRequest& request) {
                               return (*platform)->Handle(request);
                             });
  if (!server) {
    return env.Fail(server.error());
  }
  SayWhere(env, arguments,
           base::format("http://127.0.0.1:{}", (*server)->port()), folder,
           *secret);
  int received = 0;
  sigwait(&signals, &received);
  (*server)->Stop();
  return tool_env::kExitOk;
}

}  // namespace fcc::publish
