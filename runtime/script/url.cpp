// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/url.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

#include "runtime/script/url_internal.h"

namespace fcc::script {

using url::Encode;
using url::Encoded;
using url::IsAlpha;
using url::IsDigit;
using url::Lower;
using url::ParseHost;

// --- Schemes ---

namespace {
struct Special {
  std::string_view scheme;
  int port;
};
}  // namespace

static constexpr Special kSpecials[] = {{"http", 80}, {"https", 443},
                                        {"ws", 80},   {"wss", 443},
                                        {"ftp", 21},  {"file", -1}};

static const Special* FindSpecial(std::string_view scheme) {
  for (const Special& special : kSpecials) {
    if (special.scheme == scheme) {
      return &special;
    }
  }
  return nullptr;
}

bool Url::IsSpecial() const {
  return FindSpecial(scheme) != nullptr;
}

// --- The parser ---

namespace {

enum class State {
  kSchemeStart,
  kScheme,
  kNoScheme,
  kSpecialRelativeOrAuthority,
  kPathOrAuthority,
  kRelative,
  kRelativeSlash,
  kSpecialAuthoritySlashes,
  kSpecialAuthorityIgnoreSlashes,
  kAuthority,
  kHost,
  kHostname,
  kPort,
  kFile,
  kFileSlash,
  kFileHost,
  kPathStart,
  kPath,
  kOpaquePath,
  kQuery,
  kFragment,
};

// The basic URL parser; the states are the standard's.
class Parser {
 public:
  Parser(Url& url, std::string_view text, const Url* base, State state,
         bool override)
      : url_(url),
        text_(text),
        base_(base),
        state_(state),
        override_(override) {}

  // False when the text is no URL.
  bool Run();

 private:
  enum class Next { kGo, kStop, kFail };

  bool AtEnd() const { return at_ >= text_.size(); }
  char Current() const { return AtEnd() ? '\0' : text_[at_]; }
  bool IsSlash(char c) const {
    return !AtEnd() && (c == '/' || (url_.IsSpecial() && c == '\\'));
  }
  // Whether an authority ends here.
  bool EndsAuthority() const {
    const char c = Current();
    return AtEnd() || c == '/' || c == '?' || c == '#' ||
           (url_.IsSpecial() && c == '\\');
  }
  void Again(State state) {
    state_ = state;
    again_ = true;
  }
  void Shorten() {
    if (url_.scheme == "file" && url_.path.size() == 1 &&
        IsDriveLetter(url_.path[0], true)) {
      return;
    }
    if (!url_.path.empty()) {
      url_.path.pop_back();
    }
  }
  static bool IsDriveLetter(std::string_view text, bool normalized) {
    return text.size() == 2 && IsAlpha(text[0]) &&
           (text[1] == ':' || (!normalized && text[1] == '|'));
  }
  bool StartsWithDriveLetter() const {
    const std::string_view rest = text_.substr(std::min(at_, text_.size()));
    return rest.size() >= 2 && IsDriveLetter(rest.substr(0, 2), false) &&
           (rest.size() == 2 ||
            std::string_view("/\\?#").find(rest[2]) != std::string_view::npos);
  }
  void TakeBase(bool path) {
    url_.username = base_->username;
    url_.password = base_->password;
    url_.host = base_->host;
    url_.port = base_->port;
    if (path) {
      url_.path = base_->path;
    }
  }

  Next Step();
  Next Scheme();
  Next Relative();
  Next Authority();
  Next Host();
  Next Port();
  Next File();
  Next FileHost();
  Next Path();

