#!/bin/sh
# Makes WORK/{ordered,journal,async,old}: ext file systems that Linux wrote to and did not unmount, because the machine in
# which it ran (libguestfs' appliance) was ended. WORK/NAME.repaired is what e2fsck makes of each. Usage: kernel-journal.sh WORK
set -eu
cd "$1"
export LIBGUESTFS_BACKEND=direct LIBGUESTFS_BACKEND_SETTINGS=force_tcg
names='ordered journal async old'
for name in $names; do
    truncate -s 48M $name
done
mke2fs -q -F -t ext4 -b 4096 ordered
# A ring so small that the transactions go over its end.
mke2fs -q -F -t ext4 -b 1024 -J size=4 journal
mke2fs -q -F -t ext4 -b 2048 -O ^metadata_csum async
mke2fs -q -F -t ext3 -b 1024 -I 256 old
eval "$(guestfish --listen 2> /dev/null)"
trap 'guestfish --remote exit > /dev/null 2>&1 || true' EXIT
in_appliance() {
    guestfish --remote -- "$@"
}
# By label: which letter a disk gets is not certain.
for name in $names; do
    in_appliance add $name format:raw label:$name
done
in_appliance run
machine=$(in_appliance get-pid)
in_appliance debug sh "set -e
    mkdir /tmp/ordered /tmp/journal /tmp/async /tmp/old
    mount /dev/disk/guestfs/ordered /tmp/ordered
    mount -o data=journal /dev/disk/guestfs/journal /tmp/journal
    mount -o data=writeback,journal_checksum,journal_async_commit /dev/disk/guestfs/async /tmp/async
    mount /dev/disk/guestfs/old /tmp/old
    for name in $names; do
        cd /tmp/\$name
        mkdir dir gone
        head -c 3000000 /dev/urandom > dir/large
        ln -s large dir/link
        sync
        for n in 1 2 3 4 5 6 7 8; do
            echo text > gone/\$n
            echo content \$n > dir/file-\$n
        done
        setfattr -n user.name -v value dir/file-1 || true
        mknod dir/device c 4 5
        sync
        rm -r gone
        mkdir again
        truncate -s 1000000 dir/large
        head -c 2000000 /dev/urandom > again/new
        sync
        echo late > again/late
        rm dir/file-8
        sync -f .
        echo never > again/never
    done" > sh.out 2>&1 || { cat sh.out; exit 1; }
kill -9 "$machine"
for name in $names; do
    cp $name $name.repaired
    e2fsck -fy $name.repaired > $name.out 2>&1 || [ $? -eq 1 ]
    grep -q 'recovering journal' $name.out
done
