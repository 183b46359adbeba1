// SPDX-License-Identifier: Apache-2.0
//
// RegExp (ECMA-262, 22.2): the constructor, accessors, exec and test. The
// engine makes the objects of literals.

#include <cmath>

#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/builtins/regexp_exec.h"
#include "runtime/script/duktape/builtins/regexp_methods.h"
#include "runtime/script/duktape/builtins/string_replace.h"
#include "runtime/script/duktape/engine/hooks.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

// What a pattern is as source text: `/` and line ends escaped, "(?:)" if empty.
static std::u16string EscapeSource(std::u16string_view pattern) {
  if (pattern.empty()) {
    return u"(?:)";
  }
  std::u16string out;
  bool in_class = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char16_t c = pattern[i];
    if (c == u'\\' && i + 1 < pattern.size()) {
      out += c;
      const char16_t next = pattern[++i];
      switch (next) {
        case u'\n':
          out += u'n';
          break;
        case u'\r':
          out += u'r';
          break;
        case 0x2028:
          out += u"u2028";
          break;
        case 0x2029:
          out += u"u2029";
          break;
        default:
          out += next;
      }
      continue;
    }
    if (c == u'[') {
      in_class = true;
    } else if (c == u']') {
      in_class = false;
    }
    switch (c) {
      case u'/':
        out += in_class ? u"/" : u"\\/";
        break;
      case u'\n':
        out += u"\\n";
        break;
      case u'\r':
        out += u"\\r";
        break;
      case 0x2028:
        out += u"\\u2028";
        break;
      case 0x2029:
        out += u"\\u2029";
        break;
      default:
        out += c;
    }
  }
  return out;
}

namespace hooks {

void CompileRegExp(duk_context* ctx) {
  const duk_idx_t pattern = duk_get_top(ctx) - 2;
  regexp::Flags flags;
  if (!regexp::ParseFlags(BytesAt(ctx, pattern + 1), flags)) {
    ThrowSyntax(ctx, "Invalid regular expression flags");
  }
  const std::u16string text = Utf16At(ctx, pattern);
  // Compiling waits for the first use; errors do not.
  const auto translation = regexp::Translate(text, flags);
  if (!translation) {
    ThrowSyntax(ctx, translation.error().message);
  }
  PushUtf16(ctx, EscapeSource(text));
  duk_replace(ctx, pattern);
}

}  // namespace hooks

// IsRegExp.
bool IsRegExpAt(duk_context* ctx, duk_idx_t index) {
  if (!duk_is_object(ctx, index)) {
    return false;
  }
  index = duk_normalize_index(ctx, index);
  PushSymbol(ctx, WellKnown::kMatch);
  duk_get_prop(ctx, index);
  const bool undefined = duk_is_undefined(ctx, -1) != 0;
  const bool truthy = duk_to_boolean(ctx, -1) != 0;
  duk_pop(ctx);
  if (!undefined) {
    return truthy;
  }
  void* object = duk_get_heapptr(ctx, index);
  return !internals::IsProxy(object) &&
         internals::GetClass(object) == internals::kClassRegExp;
}

// --- Methods: the string at 0, the receiver behind the arguments ---

duk_idx_t PushRegExpReceiver(duk_context* ctx) {
  duk_push_this(ctx);
  RequireObject(ctx, -1, "RegExp method receiver");
  return duk_get_top(ctx) - 1;
}

static int ExecMethod(duk_context* ctx) {
  const duk_idx_t regexp = PushRegExpReceiver(ctx);
  if (!PushRegExpParts(ctx, regexp)) {
    ThrowType(ctx, "RegExp.prototype.exec called on an incompatible receiver");
  }
  duk_pop_2(ctx);
  ToStringAt(ctx, 0);
  RegExpBuiltinExec(ctx, regexp, 0);
  return 1;
}

static int Test(duk_context* ctx) {
  const duk_idx_t regexp = PushRegExpReceiver(ctx);
  ToStringAt(ctx, 0);
  if (const auto program = PlainProgram(ctx, regexp)) {
    duk_push_boolean(ctx, PlainExec(ctx, regexp, 0, *program));
    return 1;
  }
  RegExpExec(ctx, regexp, 0);
  duk_push_boolean(ctx, !duk_is_null(ctx, -1));
  return 1;
}

