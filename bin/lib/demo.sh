# shellcheck shell=bash
# Sourced by bin/stemma: `stemma demo`, from a machine that has nothing to a running library with answers.

# shellcheck source=bin/lib/packages.sh
source "$STEMMA_ROOT/bin/lib/packages.sh"
# shellcheck source=bin/lib/demo-story.sh
source "$STEMMA_ROOT/bin/lib/demo-story.sh"

DEMO_IMAGES=${STEMMA_DEMO_IMAGES:-$STEMMA_HOME/demo}

demo() {
    (($# == 0)) || fail 2 "usage: stemma demo" \
        "It takes no arguments; STEMMA_HOME says where data lives, STEMMA_DEMO_IMAGES where disk images do."
    local started packages
    started=$(micros)
    say "Stemma's demo: it installs what is missing (Debian packages, through apt), builds Stemma and six real disk"
    say "images of Debian, indexes them, and asks one question of each kind."
    say "Everything it makes lies in $STEMMA_HOME and goes with: bin/stemma down --purge"
    say ""
    mapfile -t packages < <({ runtime_packages; image_packages; } | sort -u)
    need_java
    need_packages "${packages[@]}"
    build_all
    story "$DEMO_IMAGES"
    say ""
    say "The demo took $(since "$started") s."
}

# build_all : Stemma and the disk images beside one another, since one waits for the network while the other computes.
build_all() {
    local log=$STEMMA_HOME/log since_start waited=0
    if built && STEMMA_CHECK_ONLY=yes "$STEMMA_ROOT/bin/demo-images" "$DEMO_IMAGES" 2>/dev/null; then
        say "Stemma is built, and the disk images are there, in $DEMO_IMAGES"
        return
    fi
    mkdir -p "$log"
    since_start=$(micros)
    say "Building Stemma (log: $log/build.log) and the disk images (logs: $DEMO_IMAGES/log) at the same time"
    (
        build "$log/build.log"
        say "  Stemma built, $(since "$since_start") s"
        # In a session of its own, for its low priority. A start without it takes twice as long, an index run a fifth more.
        setsid --wait "$STEMMA_ROOT/bin/stemma" train </dev/null >/dev/null 2>&1 || true
        say "  quick starts prepared, $(since "$since_start") s"
    ) &
    building=$!
    "$STEMMA_ROOT/bin/demo-images" "$DEMO_IMAGES" &
    imaging=$!
    # The image builder's namespaces end with it, and it waits in a program that puts other signals off.
    trap 'kill "$building" 2>/dev/null; kill -KILL "$imaging" 2>/dev/null; true' EXIT
    # A sign of life every 15 s, until both have ended.
    while kill -0 "$building" 2>/dev/null || kill -0 "$imaging" 2>/dev/null; do
        sleep 0.5
        waited=$((waited + 1))
        ((waited % 30)) || say "  … $((waited / 2)) s: $(building_now "$log/build.log" "$building")"
    done
    wait "$building" || fail 1 "Stemma could not be built"
    wait "$imaging" || fail 1 "the disk images could not be built"
    trap - EXIT
}

# building_now LOG PID : which module Maven is at, or what comes after.
building_now() {
    if built && kill -0 "$2" 2>/dev/null; then
        printf 'Stemma is built; its quick starts are being prepared'
    elif kill -0 "$2" 2>/dev/null; then
        sed -nE 's/^\[INFO\] Building (Stemma.*[^ ]) +[0-9][^ ]* +\[([0-9]+\/[0-9]+)\].*/building \1 (\2)/p' "$1" | tail -n 1 | grep . \
            || printf 'Maven is collecting libraries'
    else
        printf 'Stemma is ready; the images are still being made'
    fi
}
