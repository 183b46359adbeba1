// SPDX-License-Identifier: Apache-2.0
//
// The internal methods of proxies (ECMA-262, 10.5). Those that property access
// in the engine needs are hooks (engine/hooks.h).

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_PROXY_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_PROXY_H_

#include "runtime/script/duktape/engine/hooks.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

// As their namesakes in object_ops.h; the object is a proxy.
bool ProxyGetOwn(duk_context* ctx, duk_idx_t proxy, duk_idx_t key,
                 Descriptor* descriptor);
bool ProxyDefineOwn(duk_context* ctx, duk_idx_t proxy, duk_idx_t key,
                    const Descriptor& descriptor);
void ProxyOwnKeys(duk_context* ctx, duk_idx_t proxy);
bool ProxySetPrototype(duk_context* ctx, duk_idx_t proxy, duk_idx_t prototype);
bool ProxyIsExtensible(duk_context* ctx, duk_idx_t proxy);
bool ProxyPreventExtensions(duk_context* ctx, duk_idx_t proxy);

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_PROXY_H_
