# shellcheck shell=bash
# Sourced by bin/bench after common.sh and build.sh, with $dir, $threads and $times set: how everything is built, run and timed.
# shellcheck disable=SC2154

# bench_build : compiles what is measured, and sets $classpath.
bench_build() {
    say "bench: building"
    "$STEMMA_ROOT/bin/mvn" -B -ntp -q -Dfast -pl ingest -am test-compile
    "$STEMMA_ROOT/bin/mvn" -B -ntp -q -Dfast -pl ingest dependency:build-classpath -Dmdep.outputFile="$times/classpath" >/dev/null 2>&1 \
        || "$STEMMA_ROOT/bin/mvn" -B -ntp -q -Dfast -pl ingest -am test-compile dependency:build-classpath -Dmdep.outputFile="$times/classpath"
    classpath=$STEMMA_ROOT/ingest/target/test-classes:$STEMMA_ROOT/ingest/target/classes:$(<"$times/classpath")
}

# java_bench MAIN ARGUMENT... : as the service runs: the same heap, collector and compiler options, but without its cache of classes.
java_bench() {
    local main=$1
    shift
    "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow "-Xmx${heap:-700m}" "${SERVICE_OPTIONS[@]}" \
        "-Djava.library.path=$(jni_path)" "-Dstemma.neo4j.lib=$STEMMA_ROOT/graph-model/neo4j/target/lib" -cp "$classpath" "$main" "$@"
}

# java_once MAIN ARGUMENT... : as a process that does one thing and ends is best started: with the first compiler alone, for what the optimizing one wins
# comes too late, and with a cache of classes, which the first call here makes. The cache wants jars.
java_once() {
    local main=$1 part once=$times/once jars=()
    shift
    for part in ingest/target/test-classes ingest/target/classes graph-model/target/classes; do
        jars+=("$once/${part//\//-}.jar")
        [[ -e ${jars[-1]} ]] || { mkdir -p "$once" && "$JAVA_HOME/bin/jar" cf "${jars[-1]}" -C "$STEMMA_ROOT/$part" .; }
    done
    jars+=("$(tr ':' '\n' <"$times/classpath" | grep '\.jar$' | paste -sd:)")
    local options=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow "-Xmx${heap:-700m}" -XX:+UseSerialGC
        -XX:TieredStopAtLevel=1 -cp "$(IFS=: && printf '%s' "${jars[*]}")")
    [[ -e $once/$main.aot ]] || "$JAVA_HOME/bin/java" -XX:AOTCacheOutput="$once/$main.aot" "${options[@]}" "$main" "$@" >"$once/log" 2>&1
    "$JAVA_HOME/bin/java" -XX:AOTCache="$once/$main.aot" "${options[@]}" "$main" "$@"
}

# The peer that hashes plain files, and bounds what reading a disk and hashing can reach.
openssl_tree() { find "$dir/tree" -xdev -type f -print0 | xargs -0 -n 512 -P "$threads" openssl dgst -sha256 >/dev/null; }

# hash_warm NAME IMAGE : the last of some passes in one process, as in a service that runs, as clock and processor time in seconds.
hash_warm() {
    java_bench dev.stemma.ingest.HashingBenchmark "$threads" "$2" 6 | tail -n 1 | awk '{ print $6 / 1000, $8 / 1000, 0 }' >>"$times/$1"
    say "  $1: $(tail -n 1 "$times/$1") (clock, processor, of the last of 6 passes)"
}

# measure NAME COMMAND [ARGUMENT...] : one more round of something, as clock, user and system time in seconds.
measure() {
    local name=$1 begun
    shift
    TIMEFORMAT='%R %U %S'
    begun=$({ time "$@" >"$times/out" 2>"$times/err"; } 2>&1) || { cat "$times/err" >&2; fail 1 "$name failed"; }
    printf '%s\n' "$begun" >>"$times/$name"
    say "  $name: $begun (clock, user, system)"
}

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

# table NAME... : medians of all rounds, and the least and the most.
table() {
    local name
    printf '\n%-24s %10s %10s %10s %10s   (%s rounds, %s threads)\n' command 'clock s' least most 'cpu s' "$rounds" "$threads"
    for name in "$@"; do
        printf '%-24s %10s %10s %10s %10s\n' "$name" "$(cut -d' ' -f1 "$times/$name" | median)" \
            "$(cut -d' ' -f1 "$times/$name" | sort -n | head -n 1)" "$(cut -d' ' -f1 "$times/$name" | sort -n | tail -n 1)" \
            "$(awk '{ print $2 + $3 }' "$times/$name" | median)"
    done
}
