# Runs qemu-nbd where it can do no harm: with the vetted files open and nothing else in sight.
#
#   bash -c THIS sandbox STAGE WORK CPU_SECONDS MEMORY_BYTES CONNECTIONS DISK [FILE…]
#
# STAGE  jail: in namespaces of its own (no network, no other process, an empty root with /usr read-only)
#        bare: without, where the host does not allow namespaces; the limits below hold all the same
# WORK   a directory of ours (0700); the socket appears as WORK/socket/nbd
# DISK   QEMU's json: name of the disk, whose files are /proc/self/fd/10, 11, … in the order of FILE…
#
# Standard input is the leash: when it ends, because the parent closed it or died, everything here ends.
set -eu
stage=$1 work=$2 cpu=$3 memory=$4 connections=$5 disk=$6

serve() { # serve SOCKET PREFIX…
  socket=$1
  shift
  exec 3<&0
  "$@" prlimit --cpu="$cpu" --as="$memory" --nofile=256 --fsize=0 --core=0 -- \
    qemu-nbd --read-only --shared="$connections" --persistent --socket="$socket" "$disk" 3<&- &
  server=$!
  { read -r _ <&3 || true; kill -KILL "$server" 2>/dev/null; } &
  exec 3<&- 0<&-
  status=0
  wait "$server" || status=$?
  kill -KILL $! 2>/dev/null || true
  exit "$status"
}

case $stage in
  jail | bare)
    descriptor=10
    for file in "${@:7}"; do
      eval "exec $descriptor<"'"$file"'
      descriptor=$((descriptor + 1))
    done
    [ "$stage" = jail ] || serve "$work/socket/nbd" setpriv --no-new-privs
    own=
    [ "$(id -u)" = 0 ] || own="--user --map-root-user"
    # shellcheck disable=SC2086 # two options or none
    exec unshare $own --net --ipc --uts --mount --pid --fork --kill-child -- \
      bash -c "$BASH_EXECUTION_STRING" sandbox inside "${@:2:5}"
    ;;
  inside)
    root=$work/root
    mount -t tmpfs -o size=1m,mode=0755,nosuid none "$root"
    mkdir "$root"/{usr,etc,dev,proc,socket,old}
    for directory in lib lib32 lib64 bin sbin; do
      if [ -L "/$directory" ]; then
        cp -P "/$directory" "$root/$directory"
      elif [ -d "/$directory" ]; then
        mkdir "$root/$directory"
        mount --rbind "/$directory" "$root/$directory"
      fi
    done
    mount --rbind /usr "$root/usr"
    mount -o remount,bind,ro,nosuid,nodev "$root/usr" 2>/dev/null || true
    cp /etc/ld.so.cache "$root/etc/"
    touch "$root/dev/null"
    mount --bind /dev/null "$root/dev/null"
    mount --bind "$work/socket" "$root/socket"
    mount -t proc -o ro,nosuid,nodev,noexec none "$root/proc"
    cd "$root"
    pivot_root . old
    umount -l old
    # Of root's powers the one to read stays, for images that belong to another user.
    serve /socket/nbd setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+dac_read_search
    ;;
esac
