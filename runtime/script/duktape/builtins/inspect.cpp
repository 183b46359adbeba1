// SPDX-License-Identifier: Apache-2.0
//
// Values as a console shows them, after the manner of Node's util.inspect.
// Getters are not called; proxies are shown as their targets.

#include <algorithm>
#include <vector>

#include "runtime/script/duktape/builtins.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

namespace {

constexpr int kMaxDepth = 2;
constexpr uint32_t kMaxItems = 100;
constexpr size_t kLineWidth = 72;

bool IsIdentifier(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) {
    return false;
  }
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

std::string Quote(std::string_view text) {
  const char quote = text.find('\'') == std::string_view::npos  ? '\''
                     : text.find('"') == std::string_view::npos ? '"'
                                                                : '`';
  std::string out(1, quote);
  for (const char c : text) {
    switch (c) {
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  }
  return out + quote;
}

class Inspector {
 public:
  explicit Inspector(duk_context* ctx) : ctx_(ctx) {}

  // [ value ] -> [ ]
  std::string Take(int depth) {
    std::string text = Show(depth);
    duk_pop(ctx_);
    return text;
  }

 private:
  std::string Show(int depth) {
    switch (duk_get_type(ctx_, -1)) {
      case DUK_TYPE_STRING:
        if (duk_is_symbol(ctx_, -1)) {
          return SymbolText();
        }
        return Quote(Utf8At(ctx_, -1));
      case DUK_TYPE_NUMBER:
        if (duk_get_number(ctx_, -1) == 0 && 1 / duk_get_number(ctx_, -1) < 0) {
          return "-0";
        }
        [[fallthrough]];
      case DUK_TYPE_UNDEFINED:
      case DUK_TYPE_NULL:
      case DUK_TYPE_BOOLEAN: {
        duk_dup(ctx_, -1);
        std::string text = duk_to_string(ctx_, -1);
        duk_pop(ctx_);
        return text;
      }
      case DUK_TYPE_OBJECT:
        return ShowObject(depth);
      default:
        return "[internal]";
    }
  }

  std::string SymbolText() {
    const std::string_view bytes = BytesAt(ctx_, -1);
    const std::string_view text = bytes.substr(1);
    return "Symbol(" + std::string(text.substr(0, text.find('\xff'))) + ")";
  }

  // An own data property of the object on top, as text; "" without.
  std::string OwnText(const char* name) {
    std::string text;
    duk_push_string(ctx_, name);
    internals::OwnProperty property;
    void* object = duk_get_heapptr(ctx_, -2);
    for (int i = 0; object != nullptr && i < 32; ++i) {
      if (internals::IsProxy(object)) {
        break;
      }
      if (internals::GetOwn(ctx_, object, duk_get_heapptr(ctx_, -1),
                            &property)) {
        if (duk_is_string(ctx_, -1) && !duk_is_symbol(ctx_, -1)) {
          text = Utf8At(ctx_, -1);
        }
        duk_pop(ctx_);
        break;
      }
      object = internals::GetPrototype(ctx_, object);
    }
    duk_pop(ctx_);
    return text;
  }

  // The name of the constructor that made the object on top.
  std::string ClassName() {
    void* prototype = internals::GetPrototype(ctx_, duk_get_heapptr(ctx_, -1));
    if (prototype == nullptr) {
      return "[Object: null prototype]";
    }
    std::string name;
    for (int i = 0; prototype != nullptr && name.empty() && i < 32; ++i) {
      if (internals::IsProxy(prototype)) {
        break;
      }
      duk_push_literal(ctx_, "constructor");
      internals::OwnProperty property;
      if (internals::GetOwn(ctx_, prototype, duk_get_heapptr(ctx_, -1),
                            &property)) {
        if (duk_is_object(ctx_, -1)) {
          name = OwnText("name");
        }
        duk_pop(ctx_);
      }
      duk_pop(ctx_);
      prototype = internals::GetPrototype(ctx_, prototype);
    }
    return name;
  }

  std::string ShowObject(int depth) {
    duk_require_stack(ctx_, 24);
    void* object = duk_get_heapptr(ctx_, -1);
    if (internals::IsProxy(object)) {
      if (internals::IsRevoked(ctx_, object)) {
        return "<Revoked Proxy>";
      }
      NativeScope scope(ctx_);
      duk_push_heapptr(ctx_, internals::ProxyTarget(object));
      return Take(depth);
    }
    const int class_number = internals::GetClass(object);
    if (std::find(path_.begin(), path_.end(), object) != path_.end()) {
      return "[Circular *1]";
    }
    std::string prefix;
    bool array = false;
    if (internals::IsCallable(object)) {
      const std::string name = OwnText("name");
      prefix =
          name.empty() ? "[Function (anonymous)]" : "[Function: " + name + "]";
    } else if (class_number == internals::kClassError) {
      const std::string stack = Text("stack");
      prefix = stack.empty() ? "[" + Text("toString()") + "]" : stack;
    } else if (class_number == internals::kClassDate) {
      prefix = Call("toISOString");
    } else if (class_number == internals::kClassRegExp) {
      prefix = Call("toString");
    } else if (class_number == internals::kClassNumber ||
               class_number == internals::kClassString ||
               class_number == internals::kClassBoolean) {
      prefix = "[" + ClassName() + ": " + Call("valueOf") + "]";
    } else if (class_number == internals::kClassArray ||
               class_number > internals::kClassDataView) {
      array = true;
    }
    if (!array && prefix.empty() && HasHidden(ctx_, -1, Key::kPromise)) {
      prefix = "Promise";
    }
    if (depth > kMaxDepth && prefix.empty()) {
      const std::string name = array ? "Array" : ClassName();
      return "[" + (name.empty() ? "Object" : name) + "]";
    }
    path_.push_back(object);
    std::string text = ShowMembers(depth, prefix, array);
    path_.pop_back();
    return text;
  }

  std::string Text(const char* name) {
    std::string text;
    duk_dup(ctx_, -1);
    if (Protected(ctx_,
                  [&](duk_context* inner) {
                    duk_get_prop_string(inner, -1, name);
                  }) &&
        duk_is_string(ctx_, -1) && !duk_is_symbol(ctx_, -1)) {
      text = Utf8At(ctx_, -1);
    }
    duk_pop_2(ctx_);
    return text;
  }

  // A method that the engine's own classes have, as text.
  std::string Call(const char* method) {
    std::string text = "Invalid Date";
    duk_dup(ctx_, -1);
    if (Protected(ctx_, [&](duk_context* inner) {
          duk_push_string(inner, method);
          duk_call_prop(inner, -2, 0);
        })) {
      text = duk_is_string(ctx_, -1)
                 ? Utf8At(ctx_, -1)
                 : std::string(duk_safe_to_string(ctx_, -1));
    }
    duk_pop_2(ctx_);
    return text;
  }

  void ShowCollection(int depth, std::vector<std::string>& parts, bool map) {
    duk_dup(ctx_, -1);
    Protected(ctx_, [&](duk_context* inner) {
      const duk_idx_t collection = duk_get_top(inner) - 1;
      ForEachOf(inner, collection, [&] {
        if (parts.size() >= kMaxItems) {
          return;
        }
        if (map) {
          duk_get_prop_index(inner, -1, 0);
          std::string entry = Take(depth + 1) + " => ";
          duk_get_prop_index(inner, -1, 1);
          parts.push_back(entry + Take(depth + 1));
        } else {
          duk_dup(inner, -1);
          parts.push_back(Take(depth + 1));
        }
      });
    });
    duk_pop_2(ctx_);
  }

  std::string ShowMembers(int depth, std::string prefix, bool array) {
    NativeScope scope(ctx_);
    std::vector<std::string> parts;
    const duk_idx_t object = duk_get_top(ctx_) - 1;
    if (array) {
      const double length = LengthOf(ctx_, object);
      for (double i = 0; i < length && i < kMaxItems; ++i) {
        GetIndex(ctx_, object, i);
        parts.push_back(Take(depth + 1));
      }
      if (length > kMaxItems) {
        parts.push_back(
            "... " + std::to_string(static_cast<uint64_t>(length) - kMaxItems) +
            " more items");
      }
      if (internals::GetClass(duk_get_heapptr(ctx_, object)) !=
          internals::kClassArray) {
        prefix = ClassName() + "(" +
                 std::to_string(static_cast<uint64_t>(length)) + ")";
      }
    } else if (prefix.empty()) {
      const bool map = IsMapAt(ctx_, object);
      if (map || IsSetAt(ctx_, object)) {
        ShowCollection(depth, parts, map);
        prefix = ClassName() + "(" + std::to_string(parts.size()) + ")";
      } else {
        const std::string name = ClassName();
        prefix = name == "Object" ? "" : name;
      }
    }
    duk_enum(ctx_, object,
             DUK_ENUM_OWN_PROPERTIES_ONLY | DUK_ENUM_INCLUDE_SYMBOLS |
                 DUK_ENUM_NO_PROXY_BEHAVIOR);
    while (duk_next(ctx_, -1, 0)) {
      const duk_idx_t key = duk_get_top(ctx_) - 1;
      const bool symbol = duk_is_symbol(ctx_, key) != 0;
      const std::string name = symbol ? "" : Utf8At(ctx_, key);
      const bool index =
          array && !name.empty() && name[0] >= '0' && name[0] <= '9';
      if (!index && parts.size() < 2 * kMaxItems) {
        std::string shown = symbol               ? "[" + SymbolText() + "]"
                            : IsIdentifier(name) ? name
                                                 : Quote(name);
        internals::OwnProperty property;
        internals::GetOwn(ctx_, duk_get_heapptr(ctx_, object),
                          duk_get_heapptr(ctx_, key), &property);
        if (property.accessor) {
          duk_pop(ctx_);
          shown += property.getter == nullptr   ? ": [Setter]"
                   : property.setter == nullptr ? ": [Getter]"
                                                : ": [Getter/Setter]";
        } else {
          shown += ": " + Take(depth + 1);
        }
        parts.push_back(std::move(shown));
      }
      duk_set_top(ctx_, key);
    }
    duk_pop(ctx_);
    const bool brackets = array;
    if (parts.empty()) {
      if (!prefix.empty() && !array &&
          (prefix[0] == '[' || duk_is_callable(ctx_, object) ||
           internals::GetClass(duk_get_heapptr(ctx_, object)) !=
               internals::kClassObject)) {
        return prefix;
      }
      return prefix + (prefix.empty() ? "" : " ") + (brackets ? "[]" : "{}");
    }
    return Layout(prefix, parts, brackets, depth);
  }

  static std::string Layout(const std::string& prefix,
                            const std::vector<std::string>& parts,
                            bool brackets, int depth) {
    size_t width = prefix.size() + parts.size();
    bool multiline = false;
    for (const std::string& part : parts) {
      width += part.size();
      multiline = multiline || part.find('\n') != std::string::npos;
    }
    const char* open = brackets ? "[" : "{";
    const char* close = brackets ? "]" : "}";
    std::string text = prefix + (prefix.empty() ? "" : " ") + open;
    if (!multiline && width + static_cast<size_t>(depth) * 2 <= kLineWidth) {
      for (size_t i = 0; i < parts.size(); ++i) {
        text += (i == 0 ? " " : ", ") + parts[i];
      }
      return text + " " + close;
    }
    for (size_t i = 0; i < parts.size(); ++i) {
      text += i == 0 ? "\n  " : ",\n  ";
      for (const char c : parts[i]) {
        text += c;
        if (c == '\n') {
          text += "  ";
        }
      }
    }
    return text + "\n" + close;
  }

  duk_context* ctx_;
  std::vector<void*> path_;
};

}  // namespace

std::string InspectTop(duk_context* ctx) {
  return Inspector(ctx).Take(0);
}

}  // namespace fcc::script
