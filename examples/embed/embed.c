/* SPDX-License-Identifier: Apache-2.0
 *
 * A host of a mini program in a hundred lines of C: opens what `fcc build`
 * wrote, types into fields, taps nodes, and prints what the page shows.
 *
 *   fcc build examples/todo -o dist
 *   embed dist '.composer-input=milk' .composer-add
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
    fprintf(stderr, "usage: embed FOLDER [SELECTOR | SELECTOR=TEXT]…\n");
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
  int missing = 0;
  for (int i = 2; i < argc; ++i) {
    char* typed = strchr(argv[i], '=');
    if (typed != NULL) {
      *typed++ = '\0';
    }
    const uint32_t node = fcc_app_find(app, argv[i]);
    if (node == 0) {
      fprintf(stderr, "nothing matches %s\n", argv[i]);
      missing = 1;
    } else if (typed != NULL) {
      char detail[200];
      snprintf(detail, sizeof(detail), "{\"value\":\"%s\"}", typed);
      fcc_app_trigger(app, node, "input", detail);
    } else {
      fcc_app_tap(app, node);
    }
    Settle(app);
    Show(app);
  }
  char* tree = fcc_app_tree(app);
  printf("%s\n", tree != NULL ? tree : "");
  fcc_free(tree);
  fcc_app_close(app);
  return missing;
}
