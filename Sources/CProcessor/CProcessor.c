#include "CProcessor.h"

#include <unistd.h>

// Runs before any Swift code: Swift may already have been compiled to instructions that are missing.
// C is always compiled for the baseline, so this much can run anywhere.
__attribute__((constructor)) void sonde_check_processor(void) {
#if defined(SONDE_BUILT_FOR_X86_64_V3) && defined(__x86_64__)
  static const char message[] =
      "sonde: this program was built for an x86-64-v3 processor (AVX2, FMA, BMI2, F16C), and this "
      "one is not.\nBuild it again on this machine with scripts/sonde.\n";
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("x86-64-v3")) {
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(1);
  }
#endif
}