static int ToStringMethod(duk_context* ctx) {
  PushRegExpReceiver(ctx);
  duk_push_literal(ctx, "/");
  duk_get_prop_literal(ctx, 0, "source");
  ToStringAt(ctx, -1);
  duk_push_literal(ctx, "/");
  duk_get_prop_literal(ctx, 0, "flags");
  ToStringAt(ctx, -1);
  duk_concat(ctx, 4);
  return 1;
}

static int Compile(duk_context* ctx) {
  duk_push_this(ctx);
  if (!PushRegExpParts(ctx, 2)) {
    ThrowType(ctx,
              "RegExp.prototype.compile called on an incompatible "
              "receiver");
  }
  duk_set_top(ctx, 3);
  if (PushRegExpParts(ctx, 0)) {
    if (!duk_is_undefined(ctx, 1)) {
      ThrowType(ctx, "flags given with a regular expression");
    }
    duk_replace(ctx, 1);
    duk_replace(ctx, 0);
  }
  for (const duk_idx_t i : {0, 1}) {
    if (duk_is_undefined(ctx, i)) {
      duk_push_literal(ctx, "");
      duk_replace(ctx, i);
    }
    ToStringAt(ctx, i);
  }
  duk_dup(ctx, 0);
  duk_dup(ctx, 1);
  hooks::CompileRegExp(ctx);
  PutRegExpParts(ctx, 2, -2, -1);
  SetLastIndex(ctx, 2, 0);
  duk_dup(ctx, 2);
  return 1;
}

// --- Accessors ---

static int Flag(duk_context* ctx) {
  const char letter = static_cast<char>(duk_get_current_magic(ctx));
  duk_push_this(ctx);
  if (!PushRegExpParts(ctx, 0)) {
    if (duk_is_object(ctx, 0) &&
        duk_get_heapptr(ctx, 0) ==
            IntrinsicPointer(ctx, Intrinsic::kRegExpPrototype)) {
      return 0;
    }
    ThrowType(ctx, "RegExp flag getter called on an incompatible receiver");
  }
  duk_push_boolean(ctx, BytesAt(ctx, -1).find(letter) != std::string::npos);
  return 1;
}

static int Flags(duk_context* ctx) {
  PushRegExpReceiver(ctx);
  static constexpr std::pair<const char*, char> kFlags[] = {
      {"hasIndices", 'd'},  {"global", 'g'}, {"ignoreCase", 'i'},
      {"multiline", 'm'},   {"dotAll", 's'}, {"unicode", 'u'},
      {"unicodeSets", 'v'}, {"sticky", 'y'}};
  std::string text;
  for (const auto& [name, letter] : kFlags) {
    duk_get_prop_string(ctx, 0, name);
    if (duk_to_boolean(ctx, -1)) {
      text += letter;
    }
    duk_pop(ctx);
  }
  duk_push_lstring(ctx, text.data(), text.size());
  return 1;
}

static int Source(duk_context* ctx) {
  duk_push_this(ctx);
  if (!PushRegExpParts(ctx, 0)) {
    if (duk_is_object(ctx, 0) &&
        duk_get_heapptr(ctx, 0) ==
            IntrinsicPointer(ctx, Intrinsic::kRegExpPrototype)) {
      duk_push_literal(ctx, "(?:)");
      return 1;
    }
    ThrowType(ctx,
              "RegExp.prototype.source called on an incompatible "
              "receiver");
  }
  duk_pop(ctx);
  return 1;
}

// --- The constructor ---

