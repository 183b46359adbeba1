// SPDX-License-Identifier: Apache-2.0
//
// What the amended engine asks of us (amendments.cmake says where). These are
// called in the middle of the engine's operations and may throw its errors.
// Stack effects are given as [ before ] -> [ after ].

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_ENGINE_HOOKS_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_ENGINE_HOOKS_H_

struct duk_hthread;

namespace fcc::script::hooks {

// Keys may be any value that a property access can have.
void ProxyGet(duk_hthread* ctx);     // [ proxy key receiver ] -> [ value ]
bool ProxyHas(duk_hthread* ctx);     // [ proxy key ] -> [ ]
bool ProxySet(duk_hthread* ctx);     // [ proxy key value receiver ] -> [ ]
bool ProxyDelete(duk_hthread* ctx);  // [ proxy key ] -> [ ]
// [ proxy ] -> [ object or null ]
void ProxyPrototype(duk_hthread* ctx);
struct EnumerateOptions {
  bool own_only;
  bool non_enumerable;
  bool symbols;
  bool strings;
};
// [ object bare ] -> [ object bare ]; gives `bare` a member for each key.
void ProxyEnumerate(duk_hthread* ctx, const EnumerateOptions& options);

// [ object name ] -> [ ]; the object keeps the name from `with`.
bool IsUnscopable(duk_hthread* ctx);

// [ source ] -> [ lowered source ]
void LowerEval(duk_hthread* ctx);
// [ ] -> [ file name ]
void PushEvalName(duk_hthread* ctx);
// [ pattern flags ] -> [ escaped-source flags ]; throws SyntaxError.
void CompileRegExp(duk_hthread* ctx);
// An object goes away. Must not touch the heap.
void ObjectFreed(void* engine, void* object);

}  // namespace fcc::script::hooks

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_ENGINE_HOOKS_H_
