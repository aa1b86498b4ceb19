# shellcheck shell=bash
# Sourced by bin/lib/demo.sh: the questions that the demo asks, in the order in which they make a story. Each is shown as a
# person would type it, with its answer and how long that took, the start of the command included.
#
# A command that fails ends the demo with its exit code: nothing is hidden, and nothing after it is shown as if all was well.

# How much of an answer is shown; the rest is counted. 0 shows all.
ANSWER_LINES=14

# Bold commands and faint times where a person looks on.
BOLD='' FAINT='' PLAIN=''
[[ ! -t 1 ]] || { BOLD=$'\033[1m' FAINT=$'\033[2m' PLAIN=$'\033[0m'; }

# ask WORD... : runs `stemma WORD...` and shows the command, the answer and the time.
ask() {
    local word shown=stemma begun status=0 answer lines
    for word in "$@"; do
        # Quoted for the reader only where the shell would want it; in the page's width where it can be.
        if [[ $word =~ ^[A-Za-z0-9_./:=,@%+-]+$ ]]; then shown+=" $word"; else shown+=" '${word//\'/\'\\\'\'}'"; fi
    done
    printf '\n%s$ %s%s\n' "$BOLD" "$shown" "$PLAIN"
    answer=$(mktemp)
    begun=$(micros)
    "$STEMMA_LAUNCHER" "$@" >"$answer" || status=$?
    local took
    took=$(since "$begun")
    lines=$(wc -l <"$answer")
    if ((ANSWER_LINES > 0 && lines > ANSWER_LINES + 1)); then
        head -n "$ANSWER_LINES" "$answer"
        printf '… %d more lines\n' $((lines - ANSWER_LINES))
    else
        cat "$answer"
    fi
    rm -f "$answer"
    printf '%s(%s s)%s\n' "$FAINT" "$took" "$PLAIN"
    ((status == 0)) || fail "$status" "the demo stops here: the command above ended with exit code $status" \
        "The service's log is in $STEMMA_HOME/log."
}

# chapter TEXT : what comes next, in a sentence.
chapter() { printf '\n── %s\n' "$*"; }

# watch_it WORD... : like ask, but shows the output as it comes.
watch_it() {
    local begun status=0
    printf '\n%s$ stemma %s%s\n' "$BOLD" "$*" "$PLAIN"
    begun=$(micros)
    "$STEMMA_LAUNCHER" "$@" || status=$?
    printf '%s(%s s)%s\n' "$FAINT" "$(since "$begun")" "$PLAIN"
    ((status == 0)) || fail "$status" "the demo stops here: the command above ended with exit code $status" \
        "The service's log is in $STEMMA_HOME/log."
}

# The same question in three languages: which images have openssl and derive from base?
read -r -d '' QUESTION_CYPHER <<'END' || true
MATCH (i:Image)-[:DERIVED_FROM*1..]->(:Image {name: "base"})
MATCH (i)-[h:HAS_INVENTORY]->(:Inventory)-[:HAS_PACKAGES]->()-[:INSTALLS]->(v:PackageVersion)-[:VERSION_OF]->(:Package {name: "openssl"})
WHERE h.until IS NULL
RETURN DISTINCT i.name AS image, v.version AS openssl ORDER BY image
END
read -r -d '' QUESTION_GRAPHQL <<'END' || true
{ images(package: "openssl", derivedFrom: "base") { name operatingSystem { prettyName } packages(name: "openssl") { version } } }
END
read -r -d '' QUESTION_SPARQL <<'END' || true
PREFIX stemma: <https://stemma.dev/ns#>
SELECT DISTINCT ?image ?openssl WHERE {
  ?i stemma:derivedFrom+ ?b ; stemma:name ?image ; stemma:currentInventory/stemma:hasPackages/stemma:installs ?v .
  ?b stemma:name "base" .
  ?v stemma:version ?openssl ; stemma:versionOf/stemma:name "openssl" .
} ORDER BY ?image
END

# story DIR : with the six images in DIR.
story() {
    local dir=$1 digest report
    # A file that no package has: known by its content alone, to ask for it by that.
    digest=$(sed -n 's|  usr/local/sbin/metrics-push$||p' "$dir/oracle/web-drifted.sha256")

    chapter "The service, with a Neo4j of its own"
    watch_it up
    chapter "Reading six disk images: partitions, file systems, every file with its SHA-256, packages, into the graph"
    watch_it index "$dir"/{base,web,db,base-patched,web-drifted}.qcow2 "$dir/trixie.raw" --level full --follow

    chapter "What is there"
    ask status
    ask images
    ask show web
    ask ls web /etc/nginx
    ask packages web

    chapter "Finding images by what is in them"
    ask search --all nginx --none postgresql
    ask search --any nginx,postgresql
    ask search --file metrics-push
    ask search --file "$digest"

    chapter "What became of the machine web-drifted since it was made from web"
    ask drift web-drifted
    ask drift web-drifted --config
    ask packages web-drifted --verify
    chapter "What the security updates changed"
    ask drift base base-patched --packages

    chapter "Relatives, by content, and the family tree, by record"
    ask similar web
    ask tree base

    chapter "One question in three languages: which images have openssl and derive from base?"
    ask cypher "$QUESTION_CYPHER"
    ask graphql "$QUESTION_GRAPHQL"
    ask sparql "$QUESTION_SPARQL"

    chapter "For the files: where web-drifted comes from, as a page to read"
    report=$STEMMA_HOME/demo/lineage-web-drifted.html
    mkdir -p "$(dirname -- "$report")"
    ask report lineage web-drifted --format html -o "$report"

    chapter "Go on from here"
    printf '  the library   %s\n' "$(service_url)"
    printf '  the report    file://%s\n' "$report"
    printf '  the disks     %s\n' "$dir"
    printf '  more          bin/stemma --help\n'
    printf '  stop          bin/stemma down      (with --purge: and remove all data)\n'
}

# service_url : where the service answers, as stemma status says it, with the token that signs a browser in.
service_url() {
    local url
    url=$("$STEMMA_LAUNCHER" status | grep -oE 'https?://[^ ",]+' | head -n 1) || true
    printf '%s/#token=%s' "$url" "$(<"$STEMMA_HOME/token")"
}
