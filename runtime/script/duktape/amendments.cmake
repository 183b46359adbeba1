# SPDX-License-Identifier: Apache-2.0
#
# What we change in Duktape 2.7.0's source where its configuration does not
# reach. Each amendment names a text and its place, so that another version of
# the source stops the build instead of being changed wrongly.
#
#   cmake -DSOURCE=duktape.c -DOUTPUT=amended.c -P amendments.cmake

file(READ "${SOURCE}" text)

# amend(REASON [IN PLACE] FIND HOW TEXT)
#
# HOW says what happens to FIND, a few words of Duktape's: TEXT comes BEFORE or
# BEHIND it, or REPLACEs it. FIND occurs once, or is the first behind PLACE,
# which occurs once. REASON is the comment.
function(amend reason)
  set(place "")
  set(at 1)
  if(ARGV1 STREQUAL "IN")
    set(place "${ARGV2}")
    set(at 3)
  endif()
  math(EXPR how_at "${at} + 1")
  math(EXPR text_at "${at} + 2")
  set(find "${ARGV${at}}")
  set(how "${ARGV${how_at}}")
  set(new "${ARGV${text_at}}")
  set(unique "${find}")
  if(NOT place STREQUAL "")
    set(unique "${place}")
  endif()
  string(FIND "${text}" "${unique}" first)
  string(FIND "${text}" "${unique}" last REVERSE)
  if(first EQUAL -1 OR NOT first EQUAL last)
    message(FATAL_ERROR
      "amendments.cmake: not found exactly once in ${SOURCE}: ${reason}")
  endif()
  string(SUBSTRING "${text}" 0 ${first} head)
  string(SUBSTRING "${text}" ${first} -1 tail)
  string(FIND "${tail}" "${find}" offset)
  if(offset EQUAL -1)
    message(FATAL_ERROR "amendments.cmake: not found in its place: ${reason}")
  endif()
  string(LENGTH "${find}" length)
  if(how STREQUAL "BEFORE")
    set(length 0)
  elseif(how STREQUAL "BEHIND")
    math(EXPR offset "${offset} + ${length}")
    set(length 0)
  elseif(NOT how STREQUAL "REPLACE")
    message(FATAL_ERROR "amendments.cmake: BEFORE, BEHIND or REPLACE: ${reason}")
  endif()
  math(EXPR rest "${offset} + ${length}")
  string(SUBSTRING "${tail}" 0 ${offset} middle)
  string(SUBSTRING "${tail}" ${rest} -1 tail)
  set(text "${head}${middle}${new}${tail}" PARENT_SCOPE)
endfunction()

