// SPDX-License-Identifier: Apache-2.0
//
// URL and URLSearchParams over runtime/script/url.h. A URL is a record [href,
// its URLSearchParams or undefined, true]; a URLSearchParams is a record
// [[name, value, ...], its URL or undefined, false]. Each writes through to
// the other.

#include "runtime/script/url.h"

#include <algorithm>

#include "runtime/base/check.h"
#include "runtime/base/unicode.h"
#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/builtins/iterator.h"
#include "runtime/script/duktape/native.h"

namespace fcc::script {

// --- Both ---

// USVString: the value at `index`, which becomes a string, as UTF-8 without
// lone surrogates.
static std::string TextAt(duk_context* ctx, duk_idx_t index) {
  ToStringAt(ctx, index);
  std::string text = Utf8At(ctx, index);
  for (size_t at = text.find('\xED'); at != std::string::npos;
       at = text.find('\xED', at + 1)) {
    if (at + 2 < text.size() &&
        static_cast<unsigned char>(text[at + 1]) > 0x9F) {
      text.replace(at, 3, "\xEF\xBF\xBD");
    }
  }
  return text;
}

// [ ] -> [ this record ]; the record's index.
static duk_idx_t RequireRecord(duk_context* ctx, bool url, const char* name) {
  duk_push_this(ctx);
  if (PushHidden(ctx, -1, Key::kUrl)) {
    PushItem(ctx, -1, 2);
    const bool matches = (duk_get_boolean(ctx, -1) != 0) == url;
    duk_pop(ctx);
    if (matches) {
      return duk_get_top(ctx) - 1;
    }
  }
  ThrowType(ctx, std::string("receiver is no ") + name);
}

static Url LoadUrl(duk_context* ctx, duk_idx_t record) {
  PushItem(ctx, record, 0);
  std::optional<Url> url = ParseUrl(Utf8At(ctx, -1), nullptr);
  duk_pop(ctx);
  FCC_CHECK(url.has_value());
  return *std::move(url);
}

// Replaces the list of a URLSearchParams' record.
static void StorePairs(duk_context* ctx, duk_idx_t record,
                       const UrlPairs& pairs) {
  duk_push_array(ctx);
  duk_uarridx_t at = 0;
  for (const auto& [name, value] : pairs) {
    PushUtf8(ctx, name);
    DefineItem(ctx, -2, at++);
    PushUtf8(ctx, value);
    DefineItem(ctx, -2, at++);
  }
  PutItem(ctx, record, 0);
}

static UrlPairs LoadPairs(duk_context* ctx, duk_idx_t record) {
  UrlPairs pairs;
  PushItem(ctx, record, 0);
  const auto length = static_cast<duk_uarridx_t>(duk_get_length(ctx, -1));
  for (duk_uarridx_t at = 0; at + 1 < length; at += 2) {
    duk_get_prop_index(ctx, -1, at);
    duk_get_prop_index(ctx, -2, at + 1);
    pairs.emplace_back(Utf8At(ctx, -2), Utf8At(ctx, -1));
    duk_pop_2(ctx);
  }
  duk_pop(ctx);
  return pairs;
}

static void StoreUrl(duk_context* ctx, duk_idx_t record, const Url& url) {
  PushUtf8(ctx, url.Href());
  PutItem(ctx, record, 0);
}

// [ ] -> [ record ] with nothing yet, kept on the object at `object`.
static duk_idx_t AttachRecord(duk_context* ctx, duk_idx_t object, bool url) {
  object = duk_normalize_index(ctx, object);
  PushRecord(ctx, 3);
  duk_push_boolean(ctx, url);
  PutItem(ctx, -2, 2);
  duk_dup_top(ctx);
  PutHidden(ctx, object, Key::kUrl);
  return duk_get_top(ctx) - 1;
}

// --- URLSearchParams ---

// The URL's query follows its list.
static void WriteThrough(duk_context* ctx, duk_idx_t record) {
  PushItem(ctx, record, 1);
  if (PushHidden(ctx, -1, Key::kUrl)) {
    const duk_idx_t url_record = duk_get_top(ctx) - 1;
    Url url = LoadUrl(ctx, url_record);
    std::string query = WriteUrlPairs(LoadPairs(ctx, record));
    if (query.empty()) {
      url.query.reset();
    } else {
      url.query = std::move(query);
    }
    StoreUrl(ctx, url_record, url);
    duk_pop(ctx);
  }
  duk_pop(ctx);
}

// The pairs that argument 0 stands for.
static UrlPairs PairsOfArgument(duk_context* ctx) {
  UrlPairs pairs;
  if (duk_is_undefined(ctx, 0)) {
    return pairs;
  }
  if (!duk_is_object(ctx, 0)) {
    const std::string text = TextAt(ctx, 0);
    return ParseUrlPairs(
        std::string_view(text).substr(text.starts_with('?') ? 1 : 0));
  }
  const bool iterable = GetMethod(ctx, 0, WellKnown::kIterator);
  duk_pop(ctx);
  if (iterable) {
    ForEachOf(ctx, 0, [&] {
      const duk_idx_t pair = duk_get_top(ctx) - 1;
      RequireObject(ctx, pair, "a pair");
      int count = 0;
      std::string parts[2];
      ForEachOf(ctx, pair, [&] {
        if (count < 2) {
          parts[count] = TextAt(ctx, -1);
        }
        ++count;
      });
      if (count != 2) {
        ThrowType(ctx, "a pair must have two items");
      }
      pairs.emplace_back(std::move(parts[0]), std::move(parts[1]));
      duk_push_undefined(ctx);
    });
    return pairs;
  }
  duk_enum(ctx, 0, DUK_ENUM_OWN_PROPERTIES_ONLY);
  while (duk_next(ctx, -1, 1)) {
    std::string value = TextAt(ctx, -1);
    pairs.emplace_back(TextAt(ctx, -2), std::move(value));
    duk_pop_2(ctx);
  }
  duk_pop(ctx);
  return pairs;
}

static int ParamsConstructor(duk_context* ctx) {
  PushInstance(ctx, Intrinsic::kUrlSearchParamsPrototype, "URLSearchParams");
  const UrlPairs pairs = PairsOfArgument(ctx);
  StorePairs(ctx, AttachRecord(ctx, -1, false), pairs);
  duk_pop(ctx);
  return 1;
}

static duk_idx_t RequireParams(duk_context* ctx) {
  return RequireRecord(ctx, false, "URLSearchParams");
}

static int Append(duk_context* ctx) {
  const std::string name = TextAt(ctx, 0);
  const std::string value = TextAt(ctx, 1);
  const duk_idx_t record = RequireParams(ctx);
  PushItem(ctx, record, 0);
  const auto length = static_cast<duk_uarridx_t>(duk_get_length(ctx, -1));
  PushUtf8(ctx, name);
  DefineItem(ctx, -2, length);
  PushUtf8(ctx, value);
  DefineItem(ctx, -2, length + 1);
  WriteThrough(ctx, record);
  return 0;
}

// Argument 1, where given, has to match too.
static std::optional<std::string> WantedValue(duk_context* ctx) {
  return duk_is_undefined(ctx, 1) ? std::nullopt
                                  : std::optional(TextAt(ctx, 1));
}

static int Delete(duk_context* ctx) {
  const std::string name = TextAt(ctx, 0);
  const std::optional<std::string> value = WantedValue(ctx);
  const duk_idx_t record = RequireParams(ctx);
  UrlPairs pairs = LoadPairs(ctx, record);
  std::erase_if(pairs, [&](const auto& pair) {
    return pair.first == name && (!value || pair.second == *value);
  });
  StorePairs(ctx, record, pairs);
  WriteThrough(ctx, record);
  return 0;
}

static int Has(duk_context* ctx) {
  const std::string name = TextAt(ctx, 0);
  const std::optional<std::string> value = WantedValue(ctx);
  const UrlPairs pairs = LoadPairs(ctx, RequireParams(ctx));
  duk_push_boolean(
      ctx, std::any_of(pairs.begin(), pairs.end(), [&](const auto& pair) {
        return pair.first == name && (!value || pair.second == *value);
      }));
  return 1;
}

static int GetOne(duk_context* ctx) {
  const std::string name = TextAt(ctx, 0);
  for (const auto& [key, value] : LoadPairs(ctx, RequireParams(ctx))) {
    if (key == name) {
      PushUtf8(ctx, value);
      return 1;
    }
  }
  duk_push_null(ctx);
  return 1;
}

static int GetAll(duk_context* ctx) {
  const std::string name = TextAt(ctx, 0);
  const UrlPairs pairs = LoadPairs(ctx, RequireParams(ctx));
  duk_push_array(ctx);
  duk_uarridx_t at = 0;
  for (const auto& [key, value] : pairs) {
    if (key == name) {
      PushUtf8(ctx, value);
      DefineItem(ctx, -2, at++);
    }
  }
  return 1;
}

static int SetOne(duk_context* ctx) {
  const std::string name = TextAt(ctx, 0);
  const std::string value = TextAt(ctx, 1);
  const duk_idx_t record = RequireParams(ctx);
  UrlPairs pairs = LoadPairs(ctx, record);
  bool found = false;
  std::erase_if(pairs, [&](auto& pair) {
    if (pair.first != name) {
      return false;
    }
    pair.second = value;
    return std::exchange(found, true);
  });
  if (!found) {
    pairs.emplace_back(name, value);
  }
  StorePairs(ctx, record, pairs);
  WriteThrough(ctx, record);
  return 0;
}

static int Sort(duk_context* ctx) {
  const duk_idx_t record = RequireParams(ctx);
  UrlPairs pairs = LoadPairs(ctx, record);
  // By code units, which is another order than that of code points.
  std::vector<std::pair<std::u16string, size_t>> order;
  for (size_t i = 0; i < pairs.size(); ++i) {
    order.emplace_back(base::ToUtf16(pairs[i].first), i);
  }
  std::sort(order.begin(), order.end());
  UrlPairs sorted;
  for (const auto& [name, at] : order) {
    sorted.push_back(std::move(pairs[at]));
  }
  StorePairs(ctx, record, sorted);
  WriteThrough(ctx, record);
  return 0;
}

static int ParamsToString(duk_context* ctx) {
  PushUtf8(ctx, WriteUrlPairs(LoadPairs(ctx, RequireParams(ctx))));
  return 1;
}

static int Size(duk_context* ctx) {
  PushItem(ctx, RequireParams(ctx), 0);
  duk_push_number(ctx, static_cast<double>(duk_get_length(ctx, -1)) / 2);
  return 1;
}

static int ForEach(duk_context* ctx) {
  const duk_idx_t record = RequireParams(ctx);
  RequireCallable(ctx, 0);
  for (duk_uarridx_t at = 0;; at += 2) {
    CheckTime(ctx);
    PushItem(ctx, record, 0);
    if (at + 1 >= duk_get_length(ctx, -1)) {
      return 0;
    }
    duk_dup(ctx, 0);
    duk_dup(ctx, 1);
    duk_get_prop_index(ctx, -3, at + 1);
    duk_get_prop_index(ctx, -4, at);
    duk_dup(ctx, record - 1);
    duk_call_method(ctx, 3);
    duk_set_top(ctx, record + 1);
  }
}

// keys, values, entries: a record [params' record, index, kind].
static int Iterate(duk_context* ctx) {
  const duk_idx_t record = RequireParams(ctx);
  PushObjectOf(ctx, Intrinsic::kUrlSearchParamsIteratorPrototype);
  PushRecord(ctx, 0);
  duk_dup(ctx, record);
  PutItem(ctx, -2, 0);
  PutItemNumber(ctx, -1, 1, 0);
  PutItemNumber(ctx, -1, 2, duk_get_current_magic(ctx));
  PutHidden(ctx, -2, Key::kUrl);
  return 1;
}

static int IteratorNext(duk_context* ctx) {
  RequireThis(ctx, Key::kUrl, "URLSearchParams Iterator.next");
  const duk_idx_t record = duk_get_top(ctx) - 1;
  PushItem(ctx, record, 2);
  if (!duk_is_number(ctx, -1)) {
    ThrowType(ctx, "receiver is no URLSearchParams Iterator");
  }
  const auto kind = static_cast<IterationKind>(duk_get_int(ctx, -1));
  const auto at = static_cast<duk_uarridx_t>(ItemNumber(ctx, record, 1));
  PushItem(ctx, record, 0);
  PushItem(ctx, -1, 0);
  const duk_idx_t pairs = duk_get_top(ctx) - 1;
  if (at + 1 >= duk_get_length(ctx, pairs)) {
    duk_push_undefined(ctx);
    PushIterResult(ctx, true);
    return 1;
  }
  PutItemNumber(ctx, record, 1, at + 2.0);
  switch (kind) {
    case IterationKind::kKeys:
      duk_get_prop_index(ctx, pairs, at);
      break;
    case IterationKind::kValues:
      duk_get_prop_index(ctx, pairs, at + 1);
      break;
    case IterationKind::kEntries:
      duk_push_array(ctx);
      duk_get_prop_index(ctx, pairs, at);
      DefineItem(ctx, -2, 0);
      duk_get_prop_index(ctx, pairs, at + 1);
      DefineItem(ctx, -2, 1);
      break;
  }
  PushIterResult(ctx, false);
  return 1;
}

// --- URL ---

// The URL that arguments 0 and 1 stand for.
static std::optional<Url> ParseArguments(duk_context* ctx) {
  std::optional<Url> base;
  if (!duk_is_undefined(ctx, 1)) {
    base = ParseUrl(TextAt(ctx, 1), nullptr);
    if (!base) {
      return std::nullopt;
    }
  }
  return ParseUrl(TextAt(ctx, 0), base ? &*base : nullptr);
}

static int UrlConstructor(duk_context* ctx) {
  PushInstance(ctx, Intrinsic::kUrlPrototype, "URL");
  const std::optional<Url> url = ParseArguments(ctx);
  if (!url) {
    ThrowType(ctx, "Invalid URL");
  }
  StoreUrl(ctx, AttachRecord(ctx, -1, true), *url);
  duk_pop(ctx);
  return 1;
}

static int CanParse(duk_context* ctx) {
  duk_push_boolean(ctx, ParseArguments(ctx).has_value());
  return 1;
}

static duk_idx_t RequireUrl(duk_context* ctx) {
  return RequireRecord(ctx, true, "URL");
}

static int GetHref(duk_context* ctx) {
  PushItem(ctx, RequireUrl(ctx), 0);
  return 1;
}

static int GetOrigin(duk_context* ctx) {
  PushUtf8(ctx, LoadUrl(ctx, RequireUrl(ctx)).Origin());
  return 1;
}

// The part is the function's magic.
static int GetPart(duk_context* ctx) {
  const Url url = LoadUrl(ctx, RequireUrl(ctx));
  const auto prefixed = [](char prefix,
                           const std::optional<std::string>& text) {
    return text && !text->empty() ? prefix + *text : std::string();
  };
  std::string text;
  switch (static_cast<UrlPart>(duk_get_current_magic(ctx))) {
    case UrlPart::kProtocol:
      text = url.scheme + ":";
      break;
    case UrlPart::kUsername:
      text = url.username;
      break;
    case UrlPart::kPassword:
      text = url.password;
      break;
    case UrlPart::kHost:
      text = url.Host();
      break;
    case UrlPart::kHostname:
      text = url.host.value_or("");
      break;
    case UrlPart::kPort:
      text = url.port ? std::to_string(*url.port) : "";
      break;
    case UrlPart::kPathname:
      text = url.Pathname();
      break;
    case UrlPart::kSearch:
      text = prefixed('?', url.query);
      break;
    case UrlPart::kHash:
      text = prefixed('#', url.fragment);
      break;
  }
  PushUtf8(ctx, text);
  return 1;
}

// The list of the URL's URLSearchParams follows its query.
static void RefreshParams(duk_context* ctx, duk_idx_t record, const Url& url) {
  PushItem(ctx, record, 1);
  if (PushHidden(ctx, -1, Key::kUrl)) {
    StorePairs(ctx, duk_get_top(ctx) - 1,
               ParseUrlPairs(url.query.value_or("")));
    duk_pop(ctx);
  }
  duk_pop(ctx);
}

static int SetPart(duk_context* ctx) {
  const auto part = static_cast<UrlPart>(duk_get_current_magic(ctx));
  const std::string text = TextAt(ctx, 0);
  const duk_idx_t record = RequireUrl(ctx);
  Url url = LoadUrl(ctx, record);
  SetUrlPart(url, part, text);
  StoreUrl(ctx, record, url);
  if (part == UrlPart::kSearch) {
    RefreshParams(ctx, record, url);
  }
  return 0;
}

static int SetHref(duk_context* ctx) {
  const std::optional<Url> url = ParseUrl(TextAt(ctx, 0), nullptr);
  if (!url) {
    ThrowType(ctx, "Invalid URL");
  }
  const duk_idx_t record = RequireUrl(ctx);
  StoreUrl(ctx, record, *url);
  RefreshParams(ctx, record, *url);
  return 0;
}

static int GetSearchParams(duk_context* ctx) {
  const duk_idx_t record = RequireUrl(ctx);
  PushItem(ctx, record, 1);
  if (duk_is_object(ctx, -1)) {
    return 1;
  }
  const Url url = LoadUrl(ctx, record);
  PushObjectOf(ctx, Intrinsic::kUrlSearchParamsPrototype);
  const duk_idx_t params = AttachRecord(ctx, -1, false);
  StorePairs(ctx, params, ParseUrlPairs(url.query.value_or("")));
  duk_dup(ctx, record - 1);
  PutItem(ctx, params, 1);
  duk_pop(ctx);
  duk_dup_top(ctx);
  PutItem(ctx, record, 1);
  return 1;
}

static void InstallParams(duk_context* ctx) {
  const auto kind = [](IterationKind value) { return static_cast<int>(value); };
  const Method methods[] = {
      {"append", Append, 2},
      {"delete", Delete, 1, 2},
      {"get", GetOne, 1},
      {"getAll", GetAll, 1},
      {"has", Has, 1, 2},
      {"set", SetOne, 2},
      {"sort", Sort, 0},
      {"toString", ParamsToString, 0},
      {"forEach", ForEach, 1, 2},
      {"keys", Iterate, 0, -2, kind(IterationKind::kKeys)},
      {"values", Iterate, 0, -2, kind(IterationKind::kValues)},
      {"entries", Iterate, 0, -2, kind(IterationKind::kEntries)},
      {"get size", Size, 0},
  };
  PushClass(ctx, {"URLSearchParams", ParamsConstructor, 0, 1}, {}, methods,
            Intrinsic::kUrlSearchParamsPrototype);
  PushIntrinsic(ctx, Intrinsic::kUrlSearchParamsPrototype);
  DefineTag(ctx, -1, "URLSearchParams");
  duk_get_prop_literal(ctx, -1, "entries");
  DefineHidden(ctx, -2, "[Symbol.iterator]");

  PushObjectOf(ctx, Intrinsic::kIteratorPrototype);
  static constexpr Method kIterator[] = {{"next", IteratorNext, 0}};
  DefineMethods(ctx, kIterator);
  DefineTag(ctx, -1, "URLSearchParams Iterator");
  SetIntrinsic(ctx, Intrinsic::kUrlSearchParamsIteratorPrototype);
}

void InstallUrl(duk_context* ctx) {
  if (!EngineOf(ctx).options.web_globals) {
    return;
  }
  InstallParams(ctx);
  static constexpr Method kStatics[] = {{"canParse", CanParse, 1, 2}};
  static constexpr Method kMethods[] = {
      {"get href", GetHref, 0},     {"set href", SetHref, 1},
      {"get origin", GetOrigin, 0}, {"get searchParams", GetSearchParams, 0},
      {"toString", GetHref, 0},     {"toJSON", GetHref, 0},
  };
  PushClass(ctx, {"URL", UrlConstructor, 1, 2}, kStatics, kMethods,
            Intrinsic::kUrlPrototype);
  PushIntrinsic(ctx, Intrinsic::kUrlPrototype);
  DefineTag(ctx, -1, "URL");
  static constexpr const char* kGetters[] = {
      "get protocol", "get username", "get password",
      "get host",     "get hostname", "get port",
      "get pathname", "get search",   "get hash"};
  static constexpr const char* kSetters[] = {
      "set protocol", "set username", "set password",
      "set host",     "set hostname", "set port",
      "set pathname", "set search",   "set hash"};
  for (int part = 0; part <= static_cast<int>(UrlPart::kHash); ++part) {
    const Method accessors[] = {{kGetters[part], GetPart, 0, -2, part},
                                {kSetters[part], SetPart, 1, -2, part}};
    DefineMethods(ctx, accessors);
  }
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
