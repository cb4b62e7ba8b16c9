import COpenBLAS
import Foundation

/// The threads that OpenBLAS starts when it is loaded, one for each further core.
///
/// They wait for work by spinning, for tens of milliseconds, on the very cores that ours need at
/// that time. We never give them any.
enum ForeignThreads {
  /// Ends them, once, at the first use of `Workers`.
  ///
  /// An OpenBLAS that has no way to do so (one built on OpenMP) has not started any yet, and is
  /// told not to.
  static let end: Void = {
    openblas_set_num_threads(1)
    guard let program = dlopen(nil, RTLD_NOW),
      let symbol = dlsym(program, "blas_thread_shutdown_")
    else { return }
    _ = unsafeBitCast(symbol, to: (@convention(c) () -> Int32).self)()
  }()
}
