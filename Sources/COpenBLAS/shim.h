#include <cblas.h>

// Asks for the cache line at `address`, which may lie anywhere. Swift has no spelling for it.
static inline void prefetch_line(const void *address) { __builtin_prefetch(address); }
