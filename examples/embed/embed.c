/* SPDX-License-Identifier: Apache-2.0
 *
 * A host of a mini program in less than a hundred lines of C: opens what `fcc
 * build` wrote, types into fields, taps nodes, and prints what the page shows.
 *
 *   fcc build examples/todo -o dist
 *   embed dist '.composer-input=milk' .composer-add
 *   embed --threads dist …              the app on threads of its own
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
  static const char* const kAnswers[][2] = {
      {"getStorageSync", "\"\""},
      {"setStorageSync", NULL},
      {"setStorage", NULL},
      {"showToast", NULL},
      {"getWindowInfo", "{\"windowWidth\":375,\"windowHeight\":667}"},
      {"getSystemInfoSync", "{\"windowWidth\":375,\"windowHeight\":667}"},
  };
  (void)data;
  (void)synchronous;
  for (size_t i = 0; i < sizeof(kAnswers) / sizeof(kAnswers[0]); ++i) {
    if (strcmp(name, kAnswers[i][0]) == 0) {
      fprintf(stderr, "%s %s\n", name, arguments_json);
      fcc_app_reply(app, call, 1, kAnswers[i][1], NULL);
      return 1;
    }
  }
  return 0;
}

/* Lets the app do everything that is due now, and shows what came of it. */
static void Show(fcc_app* app) {
  while (fcc_app_pump(app) == 0) {
  }
  char* page = fcc_app_page(app);
  char* text = fcc_app_text(app, 0);
  printf("%s: %s\n", page != NULL ? page : "no page", text != NULL ? text : "");
  fcc_free(page);
  fcc_free(text);
}

int main(int argc, char** argv) {
  const int threads = argc > 1 && strcmp(argv[1], "--threads") == 0;
  const char* folder = argc > 1 + threads ? argv[1 + threads] : "";
  const fcc_host host = {NULL, OnLog, OnError, OnCall, NULL};
  char* error = NULL;
  fcc_app* app = threads ? fcc_app_open_threaded(folder, &host, &error)
                         : fcc_app_open(folder, &host, &error);
  if (app == NULL || !fcc_app_launch(app, NULL)) {
    fprintf(stderr, "%s\n", error != NULL ? error : "there is no first page");
    fcc_free(error);
    fcc_app_close(app);
    return 1;
  }
  Show(app);
  int missing = 0;
  for (int i = 2 + threads; i < argc; ++i) {
    char* typed = strchr(argv[i], '=');
    if (typed != NULL) {
      *typed++ = '\0';
    }
    const uint32_t node = fcc_app_find(app, argv[i]);
    missing |= node == 0;
    if (typed != NULL) {
      char detail[200];
      snprintf(detail, sizeof(detail), "{\"value\":\"%s\"}", typed);
      fcc_app_trigger(app, node, "input", detail);
    } else if (node != 0) {
      fcc_app_tap(app, node);
    }
    Show(app);
  }
  char* tree = fcc_app_tree(app);
  printf("%s\n", tree != NULL ? tree : "");
  fcc_free(tree);
  fcc_app_close(app);
  return missing;
}
