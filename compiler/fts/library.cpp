// SPDX-License-Identifier: Apache-2.0

#include "compiler/fts/library.h"

namespace fcc::fts {

// `new Date` with as many arguments as were given.
static constexpr std::string_view kGetDate =
    "function getDate(y,m,d,h,i,s,n){"
    "var c=arguments.length;"
    "return c===0?new Date():c===1?new Date(y):"
    "new Date(y,m,c>2?d:1,c>3?h:0,c>4?i:0,c>5?s:0,c>6?n:0)}";

static constexpr std::string_view kGetRegExp =
    "function getRegExp(p,f){return new RegExp(p,f)}";

// An own member of that name is what it is; null and undefined throw as any
// member of theirs does.
static constexpr std::string_view kConstructorOfBody =
    "(o){"
    "if(o===null||o===void 0)return o.constructor;"
    "if(typeof o===\"object\"&&"
    "Object.prototype.hasOwnProperty.call(o,\"constructor\"))"
    "return o.constructor;"
    "var k=Object.prototype.toString.call(o).slice(8,-1);"
    "return k===\"Arguments\"||k===\"Error\"?\"Object\":k}";

static constexpr std::string_view kToStringBody =
    "(o){return typeof o===\"function\"?\"[function Function]\":"
    "o.toString()}";

// Code that is not strict gets the global object where nothing is given.
static constexpr std::string_view kThisBody =
    "(t){return t===(function(){return this})()?void 0:t}";

static constexpr std::string_view kTextBody =
    "(f,s){f.toString=function(){return s};return f}";

// A name that nobody declares and nobody has given a value yet.
static constexpr std::string_view kUnknownBody =
    "(v,n){if(v===void 0)throw new ReferenceError(n+\" is not defined\");"
    "return v}";

std::string LibraryOf(const Restricted& module) {
  std::string out;
  if (module.uses_get_date) {
    out += kGetDate;
  }
  if (module.uses_get_reg_exp) {
    out += kGetRegExp;
  }
  if (module.uses_constructor_of) {
    out += "function ";
    out += kConstructorOf;
    out += kConstructorOfBody;
  }
  if (module.uses_to_string) {
    out += "function ";
    out += kToString;
    out += kToStringBody;
  }
  if (module.uses_this) {
    out += "function ";
    out += kThis;
    out += kThisBody;
  }
  if (module.uses_text) {
    out += "function ";
    out += kText;
    out += kTextBody;
  }
  if (module.uses_unknown) {
    out += "function ";
    out += kUnknown;
    out += kUnknownBody;
  }
  return out;
}

}  // namespace fcc::fts
