#!/bin/sh
# Runs in the appliance: fills the file systems of the disks with those labels, lists them with list-tree.sh, and unmounts them, but for one that
# is called dirty. The lists go to the disk out, as tar. Usage: fill.sh NAME...
set -eu
mkdir -p /tmp/mnt /tmp/lists

odd() {
    tar --xattrs --xattrs-include='*' -xpf /tmp/in/tree.tar
    # More extents than fit in an inode, with holes between them; and unwritten ones.
    seq 0 2 1800 | awk '{ print "pwrite -q", $1 * 4 "k 1k" }' | xfs_io -f sparse/comb > /dev/null
    xfs_io -f -c 'falloc 0 1m' -c 'pwrite -q 100k 5k' -c 'truncate 3000001' sparse/unwritten
    cp --reflink=auto sizes/3000000 sizes/shared
    xfs_io -c 'pwrite -q 100001 70000' sizes/shared
    # Directories with an index in a leaf, and in a tree.
    mkdir names/leaf names/tree names/gaps
    (cd names/leaf && seq -f 'a-name-of-some-length-%.0f' 1 200 | xargs touch)
    (cd names/tree && seq -f 'a-name-of-some-length-%.0f' 1 1200 | xargs touch)
    (cd names/gaps && seq -f 'a-name-of-some-length-%.0f' 1 600 | xargs touch && seq -f 'a-name-of-some-length-%.0f' 50 560 | xargs rm)
    ln -s "$(head -c 1023 /dev/zero | tr '\0' t)" links/1023
    # Attributes in a leaf, in a tree of leaves, and with values in blocks of their own.
    : > attributes/leaf
    : > attributes/tree
    : > attributes/remote
    for i in 1 2 3 4 5 6 7 8 9; do
        setfattr -n user.name-$i -v "$(head -c $((i * 20)) /dev/zero | tr '\0' v)" attributes/leaf
    done
    value=$(head -c 200 /dev/zero | tr '\0' v)
    i=0
    while [ $i -lt 60 ]; do
        setfattr -n user.a-rather-long-name-of-an-attribute-$i -v "$value" attributes/tree
        i=$((i + 1))
    done
    setfattr -n user.large -v "$(head -c 60000 /dev/urandom | base64 -w 0 | head -c 60000)" attributes/remote
    setfattr -n user.larger -v "$(head -c 20000 /dev/zero | tr '\0' v)" attributes/remote
    setfattr -n trusted.root -v r attributes/remote
    acl=0x0200000001000600ffffffff02000600e803000004000400ffffffff10000600ffffffff20000400ffffffff
    : > attributes/acl && setfattr -n system.posix_acl_access -v $acl attributes/acl
    mkdir attributes/acl-default && setfattr -n system.posix_acl_default -v $acl attributes/acl-default
    touch -d '2100-02-03 04:05:06.789 UTC' times/after-2038 times
}

for name in "$@"; do
    disk=/dev/disk/guestfs/$name
    mount -o nouuid "$disk" /tmp/mnt
    cd /tmp/mnt
    if [ "$name" = dirty ]; then
        mkdir dir && head -c 100000 /dev/urandom > dir/file && sync -f . && mv dir moved && xfs_io -c fsync moved
        cd /
        break
    fi
    odd
    cd /
    umount /tmp/mnt
    mount -o nouuid,ro "$disk" /tmp/mnt
    sh /tmp/in/list-tree.sh /tmp/mnt "/tmp/lists/$name"
    umount /tmp/mnt
done
tar -C /tmp/lists -cf /dev/disk/guestfs/out .
sync
