#define _GNU_SOURCE
#include "CMappings.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

enum { most = 16384 };

struct mapping {
  atomic_uintptr_t start;
  atomic_uintptr_t end;
  atomic_int is_torn;
};

static struct mapping mappings[most];
static atomic_int count;
static uintptr_t page_size;
static struct sigaction before;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// Only system calls and atomics here: it may run in the middle of anything.
static void bus_error(int number, siginfo_t *info, void *context) {
  (void)number;
  (void)context;
  uintptr_t place = (uintptr_t)info->si_addr;
  int known = atomic_load(&count);
  for (int index = 0; index < known; index++) {
    struct mapping *mapping = &mappings[index];
    uintptr_t start = atomic_load(&mapping->start);
    uintptr_t end = atomic_load(&mapping->end);
    if (start == 0 || place < start || place >= end) continue;
    // All that follows is lost too, or will not be believed: one call instead of one for each page.
    uintptr_t page = place & ~(page_size - 1);
    size_t length = (end - page + page_size - 1) & ~(page_size - 1);
    void *zeros = mmap((void *)page, length, PROT_READ,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
    if (zeros == MAP_FAILED) break;
    atomic_store(&mapping->is_torn, 1);
    return;
  }
  // None of ours: the same touch comes again, and ends the process as it would have.
  sigaction(SIGBUS, &before, NULL);
}

static void install(void) {
  page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  struct sigaction action = {0};
  action.sa_sigaction = bus_error;
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  sigaction(SIGBUS, &action, &before);
}

int sonde_mapping_watch(const void *start, size_t length) {
  pthread_once(&once, install);
  pthread_mutex_lock(&lock);
  int known = atomic_load(&count);
  int index = 0;
  while (index < known && atomic_load(&mappings[index].start) != 0) index++;
  if (index < most) {
    atomic_store(&mappings[index].is_torn, 0);
    atomic_store(&mappings[index].end, (uintptr_t)start + length);
    atomic_store(&mappings[index].start, (uintptr_t)start);
    if (index == known) atomic_store(&count, known + 1);
  } else {
    index = -1;
  }
  pthread_mutex_unlock(&lock);
  return index;
}

void sonde_mapping_forget(int number) {
  if (number < 0) return;
  pthread_mutex_lock(&lock);
  atomic_store(&mappings[number].start, 0);
  pthread_mutex_unlock(&lock);
}

int sonde_mapping_is_torn(int number) {
  return number < 0 ? 0 : atomic_load(&mappings[number].is_torn);
}
