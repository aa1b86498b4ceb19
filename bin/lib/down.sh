# shellcheck shell=bash
# Sourced by bin/stemma: stops the service and removes its data where no build is there to do it.

# processes : the ids of Stemma's processes that use this data directory, from the files in which they left them. A number
# in a file may belong to another process by now, so the command line has to name Stemma.
processes() {
    local file pid
    while IFS= read -r file; do
        pid=$(grep -oE '[0-9]+' "$file" 2>/dev/null | head -n 1 || true)
        [[ -n $pid && -r /proc/$pid/cmdline ]] || continue
        ! tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qE 'dev\.stemma\.|Neo4jCommunity' || printf '%s\n' "$pid"
    done < <(find "$STEMMA_HOME" -maxdepth 3 -name '*.pid' 2>/dev/null)
}

down_without_build() {
    local pid waited pids
    mapfile -t pids < <(processes)
    for pid in "${pids[@]}"; do
        say "Stopping process $pid"
        kill "$pid" 2>/dev/null || true
    done
    for ((waited = 0; waited < 100; waited++)); do
        [[ -n $(processes) ]] || break
        sleep 0.2
    done
    [[ -z $(processes) ]] || fail 1 "still running: $(processes | tr '\n' ' ')" "Nothing was removed."
    if [[ ${1:-} == --purge ]]; then
        # A data directory that was set to something else by mistake is not ours to remove.
        [[ ! -e $STEMMA_HOME || -d $STEMMA_HOME/log || -d $STEMMA_HOME/neo4j || -d $STEMMA_HOME/demo ]] \
            || fail 5 "$STEMMA_HOME does not look like Stemma's data directory; not removed"
        rm -rf --one-file-system -- "$STEMMA_HOME"
        say "Removed $STEMMA_HOME"
    fi
}
