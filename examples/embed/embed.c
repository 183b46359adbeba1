/* SPDX-License-Identifier: Apache-2.0
 *
 * A host of a mini program in a hundred lines of C: opens what `fcc build`
 * wrote, taps a node, and prints what the page shows.
 *
 *   fcc build examples/todo -o dist
 *   embed dist '#add'
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/app/c_api.h"

static void OnLog(void* data, int level, const char* text) {
  (void)data;
  fprintf(stderr, "[%s] %s\n", level == 3 ? "error" : "app", text);
}

static void OnError(void* data, const char* message, const char* stack) {
  (void)data;
  fprintf(stderr, "uncaught: %s\n%s\n", message, stack);
}

/* A device's storage would go here; this one remembers nothing. */
static int OnCall(void* data, fcc_app* app, const char* name,
                  const char* arguments_json, int synchronous, uint64_t call) {
  (void)data;
  (void)synchronous;
  if (strcmp(name, "getStorageSync") == 0) {
    fcc_app_reply(app, call, 1, "\"\"", NULL);
    return 1;
  }
  if (strcmp(name, "setStorageSync") == 0 ||
      strcmp(name, "setStorage") == 0) {
    fcc_app_reply(app, call, 1, NULL, NULL);
    return 1;
  }
  if (strcmp(name, "getWindowInfo") == 0 ||
      strcmp(name, "getSystemInfoSync") == 0) {
    fcc_app_reply(app, call, 1,
                  "{\"windowWidth\":375,\"windowHeight\":667,"
                  "\"pixelRatio\":2,\"platform\":\"embed\"}",
                  NULL);
    return 1;
  }
  if (strcmp(name, "showToast") == 0) {
    fprintf(stderr, "toast: %s\n", arguments_json);
    fcc_app_reply(app, call, 1, NULL, NULL);
    return 1;
  }
  return 0;
}

/* Everything that is due now; what comes later is not waited for. */
static void Settle(fcc_app* app) {
  while (fcc_app_pump(app) == 0) {
  }
}

static void Show(fcc_app* app) {
  char* page = fcc_app_page(app);
  char* text = fcc_app_text(app, 0);
  printf("%s: %s\n", page != NULL ? page : "no page",
         text != NULL ? text : "");
  fcc_free(page);
  fcc_free(text);
}

int main(int argc, char** argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: embed FOLDER [SELECTOR…]\n");
    return 2;
  }
  const fcc_host host = {NULL, OnLog, OnError, OnCall};
  char* error = NULL;
  fcc_app* app = fcc_app_open(argv[1], &host, &error);
  if (app == NULL) {
    fprintf(stderr, "%s\n", error);
    fcc_free(error);
    return 1;
  }
  if (!fcc_app_launch(app, NULL)) {
    fprintf(stderr, "the app has no first page\n");
    fcc_app_close(app);
    return 1;
  }
  Settle(app);
  Show(app);
  for (int i = 2; i < argc; ++i) {
    const uint32_t node = fcc_app_find(app, argv[i]);
    if (node == 0) {
      fprintf(stderr, "nothing matches %s\n", argv[i]);
      continue;
    }
    fcc_app_tap(app, node);
    Settle(app);
    Show(app);
  }
  fcc_app_close(app);
  return 0;
}
