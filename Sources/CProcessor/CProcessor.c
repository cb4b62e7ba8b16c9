#include "CProcessor.h"

#include <stdio.h>
#include <stdlib.h>

// Runs before any Swift code: Swift may already have been compiled to instructions that are missing.
__attribute__((constructor)) void sonde_check_processor(void) {
#if defined(SONDE_BUILT_FOR_X86_64_V3) && defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") ||
      !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("f16c")) {
    fputs("sonde: this build needs an x86-64-v3 processor (AVX2, FMA, BMI2, F16C).\n"
          "Build it again on this machine with scripts/sonde.\n",
          stderr);
    exit(1);
  }
#endif
}
