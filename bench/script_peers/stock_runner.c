/* SPDX-License-Identifier: Apache-2.0
 *
 * stock_runner FILE RUNS: what fcc_runner does, on Duktape as Debian configures
 * it. Ends with 3 where the program needs what it has not. */

#include <duktape.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double Ms(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

int main(int argc, char** argv) {
  FILE* file = argc == 3 ? fopen(argv[1], "rb") : NULL;
  if (file == NULL) {
    fprintf(stderr, "usage: stock_runner FILE RUNS\n");
    return 2;
  }
  char* text = (char*)malloc(1 << 20);
  size_t size = fread(text, 1, 1 << 20, file);
  fclose(file);
  duk_context* ctx = duk_create_heap_default();
  if (duk_peval_lstring(ctx, text, size) != 0) {
    fprintf(stderr, "%s\n", duk_safe_to_string(ctx, -1));
    return 3;
  }
  duk_pop(ctx);
  double first = 0, best = 1e9, cpu = 1e9;
  for (int i = 0; i < atoi(argv[2]); ++i) {
    double begin = Ms(CLOCK_MONOTONIC);
    double cpu_begin = Ms(CLOCK_PROCESS_CPUTIME_ID);
    duk_get_global_string(ctx, "run");
    if (duk_pcall(ctx, 0) != 0) {
      fprintf(stderr, "%s\n", duk_safe_to_string(ctx, -1));
      return 3;
    }
    double ms = Ms(CLOCK_MONOTONIC) - begin;
    double used = Ms(CLOCK_PROCESS_CPUTIME_ID) - cpu_begin;
    first = i == 0 ? ms : first;
    best = ms < best ? ms : best;
    cpu = used < cpu ? used : cpu;
    if (i + 1 < atoi(argv[2])) {
      duk_pop(ctx);
    }
  }
  printf("%.2f %.2f %.2f %s\n", first, best, cpu, duk_safe_to_string(ctx, -1));
  duk_destroy_heap(ctx);
  free(text);
  return 0;
}
