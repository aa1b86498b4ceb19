# shellcheck shell=bash
# Sourced by bin/stemma and bin/bench: keeps the built distribution up to date with the sources.

# shellcheck source=bin/lib/cache.sh
source "$STEMMA_ROOT/bin/lib/cache.sh"

# Written when a build has succeeded, with the time at which it began.
readonly BUILT=$STEMMA_ROOT/api/target/.stemma-built

# Options of the service's JVM that bin/bench shares. Reading by position is kept out of its callers: the optimizing compiler
# would otherwise compile all of the file channel again for each of them, which costs a cold index more than it saves.
# shellcheck disable=SC2034 # bin/stemma and bin/bench read it
readonly SERVICE_OPTIONS=(-XX:+UseSerialGC -XX:CompileCommand=quiet
    "-XX:CompileCommand=dontinline,sun.nio.ch.FileChannelImpl::read"
    "-XX:CompileCommand=dontinline,dev.stemma.ingest.bytes.FileSource::read")

# built : whether everything that the distribution is made of is older than it.
built() {
    [[ -e $BUILT && -e $STEMMA_ROOT/api/target/stemma-api.jar ]] || return 1
    local newer
    newer=$(cd "$STEMMA_ROOT" && find pom.xml .mvn ./*/pom.xml ./*/*/pom.xml ./*/src/main -type f -newer "$BUILT" -print -quit 2>/dev/null)
    [[ -z $newer ]]
}

# build LOG : packages all modules, without tests. Two builds at once would spoil each other, so the second one waits,
# and finds that there is nothing left to do.
build() {
    local log=$1 started
    mkdir -p "$(dirname -- "$log")" "$STEMMA_ROOT/api/target"
    (
        flock 9
        ! built || exit 0
        started=$(mktemp)
        # They hold the classes of the last build, and would be believed.
        rm -f "$CLIENT_CACHE" "$SERVICE_CACHE"
        # Jars of an earlier version of a library would stand on the class path beside those of this one.
        rm -rf -- "$STEMMA_ROOT/api/target/lib"
        if ! "$STEMMA_ROOT/bin/mvn" -B -ntp -Dfast -DskipTests -f "$STEMMA_ROOT/pom.xml" package >"$log" 2>&1; then
            rm -f "$started"
            grep -E '^\[ERROR\]' "$log" | head -n 20 >&2 || tail -n 20 "$log" >&2
            fail 1 "the build failed; its log is $log"
        fi
        train_client
        touch -r "$started" "$BUILT"
        rm -f "$started"
    ) 9>"$STEMMA_ROOT/api/target/.stemma-build-lock"
}

# need_build : builds when needed, and says so.
need_build() {
    local started
    [[ -z ${STEMMA_NO_BUILD:-} ]] || return 0
    ! built || return 0
    started=$(micros)
    say "Building Stemma (log: $STEMMA_HOME/log/build.log) …"
    build "$STEMMA_HOME/log/build.log"
    say "Built in $(since "$started") s"
}
