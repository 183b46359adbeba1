// SPDX-License-Identifier: Apache-2.0
//
// The essential internal methods of ECMA-262 (6.1.7.2) for any object, proxies
// included. The engine has fast ones of its own for ordinary access; these are
// what Reflect, Object and the proxies themselves are made of.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_OBJECT_OPS_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_OBJECT_OPS_H_

#include "runtime/script/duktape/engine.h"

namespace fcc::script {

// A property descriptor whose values are on the stack: `value` is the index of
// the value, or of getter and setter behind each other.
struct Descriptor {
  bool has_value = false;
  bool has_writable = false;
  bool has_get = false;
  bool has_set = false;
  bool has_enumerable = false;
  bool has_configurable = false;
  bool writable = false;
  bool enumerable = false;
  bool configurable = false;
  // Stack indices; -1 where absent. Undefined for an absent function.
  duk_idx_t value = -1;
  duk_idx_t get = -1;
  duk_idx_t set = -1;

  bool IsAccessor() const { return has_get || has_set; }
  bool IsData() const { return has_value || has_writable; }
};

// Converts in place: strings and symbols remain.
void ToPropertyKey(duk_context* ctx, duk_idx_t index);

// [ ] -> [ a b ]: value and undefined, or getter and setter; nothing when there
// is no such property. Keys here are property keys already.
bool OpGetOwn(duk_context* ctx, duk_idx_t object, duk_idx_t key,
              Descriptor* descriptor);
bool OpDefineOwn(duk_context* ctx, duk_idx_t object, duk_idx_t key,
                 const Descriptor& descriptor);
bool OpHas(duk_context* ctx, duk_idx_t object, duk_idx_t key);
// [ ] -> [ value ]
void OpGet(duk_context* ctx, duk_idx_t object, duk_idx_t key,
           duk_idx_t receiver);
bool OpSet(duk_context* ctx, duk_idx_t object, duk_idx_t key, duk_idx_t value,
           duk_idx_t receiver);
bool OpDelete(duk_context* ctx, duk_idx_t object, duk_idx_t key);
// [ ] -> [ array of keys ]
void OpOwnKeys(duk_context* ctx, duk_idx_t object);
// [ ] -> [ prototype or null ]
void OpGetPrototype(duk_context* ctx, duk_idx_t object);
bool OpSetPrototype(duk_context* ctx, duk_idx_t object, duk_idx_t prototype);
bool OpIsExtensible(duk_context* ctx, duk_idx_t object);
bool OpPreventExtensions(duk_context* ctx, duk_idx_t object);

// The object at `index` as a descriptor: [ ] -> [ value get set ].
Descriptor ToDescriptor(duk_context* ctx, duk_idx_t index);
// [ ] -> [ object ]
void FromDescriptor(duk_context* ctx, const Descriptor& descriptor);
// CreateDataProperty; false when refused. [ value ] -> [ ]
bool CreateDataProperty(duk_context* ctx, duk_idx_t object, duk_idx_t key);
// [ value ] -> [ ]; TypeError when refused.
void CreateDataPropertyOrThrow(duk_context* ctx, duk_idx_t object,
                               duk_idx_t key);
// The same for an index.
void CreateIndexOrThrow(duk_context* ctx, duk_idx_t object, double index);
// Set(O, P, V, true): [ value ] -> [ ]
void SetOrThrow(duk_context* ctx, duk_idx_t object, duk_idx_t key);

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_OBJECT_OPS_H_
