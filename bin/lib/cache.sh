# shellcheck shell=bash
# Sourced by bin/stemma: caches of loaded and linked classes (JEP 483) and of method profiles (JEP 515), for quick starts (ADR 31). Each
# fits one build of Java and one list of jars with their times. The JVM passes over a cache of another Java or another list of jars in silence, but
# takes one of other jars of the same names, and then runs what these held: so what does not fit is never handed to it.

# The command line.
readonly CLIENT_CACHE=$STEMMA_ROOT/api/target/client.aot
# The service.
readonly SERVICE_CACHE=$STEMMA_ROOT/api/target/service.aot
# The local Neo4j; graph.engine's StartCache looks for it there.
readonly GRAPH_CACHE=$STEMMA_ROOT/graph-model/neo4j/target/server.aot

# The JVM would say of each cache why it does not fit.
# shellcheck disable=SC2034 # bin/stemma reads it
readonly CACHE_SILENCE=(-Xlog:disable "-Xlog:all=error,aot*=off,cds*=off:stderr")

# train_client : writes the command line's cache, from a command that finds no service. Without it all works, slower.
train_client() {
    local home
    home=$(mktemp -d)
    rm -f "$CLIENT_CACHE"
    STEMMA_TRAIN=client STEMMA_NO_BUILD=yes STEMMA_HOME=$home "$STEMMA_ROOT/bin/stemma" images >/dev/null 2>&1 || true
    rm -rf -- "$home"
    [[ -e $CLIENT_CACHE ]] || warn "no class cache could be written; commands start slower"
}

# service_key, graph_key : what the caches depend on.
service_key() {
    { printf '%s\n' "$JAVA_HOME"; cat "$JAVA_HOME/release"; ls -ln "$STEMMA_ROOT"/api/target/*.jar "$STEMMA_ROOT"/api/target/lib; } | cksum
}
graph_key() {
    {
        printf '%s\n' "$JAVA_HOME"
        cat "$JAVA_HOME/release"
        ls -ln "$STEMMA_ROOT/graph-model/neo4j/target/lib"
        # The launcher is on the class path, and the options are told by the others.
        cat "$STEMMA_ROOT"/graph-model/target/classes/dev/stemma/graph/engine/*.class
    } 2>/dev/null | cksum
}

# fits CACHE KEY : whether it is there, made of what there is now.
fits() { [[ -e $1 && -e $1.key && $(<"$1.key") == "$2" ]]; }

# train_beside : makes what is missing in the background, with what time others leave. Whoever wants it does not wait.
train_beside() {
    has setsid && has timeout && has flock || return 0
    if ! fits "$SERVICE_CACHE" "$(service_key)" || ! fits "$GRAPH_CACHE" "$(graph_key)"; then
        setsid nice -n 19 "$STEMMA_ROOT/bin/stemma" train </dev/null >/dev/null 2>&1 &
    fi
}

# train_starts : runs a service of its own on an empty graph through start, warm-up and rehearsal; at its end service and Neo4j
# leave their caches. What is half written has another name, and is renamed at once or never.
train_starts() {
    local service graph train=
    # Where each session is a group of its own to the scheduler, niceness counts among sessions by this file only.
    { echo 19 >/proc/self/autogroup; } 2>/dev/null || true
    (
        flock -n 9 || exit 0
        service=$(service_key)
        graph=$(graph_key)
        fits "$SERVICE_CACHE" "$service" || train+=service
        fits "$GRAPH_CACHE" "$graph" || train+=graph
        [[ -n $train ]] || exit 0
        rm -f "$SERVICE_CACHE".new* "$GRAPH_CACHE".new*
        training_run "$train"
        keep_cache "$SERVICE_CACHE" "$service" "$(service_key)" ||
            warn "no cache of the service's classes was made; it starts slower, and the next stemma up tries again"
        keep_cache "$GRAPH_CACHE" "$graph" "$(graph_key)" ||
            warn "no cache of Neo4j's classes was made; it starts slower, and the next stemma up tries again"
        fits "$SERVICE_CACHE" "$service" && fits "$GRAPH_CACHE" "$graph"
    ) 9>"$STEMMA_ROOT/api/target/.stemma-train-lock"
}

# training_run WHAT : a service from its start to its end. Its time limit ends it when this script was killed.
training_run() {
    local home pid i
    home=$(mktemp -d)
    STEMMA_TRAIN=$1 STEMMA_NO_BUILD=yes STEMMA_HOME=$home timeout 900 env -u STEMMA_NEO4J_URI -u STEMMA_JAVA_OPTS \
        "$STEMMA_ROOT/bin/stemma" serve --port 0 >"$home/training.log" 2>&1 9>&- &
    pid=$!
    # shellcheck disable=SC2064 # these, whatever they are called later
    trap "kill $pid 2>/dev/null; wait $pid; rm -rf -- '$home'" EXIT
    trap 'exit 143' TERM INT HUP
    for ((i = 0; i < 600; i++)); do
        ! grep -qs 'warm after' "$home/training.log" || break
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.5
    done
    STEMMA_NO_BUILD=yes STEMMA_HOME=$home "$STEMMA_ROOT/bin/stemma" down >/dev/null 2>&1 || true
    wait "$pid" || true
    trap - EXIT TERM INT HUP
    rm -rf -- "$home"
}

# keep_cache CACHE BEFORE AFTER : takes a fresh cache into use, unless what it was made of has changed meanwhile. Fails when there is none that fits.
keep_cache() {
    rm -f "$1".new.config
    if [[ -s $1.new && $2 == "$3" ]]; then
        mv -f "$1.new" "$1"
        printf '%s' "$2" >"$1.key"
    else
        rm -f "$1.new"
        fits "$1" "$3"
    fi
}