amend("our functions, after all of Duktape's declarations"
[==[#line 1 "duk_debug_macros.c"]==] BEFORE
[==[#include "runtime/script/duktape/engine/hooks.inc"
]==])

# --- Proxy: every trap, in direct access and on prototype chains. -----------

amend("[[Get]] of a proxy"
[==[if (duk__proxy_check_prop(thr, curr, DUK_STRIDX_GET, tv_key, &h_target)) {]==] BEFORE
[==[if (!fcc_is_hidden_key(tv_key)) return fcc_proxy_get(thr, curr, tv_key, tv_obj);
			]==])
amend("[[Get]] that reaches a proxy on the prototype chain"
[==[if (!duk__get_own_propdesc_raw(thr, curr, key, arr_idx, &desc, DUK_GETDESC_FLAG_PUSH_VALUE)) {]==] BEFORE
[==[if (DUK_UNLIKELY(DUK_HOBJECT_IS_PROXY(curr))) {
			duk_tval fcc_key;
			DUK_TVAL_SET_STRING(&fcc_key, key);
			if (!fcc_is_hidden_key(&fcc_key)) {
				duk_bool_t fcc_rc = fcc_proxy_get(thr, curr, &fcc_key, tv_obj);
				duk_remove_m2(thr);
				return fcc_rc;
			}
		}
		]==])
amend("[[HasProperty]] of a proxy"
[==[if (duk__proxy_check_prop(thr, obj, DUK_STRIDX_HAS, tv_key, &h_target)) {]==] BEFORE
[==[if (!fcc_is_hidden_key(tv_key)) {
			rc = fcc_proxy_has(thr, obj, tv_key);
			goto pop_and_return;
		}
		]==])
amend("[[HasProperty]] that reaches a proxy on the prototype chain"
[==[		if (duk__get_own_propdesc_raw(thr, curr, key, arr_idx, out_desc, flags)) {]==] BEFORE
[==[		if (DUK_UNLIKELY(DUK_HOBJECT_IS_PROXY(curr)) && (flags & DUK_GETDESC_FLAG_PUSH_VALUE) == 0) {
			duk_tval fcc_key;
			DUK_TVAL_SET_STRING(&fcc_key, key);
			if (!fcc_is_hidden_key(&fcc_key)) {
				return fcc_proxy_has(thr, curr, &fcc_key);
			}
		}
]==])
amend("[[Set]] of a proxy"
[==[if (duk__proxy_check_prop(thr, orig, DUK_STRIDX_SET, tv_key, &h_target)) {]==] BEFORE
[==[if (!fcc_is_hidden_key(tv_key)) return fcc_proxy_set(thr, orig, tv_key, tv_val, tv_obj, throw_flag);
			]==])
amend("[[Set]] that reaches a proxy on the prototype chain"
[==[if (!duk__get_own_propdesc_raw(thr, curr, key, arr_idx, &desc, 0 /*flags*/)) {]==] BEFORE
[==[if (DUK_UNLIKELY(DUK_HOBJECT_IS_PROXY(curr))) {
			duk_tval fcc_key;
			DUK_TVAL_SET_STRING(&fcc_key, key);
			if (!fcc_is_hidden_key(&fcc_key)) {
				duk_bool_t fcc_rc = fcc_proxy_set(thr, curr, &fcc_key, tv_val, tv_obj, throw_flag);
				duk_pop_unsafe(thr);
				return fcc_rc;
			}
		}
		]==])
amend("[[Delete]] of a proxy"
[==[if (duk__proxy_check_prop(thr, obj, DUK_STRIDX_DELETE_PROPERTY, tv_key, &h_target)) {]==] BEFORE
[==[if (!fcc_is_hidden_key(tv_key)) {
				rc = fcc_proxy_delete(thr, obj, tv_key, throw_flag);
				goto done_rc;
			}
			]==])
amend("for-in and Object.keys over proxies, also inherited ones"
[==[if (DUK_LIKELY(!duk_hobject_proxy_check(enum_target, &h_proxy_target, &h_proxy_handler))) {]==] BEFORE
[==[if (DUK_UNLIKELY(fcc_chain_has_proxy(thr, enum_target, enum_flags))) {
		/* [ ... enum_target res ] */
		fcc_proxy_enumerate(thr, enum_flags);
		duk_remove_m2(thr);
		goto compact_and_return;
	}
	]==])
amend("inherited enumeration cannot recheck keys where a proxy answers"
[==[	check_existence = (!DUK_HOBJECT_IS_PROXY(enum_target));]==] REPLACE
[==[	check_existence = (!fcc_chain_has_proxy(thr, enum_target, 0));]==])
amend("calling a proxy that has been revoked"
[==[duk_push_hobject(thr, h_proxy->handler);]==] BEFORE
[==[fcc_proxy_require_live(thr, (duk_hobject *) h_proxy);
	]==])
amend("a trap that is null is none; without one the proxy is new.target"
[==[rc = duk_get_prop_stridx_short(thr, -1, (*call_flags & DUK_CALL_FLAG_CONSTRUCT) ? DUK_STRIDX_CONSTRUCT : DUK_STRIDX_APPLY);]==] BEHIND
[==[

	rc = !duk_is_null_or_undefined(thr, -1);
	if (rc == 0 && (*call_flags & DUK_CALL_FLAG_CONSTRUCT)) {
		fcc_new_target_default(thr, idx_func, (duk_hobject *) h_proxy);
	}]==])
amend("the construct trap's newTarget"
[==[duk_push_hobject(thr, (duk_hobject *) h_proxy);]==] REPLACE
[==[fcc_new_target_push_and_clear(thr, idx_func, (duk_hobject *) h_proxy);]==])
amend("instanceof compares proxies themselves"
[==[val = duk_hobject_resolve_proxy_target(val);]==] REPLACE
"")
amend("instanceof asks proxies for their prototype"
[==[val = DUK_HOBJECT_GET_PROTOTYPE(thr->heap, val);]==] REPLACE
[==[val = fcc_prototype_of(thr, val);]==])
amend("instanceof with a callable without an object as prototype"
[==[goto error_invalid_rval_noproto;]==] BEFORE
[==[if (!DUK_TVAL_IS_OBJECT(DUK_GET_TVAL_NEGIDX(thr, -3))) goto pop3_and_false;
		]==])

# --- new.target: Reflect.construct's third argument. -------------------------

amend("an activation's new.target, counted"
[==[struct duk_activation {]==] BEHIND
[==[

	duk_hobject *fcc_new_target; /* NULL: the function itself */]==])
amend("new.target on its way to an activation"
[==[struct duk_heap {]==] BEHIND
[==[

	duk_hobject *fcc_new_target; /* counted; for the construct call at: */
	duk_size_t fcc_new_target_at; /* its byte offset in the value stack */
	duk_hobject *fcc_revoked; /* borrowed: target of revoked proxies */
	int fcc_weak_count; /* objects whose end somebody wants to know */
	void *fcc_append_pending; /* see engine/append.inc */
	struct {
		duk_uint64_t serial;
		duk_hstring *name;
		duk_hobject *holder;
		duk_size_t index;
	} fcc_variables[512]; /* see engine/fast.inc */
	duk_uint64_t fcc_last_serial;
	duk_hobject *fcc_array_values; /* borrowed, as is the next */
	duk_hstring *fcc_iterator_key;]==])
amend("a new activation takes it"
[==[act->curr_pc = NULL;]==] BEFORE
[==[act->fcc_new_target = fcc_new_target_take(thr, call_flags, idx_func);
	]==])
amend("a tail call has none"
IN [==[DUK_LOCAL duk_small_uint_t duk__call_setup_act_attempt_tailcall(duk_hthread *thr,]==]
[==[act->func = func;]==] BEFORE
[==[act->fcc_new_target = NULL;
	]==])
amend("unwinding releases it"
[==[tmp = DUK_ACT_GET_FUNC(act);]==] BEFORE
[==[DUK_HOBJECT_DECREF_NORZ_ALLOWNULL(thr, act->fcc_new_target);
	act->fcc_new_target = NULL;
	]==])
amend("the collector sees it"
[==[duk__mark_heaphdr(heap, (duk_heaphdr *) act->lex_env);]==] BEHIND
[==[

			duk__mark_heaphdr(heap, (duk_heaphdr *) act->fcc_new_target);]==])
amend("the collector sees it on its way"
[==[	duk__mark_heaphdr(heap, (duk_heaphdr *) heap->heap_thread);]==] BEFORE
[==[	duk__mark_heaphdr(heap, (duk_heaphdr *) heap->fcc_new_target);
]==])
amend("the prototype of what is constructed comes from new.target"
[==[duk_get_prop_stridx_short(thr, idx_func, DUK_STRIDX_PROTOTYPE);]==] REPLACE
[==[fcc_new_target_get_prototype(thr, idx_func);]==])
amend("new.target in the body"
IN [==[DUK_EXTERNAL void duk_push_new_target(duk_hthread *thr) {]==]
[==[duk_push_tval(thr, &act->tv_func);]==] BEFORE
[==[if (act->fcc_new_target != NULL) {
				duk_push_hobject(thr, act->fcc_new_target);
				return;
			}
			]==])

# --- Positions: byte offsets instead of lines. -------------------------------
# The engine keeps one number for each instruction. With the offset plus one in
# it, a stack trace has columns, which minified code needs.

amend("a token's line is its offset"
[==[out_token->start_offset = lex_ctx->window[0].offset;]==] BEHIND
[==[

	out_token->start_line = (duk_int_t) out_token->start_offset + 1;]==])
amend("no line in the message, the stack has it"
[==[	DUK_DDD(DUK_DDDPRINT("compile error, before adding line info: %!T", (duk_tval *) duk_get_tval(thr, -1)));]==] REPLACE
[==[	return;]==])

# --- A function's file name is nobody's property. -------------------------------

amend("in dumped functions"
[==[	p = duk__dump_string_prop(thr, p, bw_ctx, (duk_hobject *) func, DUK_STRIDX_FILE_NAME);]==] REPLACE
[==[	p = duk__dump_string_prop(thr, p, bw_ctx, (duk_hobject *) func, DUK_STRIDX_INT_SOURCE);]==])
amend("in loaded functions"
IN [==[static const duk_uint8_t *duk__load_func(duk_hthread *thr, const duk_uint8_t *p, const duk_uint8_t *p_end) {]==]
[==[duk_xdef_prop_stridx_short(thr, -2, DUK_STRIDX_FILE_NAME,]==] REPLACE
[==[duk_xdef_prop_stridx_short(thr, -2, DUK_STRIDX_INT_SOURCE,]==])
amend("in compiled functions"
[==[		duk_xdef_prop_stridx_short(thr, -2, DUK_STRIDX_FILE_NAME, DUK_PROPDESC_FLAGS_NONE);]==] REPLACE
[==[		duk_xdef_prop_stridx_short(thr, -2, DUK_STRIDX_INT_SOURCE, DUK_PROPDESC_FLAGS_NONE);]==])
amend("bound functions have none"
[==[duk_get_prop_stridx_short(thr, -2, DUK_STRIDX_FILE_NAME);]==] REPLACE
"")
amend("so none is set"
IN [==[DUK_INTERNAL duk_ret_t duk_bi_function_prototype_bind(duk_hthread *thr) {]==]
[==[duk_xdef_prop_stridx_short(thr, -2, DUK_STRIDX_FILE_NAME, DUK_PROPDESC_FLAGS_C);]==] REPLACE
"")

# --- Shorter ways: engine/fast.inc. -----------------------------------------------

amend("an object's set of keys, in place of padding"
IN [==[struct duk_hobject {]==]
[==[duk_uint32_t h_size;]==] BEHIND
[==[

	duk_uint64_t fcc_keys;]==])
amend("a lookup begins with the set"
[==[if (DUK_LIKELY(DUK_HOBJECT_GET_HSIZE(obj) == 0)) {]==] BEFORE
[==[if (!fcc_may_have(heap, obj, key)) return 0;
	]==])
amend("an array given up for entries may have any key"
[==[DUK_STATS_INC(thr->heap, stats_object_abandon_array);]==] REPLACE
[==[obj->fcc_keys |= FCC_ALL_KEYS;]==])
amend("reading a property"
[==[DUK_STATS_INC(thr->heap, stats_getprop_all);]==] REPLACE
[==[duk_small_int_t fcc_rc = fcc_get_named(thr, tv_obj, tv_key);
	if (fcc_rc >= 0) return fcc_rc;]==])
amend("writing a property"
[==[DUK_STATS_INC(thr->heap, stats_putprop_all);]==] REPLACE
[==[if (fcc_put_named(thr, tv_obj, tv_key, tv_val)) return 1;]==])
amend("an item that is not there yet may have a setter on a prototype"
[==[duk__putprop_shallow_fastpath_array_tval(thr, orig, tv_key, tv_val) != 0]==] REPLACE
[==[0 /* engine/items.inc was here before */]==])
amend("an enumerator: engine/keys.inc"
IN [==[duk_uint_fast32_t sort_start_index;]==]
[==[enum_target = duk_require_hobject(thr, -1);]==] BEHIND
[==[
	if (fcc_enumerate(thr, enum_target, enum_flags)) return;
	enum_flags &= ~FCC_ENUM_AS_OBJECT;]==])
amend("its next key"
IN [==[/* XXX use get tval ptr, more efficient */]==]
[==[duk_get_prop_stridx_short(thr, -1, DUK_STRIDX_INT_NEXT);]==] BEFORE
[==[if (DUK_HOBJECT_IS_ARRAY(e)) return fcc_enumerator_next(thr, e, get_value);
	]==])
amend("an array of the keys needs no enumerator"
IN [==[/* Create a temporary enumerator to get the (non-duplicated) key list;]==]
[==[duk_hobject_enumerator_create(thr, enum_flags);]==] REPLACE
[==[e = duk_known_hobject(thr, -1);
	if (fcc_is_simple(e) && enum_flags == DUK_ENUM_OWN_PROPERTIES_ONLY) {
		fcc_push_keys(thr, e, enum_flags, 0);
		return 1;
	}
	duk_hobject_enumerator_create(thr, enum_flags | FCC_ENUM_AS_OBJECT);]==])
amend("the properties of a closure, all at once; no caller, no arguments (ES2015)"
[==[DUK_ASSERT(DUK_HCOMPFUNC_GET_VARENV(thr->heap, fun_clos) != NULL);]==] REPLACE
[==[fcc_finish_closure(thr, &fun_clos->obj, &fun_temp->obj, fun_temp->nargs, add_auto_proto);
	return;]==])
amend("scopes that certainly lack a variable are stepped over"
[==[cl = DUK_HOBJECT_GET_CLASS_NUMBER(env);]==] BEFORE
[==[if (parents) env = fcc_skip_scopes(thr->heap, env, name);
		]==])
amend("a scope's number, for the table of variables"
IN [==[struct duk_hdecenv {]==]
[==[duk_size_t regbase_byteoff;]==] BEHIND
[==[

	duk_uint64_t fcc_serial;]==])
amend("reading a variable"
[==[DUK_STATS_INC(thr->heap, stats_getvar_all);]==] REPLACE
[==[if (fcc_get_variable(thr, env, act, name)) return 1;]==])
amend("writing a variable"
[==[DUK_STATS_INC(thr->heap, stats_putvar_all);]==] REPLACE
[==[if (fcc_put_variable(thr, env, act, name, val)) return;]==])
amend("eval declares a variable: a nearer one than those in the table"
[==[return duk__declvar_helper(]==] BEFORE
[==[fcc_forget_variables(thr->heap);
	]==])
amend("room for the variables of a scope"
[==[duk__preallocate_env_entries(thr, varmap, (duk_hobject *) env);]==] BEFORE
[==[if (!fcc_reserve_scope(thr, varmap, (duk_hobject *) env)) ]==])
amend("their values when it is closed"
[==[regbase_byteoff = ((duk_hdecenv *) env)->regbase_byteoff;]==] BEHIND
[==[

		if (fcc_close_binding(thr, env, i, key, (duk_tval *) (void *) ((duk_uint8_t *) thr->valstack + regbase_byteoff) + regnum)) continue;]==])

# --- `with`: what an object hides from it. ---------------------------------------

amend("@@unscopables"
[==[if (found) {]==] BEFORE
[==[if (found && ((duk_hobjenv *) env)->has_this && fcc_is_unscopable(thr, target, name)) {
				found = 0;
			}
			]==])

# --- Errors. ---------------------------------------------------------------------

amend("no memory is a RangeError"
[==[DUK_ERROR_RAW(thr, filename, linenumber, DUK_ERR_ERROR, DUK_STR_ALLOC_FAILED);]==] REPLACE
[==[DUK_ERROR_RAW(thr, filename, linenumber, DUK_ERR_RANGE_ERROR, "out of memory");]==])

# --- Source text given at run time is lowered first. --------------------------

amend("eval"
[==[DUK_INTERNAL duk_ret_t duk_bi_global_object_eval(duk_hthread *thr) {]==] BEHIND
[==[

	if (duk_is_string(thr, 0) && !duk_is_symbol(thr, 0)) fcc_lower_eval(thr);]==])
amend("eval's file name"
IN [==[DUK_INTERNAL duk_ret_t duk_bi_global_object_eval(duk_hthread *thr) {]==]
[==[duk_push_hstring_stridx(thr, DUK_STRIDX_INPUT);]==] REPLACE
[==[fcc_push_eval_name(thr);]==])

# --- JSON: lone surrogates are escaped. --------------------------------------------

amend("well-formed JSON.stringify"
[==[if (js_ctx->flag_ascii_only) {]==] REPLACE
[==[if (js_ctx->flag_ascii_only || fcc_is_lone_surrogate(cp, p_tmp, p_start, p_end)) {]==])

# --- Objects' own properties. ------------------------------------------------------

amend("arguments can be iterated"
[==[duk_xdef_prop_stridx(thr, i_arg, DUK_STRIDX_LENGTH, DUK_PROPDESC_FLAGS_WC);]==] BEHIND
[==[

	if (DUK_LIKELY(thr->heap->fcc_array_values != NULL)) {
		duk_push_hobject(thr, thr->heap->fcc_array_values);
		duk_hobject_define_property_internal(thr, duk_known_hobject(thr, i_arg), thr->heap->fcc_iterator_key, DUK_PROPDESC_FLAGS_WC);
	}]==])
amend("bound functions have no caller since ES2015"
[==[duk_xdef_prop_stridx_thrower(thr, -1, DUK_STRIDX_CALLER);]==] REPLACE
"")
amend("nor arguments"
[==[duk_xdef_prop_stridx_thrower(thr, -1, DUK_STRIDX_LC_ARGUMENTS);]==] REPLACE
"")
amend("a typed array's length is its prototype's getter"
[==[		} else if (key == DUK_HTHREAD_STRING_LENGTH(thr) && DUK_HBUFOBJ_HAS_VIRTUAL_INDICES(h_bufobj)) {]==] REPLACE
[==[		} else if (0) {]==])
amend("nor is it listed"
[==[len = (duk_uint_fast32_t) (h_bufobj->length >> h_bufobj->shift);]==] BEHIND
[==[

					have_length = 0;]==])

# --- Dates: ours. -----------------------------------------------------------------

amend("ISO 8601 without a zone is local time; builtins/date.cpp does all forms"
[==[	if (duk__parse_string_iso8601_subset(thr, str) != 0) {]==] REPLACE
[==[	if (0 && duk__parse_string_iso8601_subset(thr, str) != 0) {]==])

amend("a time that the wall clock shows twice or never"
[==[for (i = 0; i < DUK__LOCAL_TZOFFSET_MAXITER; i++) {]==] REPLACE
[==[tzoff = fcc_duk_wall_offset(d);
		for (i = 0; i < 0; i++) {]==])

# --- RegExp: ours. ------------------------------------------------------------

amend("a literal is checked by our parser; its bytecode is its flags"
[==[h_pattern = duk_require_hstring_notsymbol(thr, -2);]==] BEFORE
[==[fcc_regexp_compile(thr);
	return;
	]==])

# --- Strings that grow by appending. -------------------------------------------

amend("a + b where the sum is short, or a is long: engine/append.inc"
IN [==[len = len1 + len2;]==]
[==[buf = (duk_uint8_t *) duk_push_fixed_buffer_nozero(thr, len);]==] BEFORE
[==[if (len <= FCC_CONCAT_SHORT) {
		fcc_concat(thr, h1, h2);
		return;
	}
	if (len1 >= FCC_APPEND_MIN && fcc_append(thr, h1, h2)) {
		/* [ ... str1 str2 res ] */
		duk_replace(thr, -3);
		duk_pop_unsafe(thr);
		return;
	}
	]==])
amend("numbers are parsed up to a NUL, which a shared buffer may not have there"
[==[duk__numconv_parse_raw(thr, radix, flags);]==] REPLACE
[==[duk_uint8_t fcc_saved = 0;
	duk_uint8_t *fcc_end = fcc_terminate(thr, &fcc_saved);
	duk__numconv_parse_raw(thr, radix, flags);
	if (fcc_end != NULL) *fcc_end = fcc_saved;]==])

# --- The end of objects: WeakRef, FinalizationRegistry, native functions. ------

amend("somebody wants to know"
[==[DUK_FREE(heap, DUK_HOBJECT_GET_PROPS(heap, h));]==] BEFORE
[==[if (DUK_UNLIKELY(heap->fcc_weak_count != 0)) {
		fcc_object_freed(heap->heap_udata, (void *) h);
	}
	]==])

# --- Positions of errors. -------------------------------------------------------

amend("the error of a call of what is no function is made here, inside of an
instruction: without this it is where the function last called something"
IN [==[DUK_INTERNAL DUK_NOINLINE DUK_COLD void duk_call_setup_propcall_error(]==]
[==[entry_top = duk_get_top(thr);]==] BEFORE
[==[duk_hthread_sync_currpc(thr);
	]==])

file(WRITE "${OUTPUT}" "${text}")

# What bytecode depends on: this text and the configurations.
foreach(config ${CONFIGS})
  file(READ "${config}" config_text)
  string(APPEND text "${config_text}")
endforeach()
string(SHA256 build "${text}")
file(WRITE "${BUILD_HEADER}" "#define FCC_ENGINE_BUILD \"${build}\"\n")