static int Constructor(duk_context* ctx) {
  const bool constructs = duk_is_constructor_call(ctx) != 0;
  const bool pattern_is_regexp = IsRegExpAt(ctx, 0);
  if (!constructs && pattern_is_regexp && duk_is_undefined(ctx, 1)) {
    duk_get_prop_literal(ctx, 0, "constructor");
    duk_push_current_function(ctx);
    if (duk_samevalue(ctx, -1, -2)) {
      duk_dup(ctx, 0);
      return 1;
    }
    duk_pop_2(ctx);
  }
  // new.target.prototype, or the intrinsic one.
  void* prototype = IntrinsicPointer(ctx, Intrinsic::kRegExpPrototype);
  const duk_idx_t top = duk_get_top(ctx);
  if (PushRegExpParts(ctx, 0)) {
    if (!duk_is_undefined(ctx, 1)) {
      duk_pop(ctx);
      duk_dup(ctx, 1);
    }
  } else if (pattern_is_regexp) {
    duk_get_prop_literal(ctx, 0, "source");
    if (duk_is_undefined(ctx, 1)) {
      duk_get_prop_literal(ctx, 0, "flags");
    } else {
      duk_dup(ctx, 1);
    }
  } else {
    duk_dup(ctx, 0);
    duk_dup(ctx, 1);
  }
  if (constructs) {
    duk_push_this(ctx);
    void* made = internals::GetPrototype(ctx, duk_get_heapptr(ctx, -1));
    if (made != IntrinsicPointer(ctx, Intrinsic::kObjectPrototype) &&
        made != nullptr) {
      prototype = made;
    }
    duk_pop(ctx);
  }
  for (const duk_idx_t i : {top, top + 1}) {
    if (duk_is_undefined(ctx, i)) {
      duk_push_literal(ctx, "");
      duk_replace(ctx, i);
    }
    ToStringAt(ctx, i);
  }
  hooks::CompileRegExp(ctx);
  duk_push_object(ctx);
  void* object = duk_get_heapptr(ctx, -1);
  internals::SetClass(object, internals::kClassRegExp);
  internals::SetPrototype(ctx, object, prototype);
  PutRegExpParts(ctx, -1, top, top + 1);
  duk_push_int(ctx, 0);
  DefineValue(ctx, -2, "lastIndex", DUK_DEFPROP_W);
  return 1;
}

static int ReturnThis(duk_context* ctx) {
  duk_push_this(ctx);
  return 1;
}

static constexpr Method kPrototype[] = {
    {"compile", Compile, 2},
    {"exec", ExecMethod, 1},
    {"get dotAll", Flag, 0, 0, 's'},
    {"get flags", Flags, 0},
    {"get global", Flag, 0, 0, 'g'},
    {"get hasIndices", Flag, 0, 0, 'd'},
    {"get ignoreCase", Flag, 0, 0, 'i'},
    {"get multiline", Flag, 0, 0, 'm'},
    {"get source", Source, 0},
    {"get sticky", Flag, 0, 0, 'y'},
    {"get unicode", Flag, 0, 0, 'u'},
    {"test", Test, 1},
    {"toString", ToStringMethod, 0},
};

void InstallRegExp(duk_context* ctx) {
  // The prototype stays the engine's, which its literals use; it is an
  // ordinary object by ES2015.
  PushGlobal(ctx, "RegExp");
  duk_get_prop_literal(ctx, 0, "prototype");
  SetIntrinsic(ctx, Intrinsic::kRegExpPrototype);
  internals::SetClass(duk_get_heapptr(ctx, 1), internals::kClassObject);
  DefineMethods(ctx, kPrototype);
  DefineRegExpSymbols(ctx);
  duk_get_prop_literal(ctx, 1, "exec");
  SetIntrinsic(ctx, Intrinsic::kRegExpExec);
  duk_pop(ctx);

  PushFunction(ctx, {"RegExp", Constructor, 2}, true);
  static constexpr Method kStatics[] = {
      {"get [Symbol.species]", ReturnThis, 0}};
  DefineMethods(ctx, kStatics);
  DefineRegExpLegacyStatics(ctx);
  duk_dup(ctx, 1);
  DefineValue(ctx, -2, "prototype", 0);
  duk_dup(ctx, -1);
  DefineHidden(ctx, 1, "constructor");
  duk_push_global_object(ctx);
  duk_swap_top(ctx, -2);
  DefineHidden(ctx, -2, "RegExp");

  PushGlobal(ctx, "RegExp");
  duk_dup(ctx, 1);
  MarkRegExpLibrary(ctx);
  InstallRegExpStringIterator(ctx);
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
