# Makes sure that the two system libraries are installed. Sourced by scripts/sonde and scripts/test.

# The C compiler of the Swift toolchain, or whatever the system has.
c_compiler() {
  toolchain_clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang
  for compiler in "$toolchain_clang" clang cc; do
    if command -v "$compiler" >/dev/null 2>&1; then
      printf '%s\n' "$compiler"
      return
    fi
  done
}

# Whether a program that uses both libraries compiles and links: what counts, however they came here.
libraries_are_installed() {
  printf '#include <histedit.h>\n#include <cblas.h>\nint main(void) { return 0; }\n' |
    "$(c_compiler)" -x c - -o /dev/null -ledit -lopenblas >/dev/null 2>&1
}

# Runs a command as root: directly, or through sudo. Without a terminal sudo must not ask.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif ! command -v sudo >/dev/null 2>&1; then
    return 1
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

install_packages() {
  command -v apt-get >/dev/null 2>&1 || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends libedit-dev libopenblas-dev
}

# Installs what is missing, or says what to install and returns 1.
require_libraries() {
  if ! command -v swift >/dev/null 2>&1; then
    echo "sonde: swift was not found on PATH; Sonde needs Swift 6 (https://www.swift.org/install)" >&2
    return 1
  fi
  if libraries_are_installed; then
    return 0
  fi
  echo "sonde: installing libedit-dev and libopenblas-dev…" >&2
  if install_packages >/dev/null && libraries_are_installed; then
    return 0
  fi
  cat >&2 <<'END'
sonde: two libraries are missing and could not be installed from here: libedit and OpenBLAS.
Install their development packages (on Debian: apt-get install libedit-dev libopenblas-dev) and run this again.
END
  return 1
}
