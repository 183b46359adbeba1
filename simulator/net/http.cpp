// SPDX-License-Identifier: Apache-2.0

#include "simulator/net/http.h"

#include <algorithm>

#include "runtime/base/format.h"
#include "runtime/base/hash.h"

namespace fcc::net {

static char Lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32)
                                        : letter;
}

static bool SameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

std::string_view Headers::Get(std::string_view name) const {
  for (const Entry& entry : entries_) {
    if (SameName(entry.first, name)) {
      return entry.second;
    }
  }
  return "";
}

base::Result<HttpResponse> HandlerTransport::Send(const HttpRequest& request) {
  FCC_TRY_ASSIGN(const Url url, ParseUrl(request.url));
  HttpRequest received = request;
  received.url = url.path + (url.query.empty() ? "" : "?" + url.query);
  received.headers.Add("Host", url.authority);
  return handler_(received);
}

base::Result<Url> ParseUrl(std::string_view text) {
  auto wrong = [&](std::string_view what) {
    return base::Error{base::ErrorKind::kUnsupported,
                       base::format("`{}` {}", text, what)};
  };
  Url url;
  const size_t colon = text.find("://");
  if (colon == std::string_view::npos) {
    return wrong("is no URL; write it as https://host/path");
  }
  url.scheme = text.substr(0, colon);
  std::transform(url.scheme.begin(), url.scheme.end(), url.scheme.begin(),
                 Lower);
  if (url.scheme != "http" && url.scheme != "https") {
    return wrong("is neither http nor https");
  }
  std::string_view rest = text.substr(colon + 3);
  rest = rest.substr(0, rest.find('#'));
  const size_t path = rest.find_first_of("/?");
  url.authority = rest.substr(0, path);
  if (url.authority.empty()) {
    return wrong("names no host");
  }
  if (url.authority.find('@') != std::string::npos) {
    return wrong("holds a user name or password; give those another way");
  }
  rest = path == std::string_view::npos ? "" : rest.substr(path);
  const size_t question = rest.find('?');
  url.path = rest.substr(0, question);
  if (question != std::string_view::npos) {
    url.query = rest.substr(question + 1);
  }
  if (url.path.empty()) {
    url.path = "/";
  }
  for (char letter : text) {
    if (static_cast<unsigned char>(letter) <= 0x20 || letter == 0x7f) {
      return wrong("holds a blank or a control character");
    }
  }
  return url;
}

std::string JoinUrl(std::string_view base, std::string_view path) {
  while (base.ends_with('/')) {
    base.remove_suffix(1);
  }
  while (path.starts_with('/')) {
    path.remove_prefix(1);
  }
  return base::format("{}/{}", base, path);
}

static int HexValue(char letter) {
  const char lower = Lower(letter);
  if (letter >= '0' && letter <= '9') {
    return letter - '0';
  }
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string PercentDecode(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size() &&
        HexValue(text[at + 1]) >= 0 && HexValue(text[at + 2]) >= 0) {
      out += static_cast<char>(HexValue(text[at + 1]) * 16 +
                               HexValue(text[at + 2]));
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string PercentEncode(std::string_view text) {
  std::string out;
  for (char letter : text) {
    const char lower = Lower(letter);
    if ((lower >= 'a' && lower <= 'z') || (letter >= '0' && letter <= '9') ||
        letter == '-' || letter == '.' || letter == '_' || letter == '~') {
      out += letter;
    } else {
      out += base::format("%{:02X}", static_cast<unsigned char>(letter));
    }
  }
  return out;
}

std::string QueryValue(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const size_t end = query.find('&');
    std::string_view pair = query.substr(0, end);
    query = end == std::string_view::npos ? "" : query.substr(end + 1);
    const size_t equals = pair.find('=');
    if (PercentDecode(pair.substr(0, equals)) == name) {
      if (equals == std::string_view::npos) {
        return "";
      }
      std::string value(pair.substr(equals + 1));
      std::replace(value.begin(), value.end(), '+', ' ');
      return PercentDecode(value);
    }
  }
  return "";
}

std::string MakeBoundary(const std::vector<FormPart>& parts) {
  // From the contents, so that equal requests are equal bytes.
  std::string seed;
  for (const FormPart& part : parts) {
    seed += base::ToHex(base::HashContent(part.body));
  }
  while (true) {
    std::string boundary =
        base::format("fcc-{}", base::ToHex(base::HashContent(seed)));
    const bool taken =
        std::any_of(parts.begin(), parts.end(), [&](const FormPart& part) {
          return part.body.find(boundary) != std::string::npos;
        });
    if (!taken) {
      return boundary;
    }
    seed += boundary;
  }
}

// As browsers do it in quoted names: RFC 7578, section 2, and the HTML
// standard's "multipart/form-data encoding algorithm".
static std::string QuotedName(std::string_view name) {
  std::string out;
  for (char letter : name) {
    switch (letter) {
      case '"':
        out += "%22";
        break;
      case '\r':
        out += "%0D";
        break;
      case '\n':
        out += "%0A";
        break;
      default:
        out += letter;
    }
  }
  return out;
}

std::string WriteMultipart(const std::vector<FormPart>& parts,
                           std::string_view boundary) {
  std::string out;
  for (const FormPart& part : parts) {
    out += base::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"",
                        boundary, QuotedName(part.name));
    if (!part.file_name.empty()) {
      out += base::format("; filename=\"{}\"", QuotedName(part.file_name));
    }
    if (!part.content_type.empty()) {
      out += base::format("\r\nContent-Type: {}", part.content_type);
    }
    out += "\r\n\r\n";
    out += part.body;
    out += "\r\n";
  }
  out += base::format("--{}--\r\n", boundary);
  return out;
}

