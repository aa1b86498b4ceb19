# shellcheck shell=bash
# Sourced by every script in bin/: messages, the JDK, system packages, where data lives.
# It sets STEMMA_ROOT and STEMMA_HOME, and leaves everything else to functions.

STEMMA_ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
STEMMA_HOME=${STEMMA_HOME:-${XDG_DATA_HOME:-$HOME/.local/share}/stemma}
# Debian keeps sfdisk, mke2fs and their like where ordinary users do not look.
PATH=$PATH:/usr/sbin:/sbin
export STEMMA_ROOT STEMMA_HOME PATH

# The JVM takes names of files for what the locale says; in one without UTF-8 it can open none that is not ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]8 | *[Uu][Tt][Ff]-8) ;;
    *) export LC_ALL=C.UTF-8 ;;
esac

# The oldest JDK that compiles and runs Stemma.
readonly STEMMA_JAVA_MINIMUM=25

say() { printf '%s\n' "$*" >&2; }

warn() { printf 'warning: %s\n' "$*" >&2; }

# fail CODE MESSAGE... : ends the script. Codes are those of the stemma command: 1 failed, 2 usage or set-up.
fail() {
    local code=$1
    shift
    printf 'error: %s\n' "$1" >&2
    shift
    (($# == 0)) || printf '       %s\n' "$@" >&2
    exit "$code"
}

has() { command -v "$1" >/dev/null 2>&1; }

# seconds : a clock for "took 1.23 s"; microseconds since the epoch, so that bash arithmetic can subtract.
micros() { printf '%s' "${EPOCHREALTIME/[.,]/}"; }

# since MICROS : the time since then as seconds with two decimals.
since() {
    local elapsed=$(($(micros) - $1))
    printf '%d.%02d' $((elapsed / 1000000)) $((elapsed / 10000 % 100))
}

# ---------------------------------------------------------------------------------------------- packages

# packages_missing PACKAGE... : prints those that dpkg does not hold as installed. Needs no network.
packages_missing() {
    local package
    for package in "$@"; do
        # One line for each architecture; any will do.
        grep -qx installed < <(dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null) || printf '%s\n' "$package"
    done
}

# as_root COMMAND... : directly when root, else through sudo.
as_root() {
    if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# packages_available PACKAGE... : whether apt has a candidate for each of them.
packages_available() {
    local package
    for package in "$@"; do
        [[ $(apt-cache policy "$package" 2>/dev/null) =~ Candidate:\ [^\(] ]] || return 1
    done
}

# apt_install PACKAGE... : quiet and without questions; recommended packages are left out, since what is needed is named.
apt_install() {
    # 'env', because sudo drops the environment.
    as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l \
        apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"
}

# need_packages PACKAGE... : makes sure that these Debian packages are installed. Says what it does before it does it;
# when it cannot, says what a person has to do and ends with exit code 2.
need_packages() {
    local missing log
    if ! has dpkg-query || ! has apt-get; then
        no_apt "$@"
    fi
    mapfile -t missing < <(packages_missing "$@")
    ((${#missing[@]})) || return 0
    if ((EUID != 0)) && ! has sudo; then
        fail 2 "these system packages are missing, and there is neither root nor sudo to install them:" \
            "${missing[*]}" "Ask someone with root to run:  apt-get install ${missing[*]}"
    fi
    say "Installing system packages with apt$( ((EUID == 0)) || printf ', through sudo'): ${missing[*]}"
    packages_available "${missing[@]}" || as_root apt-get -qq update >&2 \
        || warn "apt-get update failed; trying with the package lists that are there"
    log=$(mktemp)
    # Old lists name versions that the mirror no longer has, so a failure is tried once more with fresh ones.
    if ! apt_install "${missing[@]}" >"$log" 2>&1 \
        && ! { as_root apt-get -qq update && apt_install "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        fail 2 "apt could not install: ${missing[*]}" "Its last words stand above; mend that and run this again."
    fi
    rm -f "$log"
}

# Where there is no apt, packages can neither be checked nor installed by name: say what is wanted.
no_apt() {
    if [[ $(uname -s) == Darwin ]]; then
        fail 2 "Stemma installs its system packages by itself on Debian and Ubuntu only. On macOS:" \
            "brew install openjdk maven qemu e2fsprogs zstd     (the library, the service and the CLI)" \
            "The demo images and libguestfs need Linux: run bin/stemma demo in a Debian 12 or 13 virtual machine."
    fi
    fail 2 "this system has no dpkg/apt, so its packages cannot be checked or installed from here." \
        "Needed, by their Debian names: $*" "A Debian 12 or 13 machine or container does it without further ado."
}

# ---------------------------------------------------------------------------------------------- the JDK

# java_major HOME : the feature version of the JDK in HOME (25), or nothing. A JRE without javac does not count.
java_major() {
    [[ -x $1/bin/java && -x $1/bin/javac ]] || return 0
    if [[ -r $1/release && $(<"$1/release") =~ JAVA_VERSION=\"([0-9]+) ]]; then
        printf '%s' "${BASH_REMATCH[1]}"
    elif [[ $("$1/bin/java" -version 2>&1) =~ version\ \"([0-9]+) ]]; then
        printf '%s' "${BASH_REMATCH[1]}"
    fi
}

# find_java : the home of the first JDK that is new enough: JAVA_HOME, PATH, the system's, SDKMAN's, macOS's.
find_java() {
    local home major path_java
    path_java=$(command -v javac || true)
    [[ -z $path_java ]] || path_java=$(dirname -- "$(dirname -- "$(readlink -f -- "$path_java")")")
    for home in "${JAVA_HOME:-}" "$path_java" /usr/lib/jvm/* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        [[ -n $home && -d $home ]] || continue
        major=$(java_major "$home")
        if [[ -n $major ]] && ((major >= STEMMA_JAVA_MINIMUM)); then
            printf '%s' "$home"
            return 0
        fi
    done
    return 1
}

# need_java : exports JAVA_HOME as a JDK that is new enough; installs one where apt has it.
need_java() {
    local home package
    if ! home=$(find_java); then
        if has apt-get && { ((EUID == 0)) || has sudo; }; then
            for package in openjdk-25-jdk-headless temurin-25-jdk openjdk-26-jdk-headless; do
                if packages_available "$package"; then
                    need_packages "$package"
                    break
                fi
            done
        fi
        home=$(find_java) || no_java
    fi
    export JAVA_HOME=$home
}

no_java() {
    if [[ $(uname -s) == Darwin ]]; then
        fail 2 "no JDK $STEMMA_JAVA_MINIMUM or newer was found." "brew install openjdk   and run this again."
    fi
    fail 2 "no JDK $STEMMA_JAVA_MINIMUM or newer was found in JAVA_HOME, PATH, /usr/lib/jvm or SDKMAN, and apt offers none here." \
        "Without root:   curl -s https://get.sdkman.io | bash && sdk install java 25-tem" \
        "Debian, Ubuntu: add the Adoptium repository (https://adoptium.net/installation/linux), then apt-get install temurin-25-jdk" \
        "Any other way:  unpack a JDK $STEMMA_JAVA_MINIMUM and set JAVA_HOME to it."
}

# ---------------------------------------------------------------------------------------------- what Java loads

# guestfs_jar : the distribution's libguestfs jar, whatever its version.
guestfs_jar() {
    local jar
    for jar in /usr/share/java/libguestfs-[0-9]*.jar; do
        [[ -e $jar ]] || return 1
        printf '%s' "$jar"
        return 0
    done
}

# jni_path : where the distribution keeps JNI libraries on this architecture.
jni_path() {
    local dir
    for dir in /usr/lib/"$(uname -m)"-linux-gnu/jni /usr/lib/jni /usr/lib64; do
        [[ ! -d $dir ]] || { printf '%s' "$dir"; return 0; }
    done
    printf '/usr/lib/%s-linux-gnu/jni' "$(uname -m)"
}
