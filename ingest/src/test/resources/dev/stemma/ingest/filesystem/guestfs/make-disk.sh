#!/bin/sh
# Makes a disk of six partitions: ext4, ext4 whose journal is not replayed, xfs, vfat, btrfs with a subvolume, LVM with an
# ext4 on a logical volume. Usage: make-disk.sh TREE WORK. Leaves WORK/disk and WORK/dirty (partition 2 alone).
set -eu
tree=$1 work=$2
cd "$work"

# tar carries no sockets and no ACLs of unknown users, and XFS no device numbers of 20 bits.
tar --format=pax --xattrs --xattrs-include='*' --exclude=./kinds/socket --exclude=./kinds/wide \
    --exclude='./attributes/acl*' -C "$tree" -cf tree.tar .
mkdir plain
head -c 100000 /dev/urandom > plain/random
echo text > 'plain/Long name.text'
mkdir plain/dir && echo inner > plain/dir/inner
echo lower > plain/dir/lower.txt
echo upper > plain/dir/UPPER.TXT
echo wide > 'plain/dir/äö λ 😀'
: > plain/dir/empty
tar -C plain -cf plain.tar .

truncate -s 64M clean
mke2fs -q -F -t ext4 -d "$tree" clean

# What debugfs then changes in a copy becomes a transaction in the journal of the original: not replayed, it is not there.
truncate -s 64M dirty
mke2fs -q -F -t ext4 -b 4096 -d plain dirty
cp dirty changed
head -c 50000 /dev/urandom > added
printf 'write added added\nmkdir new\ncd new\nwrite added again\ncd /\nrm random\n' > changes
debugfs -w -f changes changed > /dev/null
cmp -l dirty changed | awk '{ print int(($1 - 1) / 4096) }' | uniq > blocks
while read -r block; do
    dd if=changed bs=4096 skip="$block" count=1 status=none
done < blocks > transaction
{
    echo jo
    echo "jw -b $(paste -sd, blocks) transaction"
    echo jc
} > journal
debugfs -w -f journal dirty > /dev/null

truncate -s 800M disk
sfdisk -q disk << TABLE
label: gpt
size=64MiB
size=64MiB
size=320MiB
size=40MiB
size=128MiB
size=100MiB
TABLE
dd if=clean of=disk bs=1M seek=1 conv=notrunc,sparse status=none
dd if=dirty of=disk bs=1M seek=65 conv=notrunc,sparse status=none
LIBGUESTFS_BACKEND=direct LIBGUESTFS_BACKEND_SETTINGS=force_tcg guestfish --format=raw -a disk << COMMANDS
run
mkfs xfs /dev/sda3
mount /dev/sda3 /
tar-in tree.tar / xattrs:true selinux:true
umount /
mkfs vfat /dev/sda4
mount /dev/sda4 /
tar-in plain.tar /
umount /
mkfs btrfs /dev/sda5
mount /dev/sda5 /
btrfs-subvolume-create /root
tar-in tree.tar /root xattrs:true selinux:true
umount /
pvcreate /dev/sda6
vgcreate vg /dev/sda6
lvcreate root vg 64
mkfs ext4 /dev/vg/root label:logical
mount /dev/vg/root /
tar-in tree.tar / xattrs:true selinux:true
umount /
shutdown
COMMANDS
