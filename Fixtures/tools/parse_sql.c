/* Parses every text of a file (separated by NUL) with libpg_query, as often as told, and prints the
   seconds that one round takes: what the grammar alone costs. Usage: parse_sql FILE ROUNDS. */
#include <pg_query.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int main(int count, char **arguments) {
  FILE *file = count == 3 ? fopen(arguments[1], "rb") : NULL;
  if (file == NULL) return 2;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = malloc(size + 1);
  if (text == NULL || fread(text, 1, size, file) != (size_t)size) return 2;
  text[size] = 0;
  double best = 1e9;
  for (int round = 0; round < atoi(arguments[2]); round++) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (char *next = text; next < text + size; next += strlen(next) + 1) {
      pg_query_free_protobuf_parse_result(pg_query_parse_protobuf(next));
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = end.tv_sec - start.tv_sec + (end.tv_nsec - start.tv_nsec) / 1e9;
    if (seconds < best) best = seconds;
  }
  printf("%f\n", best);
  return 0;
}
