# shellcheck shell=bash
# Sourced by bin/verify: what the tests came to.

# summary MARKER : a table of the tests of each module, from the reports that are newer than the file MARKER.
summary() {
    local marker=$1 module
    printf '\n%-14s %7s %7s %8s %9s\n' module tests failed skipped seconds
    for module in graph-model ingest queries ontology api docs; do
        # Of a report only the line that opens it counts: it has the sums as attributes. A module may have no tests.
        { find "$STEMMA_ROOT/$module"/target/*-reports -name 'TEST-*.xml' -newer "$marker" \
            -exec grep -h -m 1 '<testsuite ' {} + 2>/dev/null || true; } \
            | awk -v module="$module" '
                function attribute(name,   text) {
                    if (!match($0, " " name "=\"[^\"]*\"")) return 0
                    text = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
                    gsub(",", "", text)
                    return text + 0
                }
                { tests += attribute("tests"); skipped += attribute("skipped"); seconds += attribute("time")
                  failed += attribute("failures") + attribute("errors") }
                END { printf "%-14s %7d %7d %8d %9.1f\n", module, tests, failed, skipped, seconds }'
    done
    printf '\n'
}