static std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
    text.remove_suffix(1);
  }
  return text;
}

// The value of `name` in `form-data; name="a"; filename=b`.
static std::string HeaderParameter(std::string_view header,
                                   std::string_view name) {
  size_t at = header.find(';');
  while (at < header.size()) {
    ++at;
    const size_t equals = header.find('=', at);
    if (equals == std::string_view::npos) {
      return "";
    }
    const std::string_view key = Trim(header.substr(at, equals - at));
    size_t begin = equals + 1;
    size_t end = 0;
    size_t next = 0;
    if (begin < header.size() && header[begin] == '"') {
      ++begin;
      end = std::min(header.find('"', begin), header.size());
      next = header.find(';', end);
    } else {
      end = std::min(header.find(';', begin), header.size());
      next = end;
    }
    if (SameName(key, name)) {
      return std::string(Trim(header.substr(begin, end - begin)));
    }
    at = next;
  }
  return "";
}

static void ReadPartHeaders(std::string_view block, FormPart& part) {
  while (!block.empty()) {
    const size_t end = block.find("\r\n");
    const std::string_view line = block.substr(0, end);
    block = end == std::string_view::npos ? "" : block.substr(end + 2);
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
      continue;
    }
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = Trim(line.substr(colon + 1));
    if (SameName(name, "content-disposition")) {
      part.name = HeaderParameter(value, "name");
      part.file_name = HeaderParameter(value, "filename");
    } else if (SameName(name, "content-type")) {
      part.content_type = value;
    }
  }
}

base::Result<std::vector<FormPart>> ReadMultipart(std::string_view content_type,
                                                  std::string_view body) {
  auto broken = [](std::string_view what) {
    return base::Error{base::ErrorKind::kCorrupt,
                       base::format("the multipart body {}", what)};
  };
  const std::string boundary = HeaderParameter(content_type, "boundary");
  if (!SameName(Trim(content_type.substr(0, content_type.find(';'))),
                "multipart/form-data") ||
      boundary.empty()) {
    return broken("is not announced by a Content-Type with a boundary");
  }
  const std::string delimiter = "--" + boundary;
  if (!body.starts_with(delimiter)) {
    return broken("does not start with its boundary");
  }
  body.remove_prefix(delimiter.size());
  std::vector<FormPart> parts;
  while (!body.starts_with("--")) {
    if (!body.starts_with("\r\n")) {
      return broken("has a boundary that ends in no line break");
    }
    const size_t head_end = body.find("\r\n\r\n");
    if (head_end == std::string_view::npos) {
      return broken("has a part without an end of its headers");
    }
    FormPart part;
    ReadPartHeaders(body.substr(2, std::max<size_t>(head_end, 2) - 2), part);
    body.remove_prefix(head_end + 4);
    const size_t end = body.find("\r\n" + delimiter);
    if (end == std::string_view::npos) {
      return broken("has a part without an end");
    }
    part.body = body.substr(0, end);
    parts.push_back(std::move(part));
    body.remove_prefix(end + 2 + delimiter.size());
  }
  return parts;
}

std::string_view StatusPhrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Payload Too Large";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "";
  }
}

}  // namespace fcc::net
