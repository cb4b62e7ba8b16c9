/// A number that the compiler knows: passed as a type, it lets a kernel be compiled once for each
/// size of its inner block.
enum Count<let value: Int> {}
