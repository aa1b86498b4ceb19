# shellcheck shell=bash
# Sourced by .ci/run: a Docker daemon of our own, apart from any that runs on the machine, that goes when the script ends.
# It needs root, and the package docker.io (or another dockerd) to be installed.

DOCKER_PID=
DOCKER_BRIDGE=

# start_docker DIR : starts dockerd with everything it writes below DIR, and exports what docker and Testcontainers want.
# Where a machine lacks what dockerd asks for, it is tried in other ways, and that is said.
start_docker() {
    local dir=$1 attempt attempts
    has dockerd || fail 2 "dockerd is not installed" "apt-get install docker.io"
    mkdir -p "$dir"
    export DOCKER_HOST=unix://$dir/docker.sock
    # No reaper: its image cannot be had without a registry, and the daemon's end removes all containers anyway.
    export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1
    export TESTCONTAINERS_DOCKER_SOCKET_OVERRIDE=$dir/docker.sock
    # A bridge of our own and no packet filter rules: nothing of the machine's is changed, and published ports are served
    # by docker's proxy process. Containers reach no outside network that way; the tests want none.
    attempts=()
    if bridge_up; then
        attempts+=("--bridge=$DOCKER_BRIDGE --iptables=false --ip6tables=false --ip-masq=false"
            "--bridge=$DOCKER_BRIDGE --iptables=false --ip6tables=false --ip-masq=false --storage-driver=vfs")
    fi
    attempts+=('--iptables=false --ip6tables=false' '--storage-driver=vfs' '')
    for attempt in "${attempts[@]}"; do
        # shellcheck disable=SC2086 # the attempt is a list of options
        if docker_answers "$dir" $attempt; then
            say "Docker daemon of our own: $(docker version -f '{{.Server.Version}}') on $(docker info -f '{{.Driver}}') (${attempt:-no options})"
            return 0
        fi
        say "dockerd $attempt did not start: $(grep -iE 'fail|error' "$dir/dockerd.log" | tail -n 1 | cut -c 1-200)"
    done
    tail -n 20 "$dir/dockerd.log" >&2
    fail 1 "no Docker daemon could be started; its log is $dir/dockerd.log"
}

# bridge_up : makes the network bridge, where this machine lets us.
bridge_up() {
    local name=stemma$$
    has ip && ip link add "$name" type bridge 2>/dev/null || return 1
    DOCKER_BRIDGE=$name
    ip address add 172.31.$((RANDOM % 200 + 20)).1/24 dev "$name" && ip link set "$name" up
}

# docker_answers DIR OPTION... : starts one daemon and waits until it answers or has ended.
docker_answers() {
    local dir=$1 waited
    shift
    dockerd --host="$DOCKER_HOST" --data-root="$dir/data" --exec-root="$dir/exec" --pidfile="$dir/dockerd.pid" \
        --log-level=warn "$@" >"$dir/dockerd.log" 2>&1 &
    DOCKER_PID=$!
    for ((waited = 0; waited < 150; waited++)); do
        if docker version >/dev/null 2>&1; then return 0; fi
        kill -0 "$DOCKER_PID" 2>/dev/null || break
        sleep 0.2
    done
    end_daemon
    return 1
}

end_daemon() {
    [[ -z $DOCKER_PID ]] || kill "$DOCKER_PID" 2>/dev/null || true
    [[ -z $DOCKER_PID ]] || wait "$DOCKER_PID" 2>/dev/null || true
    DOCKER_PID=
}

# stop_docker : ends the daemon that start_docker started, its containers and its bridge; never another's.
stop_docker() {
    local containers=()
    if [[ -n $DOCKER_PID ]]; then
        mapfile -t containers < <(docker ps -q 2>/dev/null)
        ((${#containers[@]} == 0)) || docker kill "${containers[@]}" >/dev/null 2>&1 || true
    fi
    end_daemon
    [[ -z $DOCKER_BRIDGE ]] || ip link delete "$DOCKER_BRIDGE" 2>/dev/null || true
    DOCKER_BRIDGE=
}
