// SPDX-License-Identifier: Apache-2.0
//
// Addresses and secrets written into scripts: anybody can read a package.

#include <algorithm>

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(
    SecretInSource, "CK2501", Severity::kWarning,
    "`{0}` looks like a secret, and anybody can read a package",
    "`{0}` 看起来是密钥，而代码包人人可读",
    "Keep secrets on a server. A key that was shipped once should be changed.",
    "请把密钥放在服务器上；已发布过的密钥应当更换。");
FCC_REPORT(
    InsecureAddress, "CK2502", Severity::kWarning,
    "requests to `{0}` are not encrypted", "发往 `{0}` 的请求未加密",
    "Platforms refuse http and ws outside of development. Use https or wss.",
    "正式环境中平台会拒绝 http 和 ws 请求，请使用 https 或 wss。");
FCC_REPORT(
    UndeclaredDomain, "CK2503", Severity::kWarning,
    "`{0}` is not among the declared domains", "`{0}` 不在声明的域名列表中",
    "The setting `check.domains` lists the domains that the platform lets the "
    "app reach; requests to others fail.",
    "设置 `check.domains` 列出了平台允许访问的域名，对其他域名的请求会失败。");

static std::string_view HostOf(std::string_view address) {
  std::string_view rest = address.substr(address.find("://") + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  rest = rest.substr(
      rest.find('@') == std::string_view::npos ? 0 : rest.find('@') + 1);
  return rest.substr(0, rest.find(':'));
}

// Of the developer's own machine or network, or not meant to be opened.
static bool IsLocalOrName(std::string_view host) {
  return host.empty() || host == "localhost" || host.starts_with("127.") ||
         host.starts_with("192.168.") || host.starts_with("10.") ||
         host.starts_with("172.16.") || host == "usr" || host == "store" ||
         host == "tmp" || host.ends_with("w3.org") ||
         host.find('.') == std::string_view::npos || host == "0.0.0.0";
}

// Given to a request or kept as the address of a server. Links and pictures
// are no requests.
static bool IsForRequests(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  for (std::string_view word :
       {"baseurl", "base_url", "apiurl", "api_url", "apiroot", "apihost",
        "api_host", "apibase", "api_base", "serverurl", "server_url",
        "domain"}) {
    if (lower.find(word) != std::string::npos) {
      return true;
    }
  }
  return lower == "host" || lower == "api" || lower == "server";
}

static bool IsDeclared(const std::vector<std::string>& domains,
                       std::string_view host) {
  return std::any_of(
      domains.begin(), domains.end(), [host](const std::string& domain) {
        return host == domain ||
               (domain.starts_with("*.") && host.ends_with(domain.substr(1)));
      });
}

static void CheckAddress(const RuleContext& context, source::Location at,
                         std::string_view address) {
  const std::string_view host = HostOf(address);
  if (IsLocalOrName(host)) {
    return;
  }
  if (address.starts_with("http://") || address.starts_with("ws://")) {
    context.sink.Report(Kind::kInsecureAddress, at, host);
  } else if (!context.options.domains.empty() &&
             !IsDeclared(context.options.domains, host)) {
    context.sink.Report(Kind::kUndeclaredDomain, at, host);
  }
}

// `url` of functions that go to the network, written in place.
static void CheckRequests(const RuleContext& context,
                          const graph::ScriptFile& script) {
  for (const js::ApiUse& use : script.result.facts.apis) {
    if (!use.is_call || !use.rest.empty() ||
        (use.name != "request" && use.name != "uploadFile" &&
         use.name != "downloadFile" && use.name != "connectSocket")) {
      continue;
    }
    for (const js::OptionUse& option : use.options) {
      if (option.name == "url" &&
          option.text.find("://") != std::string::npos) {
        CheckAddress(context, {script.source->id(), option.value_span},
                     option.text);
      }
    }
  }
}

static void CheckScript(const RuleContext& context,
                        const graph::ScriptFile& script) {
  if (IsForeign(script)) {
    return;
  }
  for (const js::TextUse& use : script.result.facts.texts) {
    source::Location at{script.source->id(), use.span};
    if (use.kind == js::TextKind::kSecret) {
      context.sink.Report(Kind::kSecretInSource, at,
                          use.name.empty() ? "text" : use.name);
      continue;
    }
    if (IsForRequests(use.name)) {
      CheckAddress(context, at, use.text);
    }
  }
  CheckRequests(context, script);
}

const Rule kSourceTextsRule = {.script = CheckScript};

}  // namespace fcc::check
