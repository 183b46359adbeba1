/* SPDX-License-Identifier: Apache-2.0
 *
 * The app core for hosts that are not C++: open a package that `fcc build`
 * wrote, run it, send it events, read its pages. examples/embed/embed.c is a
 * host in a hundred lines.
 *
 * An app of fcc_app_open, its callbacks and these functions belong to the
 * thread that made it. One of fcc_app_open_threaded has a thread of its own,
 * and every page's view another: any thread may use it, and each function waits
 * for the app where it needs an answer. Text is UTF-8 and ends with NUL; values
 * travel as JSON. Texts handed to callbacks are valid during the call.
 */

#ifndef FCC_RUNTIME_APP_C_API_H_
#define FCC_RUNTIME_APP_C_API_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fcc_app fcc_app;

/* What the host gives. Null members are allowed: nothing is said then, no API
 * is there. Of a threaded app they are called on its threads. */
typedef struct fcc_host {
  void* data;
  /* level: 0 log, 1 info, 2 warn, 3 error, 4 debug. */
  void (*log)(void* data, int level, const char* text);
  void (*error)(void* data, const char* message, const char* stack);
  /* A call of ft.<name>. Returns 0 when the host has no such function. Else the
   * host calls fcc_app_reply(app, call, …) once, now or later; of a synchronous
   * call before it returns. */
  int (*call)(void* data, fcc_app* app, const char* name,
              const char* arguments_json, int synchronous, uint64_t call);
  /* Of a threaded app only, on the page's view thread: the page shows something
   * else now. It must not use the app. */
  void (*changed)(void* data, uint32_t page);
} fcc_host;

/* `path`: an output folder of `fcc build`, a package folder or a .zip. Null on
 * failure; `error` (may be null) then gets a text to be given to fcc_free. */
fcc_app* fcc_app_open(const char* path, const fcc_host* host, char** error);
/* The same, on threads of its own. Callbacks may come until fcc_app_close
 * returns, which no callback may call. */
fcc_app* fcc_app_open_threaded(const char* path, const fcc_host* host,
                               char** error);
void fcc_app_close(fcc_app* app);

/* Starts the app on `page` ("pages/index/index?x=1"; null: its first). 0 when
 * there is no such page. */
int fcc_app_launch(fcc_app* app, const char* page);
/* ok: result_json is the result; else message says why it failed. On any
 * thread, for a threaded app. */
void fcc_app_reply(fcc_app* app, uint64_t call, int ok, const char* result_json,
                   const char* message);
/* Runs what is due; gives the milliseconds until something else is, negative
 * when nothing is planned. A threaded app runs by itself: waits until it has
 * done what it was asked to so far, and is negative. */
double fcc_app_pump(fcc_app* app);

/* The path of the page in front, or null. To be given to fcc_free. */
char* fcc_app_page(fcc_app* app);
/* The first node in the page in front that the selector finds; 0 if none. */
uint32_t fcc_app_find(fcc_app* app, const char* selector);
/* The text shown at and below a node (0: the page). To be given to fcc_free. */
char* fcc_app_text(fcc_app* app, uint32_t node);
/* What the page in front shows, as JSON: an array of texts and of objects with
 * `tag`, `node` (for the functions here), `id`, `class`, `attrs`, `children`
 * and their like. Null without a page. To be given to fcc_free. */
char* fcc_app_tree(fcc_app* app);
/* The data of the page (node 0) or of a component at `path` ("list[0].text", ""
 * for all), as JSON; null when there is none. To be given to fcc_free. */
char* fcc_app_data(fcc_app* app, uint32_t node, const char* path);
void fcc_app_tap(fcc_app* app, uint32_t node);
/* A component's event that only its own listeners hear. */
void fcc_app_trigger(fcc_app* app, uint32_t node, const char* type,
                     const char* detail_json);

void fcc_free(void* memory);

#ifdef __cplusplus
}
#endif

#endif /* FCC_RUNTIME_APP_C_API_H_ */