  Url& url_;
  std::string_view text_;
  const Url* base_;
  State state_;
  bool override_;
  size_t at_ = 0;
  std::string buffer_;
  bool again_ = false;
  bool in_brackets_ = false;
  bool seen_at_ = false;
  bool seen_password_ = false;
};

bool Parser::Run() {
  for (;; ++at_) {
    const bool end = AtEnd();
    do {
      again_ = false;
      switch (Step()) {
        case Next::kGo:
          break;
        case Next::kStop:
          return true;
        case Next::kFail:
          return false;
      }
    } while (again_);
    if (end && AtEnd()) {
      return true;
    }
  }
}

Parser::Next Parser::Scheme() {
  const char c = Current();
  if (!AtEnd() &&
      (IsAlpha(c) || IsDigit(c) || c == '+' || c == '-' || c == '.')) {
    buffer_ += Lower(c);
    return Next::kGo;
  }
  if (AtEnd() || c != ':') {
    if (override_) {
      return Next::kFail;
    }
    buffer_.clear();
    at_ = 0;
    Again(State::kNoScheme);
    return Next::kGo;
  }
  if (override_) {
    const bool special = FindSpecial(buffer_) != nullptr;
    if (special != url_.IsSpecial() ||
        (buffer_ == "file" &&
         (!url_.username.empty() || !url_.password.empty() || url_.port)) ||
        (url_.scheme == "file" && url_.host && url_.host->empty())) {
      return Next::kStop;
    }
    url_.scheme = buffer_;
    const Special* known = FindSpecial(url_.scheme);
    if (known != nullptr && url_.port && *url_.port == known->port) {
      url_.port.reset();
    }
    return Next::kStop;
  }
  url_.scheme = std::exchange(buffer_, {});
  const std::string_view rest = text_.substr(at_ + 1);
  if (url_.scheme == "file") {
    state_ = State::kFile;
  } else if (url_.IsSpecial()) {
    state_ = base_ != nullptr && base_->scheme == url_.scheme
                 ? State::kSpecialRelativeOrAuthority
                 : State::kSpecialAuthoritySlashes;
  } else if (rest.starts_with('/')) {
    state_ = State::kPathOrAuthority;
    ++at_;
  } else {
    url_.opaque = true;
    url_.path = {""};
    state_ = State::kOpaquePath;
  }
  return Next::kGo;
}

Parser::Next Parser::Relative() {
  url_.scheme = base_->scheme;
  const char c = Current();
  if (IsSlash(c)) {
    state_ = State::kRelativeSlash;
    return Next::kGo;
  }
  TakeBase(true);
  url_.query = base_->query;
  if (AtEnd()) {
    return Next::kGo;
  }
  if (c == '?') {
    url_.query = "";
    state_ = State::kQuery;
  } else if (c == '#') {
    url_.fragment = "";
    state_ = State::kFragment;
  } else {
    url_.query.reset();
    Shorten();
    Again(State::kPath);
  }
  return Next::kGo;
}

Parser::Next Parser::Authority() {
  const char c = Current();
  if (!AtEnd() && c == '@') {
    std::string credentials = std::exchange(buffer_, {});
    if (std::exchange(seen_at_, true)) {
      credentials.insert(0, "%40");
    }
    for (const char part : credentials) {
      if (part == ':' && !seen_password_) {
        seen_password_ = true;
      } else {
        Encode(seen_password_ ? url_.password : url_.username, part,
               url::kUserSet);
      }
    }
    return Next::kGo;
  }
  if (EndsAuthority()) {
    if (seen_at_ && buffer_.empty()) {
      return Next::kFail;
    }
    at_ -= buffer_.size();
    buffer_.clear();
    Again(State::kHost);
    return Next::kGo;
  }
  buffer_ += c;
  return Next::kGo;
}

Parser::Next Parser::Host() {
  const char c = Current();
  if (override_ && url_.scheme == "file") {
    Again(State::kFileHost);
    return Next::kGo;
  }
  if (!AtEnd() && c == ':' && !in_brackets_) {
    if (buffer_.empty() || (override_ && state_ == State::kHostname)) {
      return Next::kFail;
    }
    auto host = ParseHost(buffer_, url_.IsSpecial());
    if (!host) {
      return Next::kFail;
    }
    url_.host = std::move(host);
    buffer_.clear();
    state_ = State::kPort;
    return Next::kGo;
  }
  if (EndsAuthority()) {
    if (url_.IsSpecial() && buffer_.empty()) {
      return Next::kFail;
    }
    if (override_ && buffer_.empty() &&
        (!url_.username.empty() || !url_.password.empty() || url_.port)) {
      return Next::kFail;
    }
    auto host = ParseHost(buffer_, url_.IsSpecial());
    if (!host) {
      return Next::kFail;
    }
    url_.host = std::move(host);
    buffer_.clear();
    if (override_) {
      return Next::kStop;
    }
    Again(State::kPathStart);
    return Next::kGo;
  }
  in_brackets_ = c == '[' || (in_brackets_ && c != ']');
  buffer_ += c;
  return Next::kGo;
}

Parser::Next Parser::Port() {
  const char c = Current();
  if (!AtEnd() && IsDigit(c)) {
    buffer_ += c;
    return Next::kGo;
  }
  if (!EndsAuthority() && !override_) {
    return Next::kFail;
  }
  if (!buffer_.empty()) {
    unsigned port = 0;
    for (const char digit : buffer_) {
      port = port * 10 + static_cast<unsigned>(digit - '0');
      if (port > 65535) {
        return Next::kFail;
      }
    }
    const Special* special = FindSpecial(url_.scheme);
    if (special != nullptr && special->port == static_cast<int>(port)) {
      url_.port.reset();
    } else {
      url_.port = static_cast<uint16_t>(port);
    }
    buffer_.clear();
    if (override_) {
      return Next::kStop;
    }
  }
  if (override_) {
    return Next::kFail;
  }
  Again(State::kPathStart);
  return Next::kGo;
}

Parser::Next Parser::File() {
  url_.scheme = "file";
  url_.host = "";
  const char c = Current();
  if (!AtEnd() && (c == '/' || c == '\\')) {
    state_ = State::kFileSlash;
    return Next::kGo;
  }
  if (base_ == nullptr || base_->scheme != "file") {
    Again(State::kPath);
    return Next::kGo;
  }
  url_.host = base_->host;
  url_.path = base_->path;
  url_.query = base_->query;
  if (AtEnd()) {
    return Next::kGo;
  }
  if (c == '?') {
    url_.query = "";
    state_ = State::kQuery;
  } else if (c == '#') {
    url_.fragment = "";
    state_ = State::kFragment;
  } else {
    url_.query.reset();
    if (StartsWithDriveLetter()) {
      url_.path.clear();
    } else {
      Shorten();
    }
    Again(State::kPath);
  }
  return Next::kGo;
}

Parser::Next Parser::FileHost() {
  const char c = Current();
  if (!AtEnd() && c != '/' && c != '\\' && c != '?' && c != '#') {
    buffer_ += c;
    return Next::kGo;
  }
  if (!override_ && IsDriveLetter(buffer_, false)) {
    // It is part of the path after all.
    Again(State::kPath);
    return Next::kGo;
  }
  if (buffer_.empty()) {
    url_.host = "";
  } else {
    auto host = ParseHost(buffer_, true);
    if (!host) {
      return Next::kFail;
    }
    url_.host = *host == "localhost" ? "" : *host;
    buffer_.clear();
  }
  if (override_) {
    return Next::kStop;
  }
  Again(State::kPathStart);
  return Next::kGo;
}

Parser::Next Parser::Path() {
  const char c = Current();
  const bool ends =
      AtEnd() || IsSlash(c) || (!override_ && (c == '?' || c == '#'));
  if (!ends) {
    Encode(buffer_, c, url::kPathSet);
    return Next::kGo;
  }
  std::string lower = buffer_;
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  const bool one = lower == "." || lower == "%2e";
  const bool two =
      lower == ".." || lower == ".%2e" || lower == "%2e." || lower == "%2e%2e";
  if (two) {
    Shorten();
    if (!IsSlash(c)) {
      url_.path.emplace_back();
    }
  } else if (one) {
    if (!IsSlash(c)) {
      url_.path.emplace_back();
    }
  } else {
    if (url_.scheme == "file" && url_.path.empty() &&
        IsDriveLetter(buffer_, false)) {
      buffer_[1] = ':';
    }
    url_.path.push_back(buffer_);
  }
  buffer_.clear();
  if (!AtEnd() && c == '?') {
    url_.query = "";
    state_ = State::kQuery;
  } else if (!AtEnd() && c == '#') {
    url_.fragment = "";
    state_ = State::kFragment;
  }
  return Next::kGo;
}

Parser::Next Parser::Step() {
  const char c = Current();
  switch (state_) {
    case State::kSchemeStart:
      if (IsAlpha(c)) {
        buffer_ += Lower(c);
        state_ = State::kScheme;
      } else if (override_) {
        return Next::kFail;
      } else {
        Again(State::kNoScheme);
      }
      return Next::kGo;
    case State::kScheme:
      return Scheme();
    case State::kNoScheme:
      if (base_ == nullptr || (base_->opaque && c != '#')) {
        return Next::kFail;
      }
      if (base_->opaque) {
        url_ = *base_;
        url_.fragment = "";
        state_ = State::kFragment;
      } else {
        Again(base_->scheme == "file" ? State::kFile : State::kRelative);
      }
      return Next::kGo;
    case State::kSpecialRelativeOrAuthority:
      if (text_.substr(at_).starts_with("//")) {
        state_ = State::kSpecialAuthorityIgnoreSlashes;
        ++at_;
      } else {
        Again(State::kRelative);
      }
      return Next::kGo;
    case State::kPathOrAuthority:
      if (c == '/') {
        state_ = State::kAuthority;
      } else {
        Again(State::kPath);
      }
      return Next::kGo;
    case State::kRelative:
      return Relative();
    case State::kRelativeSlash:
      if (url_.IsSpecial() && (c == '/' || c == '\\')) {
        state_ = State::kSpecialAuthorityIgnoreSlashes;
      } else if (c == '/') {
        state_ = State::kAuthority;
      } else {
        TakeBase(false);
        Again(State::kPath);
      }
      return Next::kGo;
    case State::kSpecialAuthoritySlashes:
      if (text_.substr(std::min(at_, text_.size())).starts_with("//")) {
        state_ = State::kSpecialAuthorityIgnoreSlashes;
        ++at_;
      } else {
        Again(State::kSpecialAuthorityIgnoreSlashes);
      }
      return Next::kGo;
    case State::kSpecialAuthorityIgnoreSlashes:
      if (c != '/' && c != '\\') {
        Again(State::kAuthority);
      }
      return Next::kGo;
    case State::kAuthority:
      return Authority();
    case State::kHost:
    case State::kHostname:
      return Host();
    case State::kPort:
      return Port();
    case State::kFile:
      return File();
    case State::kFileSlash:
      if (c == '/' || c == '\\') {
        state_ = State::kFileHost;
        return Next::kGo;
      }
      if (base_ != nullptr && base_->scheme == "file") {
        url_.host = base_->host;
        if (!StartsWithDriveLetter() && !base_->path.empty() &&
            IsDriveLetter(base_->path[0], true)) {
          url_.path.push_back(base_->path[0]);
        }
      }
      Again(State::kPath);
      return Next::kGo;
    case State::kFileHost:
      return FileHost();
    case State::kPathStart:
      if (url_.IsSpecial()) {
        state_ = State::kPath;
        again_ = c != '/' && c != '\\';
      } else if (!override_ && c == '?') {
        url_.query = "";
        state_ = State::kQuery;
      } else if (!override_ && c == '#') {
        url_.fragment = "";
        state_ = State::kFragment;
      } else if (!AtEnd()) {
        state_ = State::kPath;
        again_ = c != '/';
      } else if (override_ && !url_.host) {
        url_.path.emplace_back();
      }
      return Next::kGo;
    case State::kPath:
      return Path();
    case State::kOpaquePath:
      if (c == '?') {
        url_.query = "";
        state_ = State::kQuery;
      } else if (c == '#') {
        url_.fragment = "";
        state_ = State::kFragment;
      } else if (!AtEnd()) {
        Encode(url_.path[0], c, "");
      }
      return Next::kGo;
    case State::kQuery:
      if (!override_ && c == '#') {
        url_.fragment = "";
        state_ = State::kFragment;
      } else if (!AtEnd()) {
        Encode(*url_.query, c,
               url_.IsSpecial() ? url::kSpecialQuerySet : url::kQuerySet);
      }
      return Next::kGo;
    case State::kFragment:
      if (!AtEnd()) {
        Encode(*url_.fragment, c, url::kFragmentSet);
      }
      return Next::kGo;
  }
  return Next::kFail;
}

}  // namespace

static std::string WithoutNewlines(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '\t' && c != '\n' && c != '\r') {
      out += c;
    }
  }
  return out;
}

