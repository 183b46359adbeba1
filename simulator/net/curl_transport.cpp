// SPDX-License-Identifier: Apache-2.0

#include "simulator/net/curl_transport.h"

#include <curl/curl.h>

#include "runtime/base/format.h"

namespace fcc::net {

namespace {

struct SlistFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Slist = std::unique_ptr<curl_slist, SlistFree>;

struct Answer {
  HttpResponse response;
  uint64_t limit = 0;
  bool too_large = false;
};

}  // namespace

static void InitialiseOnce() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  FCC_CHECK(code == CURLE_OK);
}

static size_t TakeBody(char* bytes, size_t, size_t size, void* user) {
  auto& answer = *static_cast<Answer*>(user);
  if (answer.response.body.size() + size > answer.limit) {
    answer.too_large = true;
    return 0;
  }
  answer.response.body.append(bytes, size);
  return size;
}

static size_t TakeHeader(char* bytes, size_t, size_t size, void* user) {
  auto& answer = *static_cast<Answer*>(user);
  std::string_view line(bytes, size);
  if (line.starts_with("HTTP/")) {
    // A proxy's answer, or "100 Continue", came before this one.
    answer.response.headers = {};
    return size;
  }
  const size_t colon = line.find(':');
  if (colon != std::string_view::npos) {
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && value.front() == ' ') {
      value.remove_prefix(1);
    }
    while (!value.empty() && (value.back() == '\r' || value.back() == '\n')) {
      value.remove_suffix(1);
    }
    answer.response.headers.Add(std::string(line.substr(0, colon)),
                                std::string(value));
  }
  return size;
}

CurlTransport::CurlTransport(CurlOptions options)
    : options_(std::move(options)) {
  InitialiseOnce();
}

CurlTransport::~CurlTransport() {
  for (void* handle : idle_) {
    curl_easy_cleanup(handle);
  }
}

void* CurlTransport::Borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      void* handle = idle_.back();
      idle_.pop_back();
      return handle;
    }
  }
  void* handle = curl_easy_init();
  FCC_CHECK(handle != nullptr);
  return handle;
}

void CurlTransport::Return(void* handle) {
  // Options go, the live connection stays.
  curl_easy_reset(handle);
  const std::lock_guard lock(mutex_);
  idle_.push_back(handle);
}

static base::Error ErrorOf(CURLcode code, const char* details,
                           const HttpRequest& request) {
  const auto url = ParseUrl(request.url);
  const std::string_view host = url ? url->authority : request.url;
  const char* reason = *details != 0 ? details : curl_easy_strerror(code);
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return {base::ErrorKind::kTimeout,
            base::format("{} did not answer in time: {}", host, reason)};
  }
  return {base::ErrorKind::kNetwork,
          base::format("cannot reach {}: {}", host, reason)};
}

static bool IsLoopback(std::string_view text) {
  const auto url = ParseUrl(text);
  if (!url) {
    return false;
  }
  const std::string_view host = url->authority;
  return host.starts_with("127.") || host.starts_with("[::1]") ||
         host.substr(0, host.find(':')) == "localhost";
}

base::Result<HttpResponse> CurlTransport::Send(const HttpRequest& request) {
  void* handle = Borrow();
  Slist headers;
  for (const Headers::Entry& entry : request.headers.entries()) {
    headers.reset(curl_slist_append(
        headers.release(),
        base::format("{}: {}", entry.first, entry.second).c_str()));
  }
  // Waiting for "100 Continue" costs a second with servers that know it not.
  headers.reset(curl_slist_append(headers.release(), "Expect:"));
  char details[CURL_ERROR_SIZE] = {};
  Answer answer{.response = {}, .limit = options_.max_answer_bytes};
  const int timeout =
      request.timeout_ms > 0 ? request.timeout_ms : options_.timeout_ms;
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  if (request.method == "POST") {
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
  } else if (request.method != "GET") {
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    if (!request.body.empty()) {
      curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(request.body.size()));
      curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
    }
  }
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle, CURLOPT_USERAGENT, options_.user_agent.c_str());
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(options_.connect_timeout_ms));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout));
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, details);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, TakeBody);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, TakeHeader);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &answer);
  if (IsLoopback(request.url)) {
    // A proxy could not reach it.
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
  }
  if (!options_.ca_file.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, options_.ca_file.c_str());
  }
  const CURLcode code = curl_easy_perform(handle);
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  Return(handle);
  if (answer.too_large) {
    return base::Error{base::ErrorKind::kLimit,
                       base::format("the answer to {} is larger than {} bytes",
                                    request.url, options_.max_answer_bytes)};
  }
  if (code != CURLE_OK) {
    return ErrorOf(code, details, request);
  }
  answer.response.status = static_cast<int>(status);
  return std::move(answer.response);
}

}  // namespace fcc::net
