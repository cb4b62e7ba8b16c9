#include <cblas.h>
#include <stddef.h>

// Asks for the cache line at `address`, which may lie anywhere. Swift has no spelling for it.
static inline void prefetch_line(const void *address) { __builtin_prefetch(address); }

// LAPACK, which OpenBLAS holds but whose Fortran interface it declares nowhere. Matrices are
// column-major; the last arguments are the lengths of the strings.
void dgesdd_(const char *job, const blasint *m, const blasint *n, double *a, const blasint *lda,
             double *s, double *u, const blasint *ldu, double *vt, const blasint *ldvt,
             double *work, const blasint *lwork, blasint *iwork, blasint *info, size_t);
void dgesvd_(const char *jobu, const char *jobvt, const blasint *m, const blasint *n, double *a,
             const blasint *lda, double *s, double *u, const blasint *ldu, double *vt,
             const blasint *ldvt, double *work, const blasint *lwork, blasint *info, size_t,
             size_t);
void dsyevd_(const char *job, const char *triangle, const blasint *n, double *a,
             const blasint *lda, double *w, double *work, const blasint *lwork, blasint *iwork,
             const blasint *liwork, blasint *info, size_t, size_t);
void dgeqrf_(const blasint *m, const blasint *n, double *a, const blasint *lda, double *tau,
             double *work, const blasint *lwork, blasint *info);
void dorgqr_(const blasint *m, const blasint *n, const blasint *k, double *a, const blasint *lda,
             const double *tau, double *work, const blasint *lwork, blasint *info);
void dposv_(const char *triangle, const blasint *n, const blasint *nrhs, double *a,
            const blasint *lda, double *b, const blasint *ldb, blasint *info, size_t);
void dtrcon_(const char *norm, const char *triangle, const char *unit, const blasint *n,
             const double *a, const blasint *lda, double *rcond, double *work, blasint *iwork,
             blasint *info, size_t, size_t, size_t);