std::optional<Url> ParseUrl(std::string_view text, const Url* base) {
  const auto trims = [](char c) {
    return static_cast<unsigned char>(c) <= 0x20;
  };
  while (!text.empty() && trims(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && trims(text.back())) {
    text.remove_suffix(1);
  }
  const std::string input = WithoutNewlines(text);
  Url url;
  if (!Parser(url, input, base, State::kSchemeStart, false).Run()) {
    return std::nullopt;
  }
  return url;
}

void SetUrlPart(Url& url, UrlPart part, std::string_view value) {
  const bool no_credentials =
      !url.host || url.host->empty() || url.scheme == "file";
  Url changed = url;
  std::string text = WithoutNewlines(value);
  const auto run = [&](State state) {
    if (Parser(changed, text, nullptr, state, true).Run()) {
      url = std::move(changed);
    }
  };
  switch (part) {
    case UrlPart::kProtocol:
      text += ':';
      run(State::kSchemeStart);
      return;
    case UrlPart::kUsername:
    case UrlPart::kPassword:
      if (!no_credentials) {
        (part == UrlPart::kUsername ? url.username : url.password) =
            Encoded(value, url::kUserSet);
      }
      return;
    case UrlPart::kHost:
    case UrlPart::kHostname:
      if (!url.opaque) {
        run(part == UrlPart::kHost ? State::kHost : State::kHostname);
      }
      return;
    case UrlPart::kPort:
      if (no_credentials) {
        return;
      }
      if (text.empty()) {
        url.port.reset();
      } else {
        run(State::kPort);
      }
      return;
    case UrlPart::kPathname:
      if (!url.opaque) {
        changed.path.clear();
        run(State::kPathStart);
      }
      return;
    case UrlPart::kSearch:
      if (text.empty()) {
        url.query.reset();
        return;
      }
      text.erase(0, text[0] == '?' ? 1 : 0);
      changed.query = "";
      run(State::kQuery);
      return;
    case UrlPart::kHash:
      if (text.empty()) {
        url.fragment.reset();
        return;
      }
      text.erase(0, text[0] == '#' ? 1 : 0);
      changed.fragment = "";
      run(State::kFragment);
      return;
  }
}

// --- Writing ---

std::string Url::Host() const {
  std::string out = host.value_or("");
  if (port) {
    out += ":" + std::to_string(*port);
  }
  return out;
}

std::string Url::Pathname() const {
  if (opaque) {
    return path.empty() ? "" : path[0];
  }
  std::string out;
  for (const std::string& segment : path) {
    out += '/';
    out += segment;
  }
  return out;
}

std::string Url::Href() const {
  std::string out = scheme + ":";
  if (host) {
    out += "//";
    if (!username.empty() || !password.empty()) {
      out += username;
      if (!password.empty()) {
        out += ":" + password;
      }
      out += '@';
    }
    out += Host();
  } else if (!opaque && path.size() > 1 && path[0].empty()) {
    out += "/.";
  }
  out += Pathname();
  if (query) {
    out += "?" + *query;
  }
  if (fragment) {
    out += "#" + *fragment;
  }
  return out;
}

std::string Url::Origin() const {
  if (scheme == "blob") {
    const std::optional<Url> inner = ParseUrl(Pathname(), nullptr);
    return inner && (inner->scheme == "http" || inner->scheme == "https")
               ? inner->Origin()
               : "null";
  }
  if (!IsSpecial() || scheme == "file") {
    return "null";
  }
  return scheme + "://" + Host();
}

}  // namespace fcc::script
