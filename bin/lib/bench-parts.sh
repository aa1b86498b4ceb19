# shellcheck shell=bash
# Sourced by bin/bench after bench.sh: the parts that are measured on their own.
# shellcheck disable=SC2154

pipeline() { java_bench dev.stemma.ingest.PipelineBenchmark "$@" 2>"$times/err" || { cat "$times/err" >&2; fail 1 "the index failed"; }; }

# A basic index: the first after a start, and of a warm process. The bytes are those that the kernel gave the process, whatever they are of.
bench_basic() {
    local image=$dir/bench.raw round=() i
    for ((i = 0; i < 6; i++)); do round+=(forget "basic:$image"); done
    say "bench: $(stat -c '%s bytes, %b blocks of %B bytes' "$image")"
    pipeline rehearse "${round[@]}"
}

# Each format against converting it to raw; by turns. Of ours the best of three readings in one process, whole and without holes.
bench_formats() {
    local round format out formats=(bench.qcow2 bench-zlib.qcow2 bench-zstd.qcow2 bench-stream.vmdk bench.qed)
    out=$(mktemp -p /dev/shm)
    # shellcheck disable=SC2064 # The name as it is now.
    trap "rm -f -- '$out'; rm -rf -- '$times'" EXIT
    for format in "${formats[@]}"; do cat "$dir/$format" >/dev/null; done
    for ((round = 1; round <= rounds; round++)); do
        say "bench: round $round of $rounds"
        for format in "${formats[@]}"; do
            measure "convert $format" qemu-img convert -O raw "$dir/$format" "$out"
            java_bench dev.stemma.ingest.image.ReadingBenchmark "$threads" "$dir/$format" | sed 's#^.*/#  #' | tee -a "$times/readings" >&2
        done
    done
    table "${formats[@]/#/convert }"
    sort "$times/readings"
}

# xfs, and ext4 beside it, against openssl over the same files; by turns.
bench_xfs() {
    local round
    cat "$dir/bench-xfs.raw" "$dir/bench.raw" >/dev/null
    openssl_tree
    java_once dev.stemma.ingest.HashingBenchmark "$threads" "$dir/bench-xfs.raw"
    for ((round = 1; round <= rounds; round++)); do
        say "bench: round $round of $rounds"
        measure openssl openssl_tree
        measure xfs-once java_once dev.stemma.ingest.HashingBenchmark "$threads" "$dir/bench-xfs.raw"
        measure ext4-once java_once dev.stemma.ingest.HashingBenchmark "$threads" "$dir/bench.raw"
        hash_warm xfs-warm "$dir/bench-xfs.raw"
        hash_warm ext4-warm "$dir/bench.raw"
    done
    table openssl xfs-once ext4-once xfs-warm ext4-warm
}

# File systems that were not unmounted, each after its clean make: ext4 through its journal, xfs through libguestfs, which takes minutes.
bench_dirty() {
    local image
    for image in bench.raw dirty-ext4.raw bench-xfs.raw dirty-xfs.raw; do
        say "bench: $image"
        java_bench dev.stemma.ingest.HashingBenchmark "$threads" "$dir/$image" "$([[ $image == dirty-xfs.raw ]] && echo 1 || echo 6)" 2>"$times/err" \
            | sed -n -e 1p -e '$p'
    done
}

# A near-copy where a directory has 20,000 entries: what it adds to the graph.
bench_wide() { pipeline "$dir/wide.raw" census "$dir/wide-changed.raw" census; }

# A million files in half a gibibyte of heap.
bench_million() { heap=512m pipeline "$dir/million.raw"; }
