#!/bin/sh
# Makes XFS file systems of many makes, each with the same odd tree and what only XFS has. Linux itself fills them and says what it
# sees, in one machine (libguestfs' appliance). Usage: make-images.sh WORK LIST-TREE-SCRIPT ODD-TREE-SCRIPT
# Leaves in WORK, for each NAME of the file names: NAME, and lists/NAME.{find,sha256,devices,xattrs}; and dirty, which was
# written to and not unmounted.
set -eu
work=$1
mkdir -p "$work/tree" "$work/lists" "$work/in"
sh "$3" "$work/tree"
# XFS has no indirect blocks that a hole of this size would be for, and the emulated machine hashes some 30 MB/s.
truncate -s 21000000 "$work/tree/sparse/far"
cp "$2" "$work/in/list-tree.sh"
cp "$(dirname "$0")/fill.sh" "$work/in/fill.sh"
cd "$work"
# tar carries no sockets, XFS no device numbers of 20 bits, and ACLs of unknown users are set in the machine.
tar --format=pax --sparse --xattrs --xattrs-include='*' --exclude=./kinds/socket --exclude=./kinds/wide \
    --exclude='./attributes/acl*' --exclude=./sparse/comb -C tree -cf in/tree.tar .
tar -C in -cf in.tar .
truncate -s 16M out.tar

# xfsprogs makes what is smaller than 300 MB only for its own tests.
export TEST_DIR=1 TEST_DEV=1 QA_CHECK_FS=1
make() {
    name=$1
    shift
    truncate -s 48M "$name"
    mkfs.xfs -q -f "$@" "$name" > "$name.out" 2>&1 || { cat "$name.out"; exit 1; }
    echo "$name" >> names
}
: > names
make default
make small -b size=1024 -n size=4096 -i size=512,nrext64=1 -m rmapbt=1,bigtime=1
make wide -b size=2048 -n size=16384 -i size=1024 -m bigtime=0,reflink=0 -d agcount=3
make stripes -l su=64k -i size=2048 -m uuid=01234567-89ab-cdef-0123-456789abcdef -L label
xfs_db -x -c 'uuid generate' stripes > stripes.out
make old -m crc=0 -n ftype=0
make older -m crc=0 -b size=512 -n size=8192,ftype=1 -i size=256,attr=1,projid32bit=0
make dirty

export LIBGUESTFS_BACKEND=direct LIBGUESTFS_BACKEND_SETTINGS=force_tcg
eval "$(guestfish --listen 2> guestfish.out)"
trap 'guestfish --remote exit > /dev/null 2>&1 || true' EXIT
# By label: which letter a disk gets is not certain.
for disk in in.tar out.tar $(cat names); do
    guestfish --remote -- add "$disk" format:raw "label:${disk%.tar}"
done
guestfish --remote -- run
machine=$(guestfish --remote -- get-pid)
guestfish --remote -- debug sh "mkdir /tmp/in && tar -C /tmp/in -xf /dev/disk/guestfs/in && sh /tmp/in/fill.sh $(paste -sd' ' names)" > fill.out 2>&1 \
    || { cat fill.out guestfish.out; exit 1; }
kill -9 "$machine"
tar -C lists -xf out.tar
