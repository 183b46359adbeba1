#include "runtime/script/duktape/engine/hooks.h"
#include "runtime/script/duktape/native.h"
namespace fcc::script::hooks {
void CompileRegExp(duk_context* ctx) {
  ThrowSyntax(ctx, "regexp not yet");
}
void ObjectFreed(void*, void*) {}
}  // namespace fcc::script::hooks
int fcc_duk_parse_date(duk_hthread*, const char*) {
  return 0;
}
