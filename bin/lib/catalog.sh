# shellcheck shell=bash
# Sourced by what asks libraries of many images that are made by a seed.

# Runs one of the benchmarks of queries: its class, how many images, how many packages each, and more options for Maven. From 20,000 images on, the test
# and the server get more memory than the service gives them.
catalog_benchmark() {
    local class=$1 images=$2 packages=$3 memory=()
    shift 3
    ((images < 20000)) || memory=(-Dtest.heap=4g -Dcatalog.heap=2048 -Dcatalog.pagecache=2048)
    cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
    exec bin/mvn -B -ntp -q -pl queries -am verify -Dtest=NoSuch "-Dit.test=$class" \
        -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
        "-Dimages=$images" "-Dpackages=$packages" "${memory[@]}" "$@"
}
