# Builds the release for the processor at hand. Sourced by scripts/sonde and scripts/install,
# which set `root` to the project's folder first.

# Sets `processor` to x86-64-v3 where the processor has all of it, and to `baseline` elsewhere.
# Only the shell's own words up to `build_if_needed`: it runs before each start of the program.
find_processor() {
  processor=baseline
  [ -r /proc/cpuinfo ] || return 0
  while read -r key rest; do
    [ "$key" = flags ] || continue
    processor=x86-64-v3
    for flag in avx avx2 bmi1 bmi2 f16c fma abm movbe xsave; do
      case " $rest " in
        *" $flag "*) ;;
        *) processor=baseline ;;
      esac
    done
    return 0
  done </proc/cpuinfo
}

# Each kind of processor has a build folder of its own, so that a folder shared by two machines works.
find_build() {
  find_processor
  build=$root/.build-$processor
  program=$build/release/sonde
  stamp=$build/built
}

# Whether something that the build reads was changed, added or removed since the stamp was set. Removing
# a file changes its folder; the time of the inode's change also catches files put back with an old date.
is_stale() {
  [ -e "$stamp" ] && [ -x "$program" ] || return 0
  [ -n "$(find "$root/Sources" "$root/Package.swift" "$root/scripts/lib" -cnewer "$stamp" -print -quit)" ]
}

# Builds one product of the package. A subshell, so that what it leaves behind is removed however it ends.
build_release() (
  product=$1
  . "$root/scripts/lib/libraries.sh"
  require_libraries || exit 1
  mkdir -p "$build" || exit 1
  # The stamp is dated before the build, so that an edit during the build counts as new.
  log=$build/build.log.$$
  new_stamp=$stamp.$$
  trap 'rm -f "$log" "$new_stamp"' EXIT
  trap 'exit 130' INT TERM HUP
  touch "$new_stamp" || exit 1
  set -- --package-path "$root" --scratch-path "$build" --configuration release \
    --product "$product" --static-swift-stdlib
  # The C targets stay at the baseline: one of them says so where the Swift code cannot run. Swift's
  # own C importer takes -target-cpu for a model to tune for, which x86-64-v3 is not, unless it is told one.
  if [ "$processor" = x86-64-v3 ]; then
    set -- "$@" -Xswiftc -target-cpu -Xswiftc x86-64-v3 -Xswiftc -Xcc -Xswiftc -mtune=generic \
      -Xswiftc -DSONDE_FMA -Xcc -DSONDE_BUILT_FOR_X86_64_V3
  fi
  echo "building…" >&2
  if ! swift build "$@" >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    echo "sonde: the build failed" >&2
    exit 1
  fi
  # The stamp speaks of the program alone.
  if [ "$product" = sonde ]; then
    mv "$new_stamp" "$stamp"
  fi
)

build_if_needed() {
  find_build
  if is_stale; then
    build_release sonde
  fi
}
