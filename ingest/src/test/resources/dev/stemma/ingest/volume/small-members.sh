#!/bin/sh
# Makes a disk of thirteen small partitions, as make-disk.sh makes large ones: LVM over two partitions, LVM on an MD RAID1 (1.2), and
# arrays: RAID0 (1.2), RAID5 (1.1), RAID1 (1.0), linear (0.90). Usage: small-members.sh WORK. Leaves WORK/small-members.zst.
set -eu
# shellcheck source=/dev/null
. "$(dirname "$0")/../appliance.sh"
cd "$1"
truncate -s 56M disk
{ echo 'label: gpt'; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do echo 'size=4MiB'; done; } | sfdisk -q disk
{
    echo run
    echo "pvcreate /dev/sda1"
    echo "pvcreate /dev/sda2"
    settled "lvm vgcreate -s 64k vg $(part 1 2)"
    settled "lvm lvcreate -y -n stripes -i 2 -I 64k -L 1M vg"
    settled "lvm lvcreate -y -n across -L 4M vg"
    settled "lvm lvcreate -y -n removed -L 64k vg"
    settled "lvm lvremove -y vg/removed"
    settled "mdadm --create /dev/md10 --run --assume-clean --metadata=1.2 --level=1 --raid-devices=2 $(part 3 4)"
    settled "mdadm --create /dev/md11 --run --metadata=1.2 --level=0 --chunk=64 --raid-devices=2 $(part 5 6)"
    settled "mdadm --create /dev/md12 --run --assume-clean --metadata=1.1 --level=5 --chunk=64 --raid-devices=3 $(part 7 8 9)"
    settled "mdadm --create /dev/md13 --run --assume-clean --metadata=1.0 --level=1 --raid-devices=2 $(part 10 11)"
    settled "mdadm --create /dev/md14 --run --metadata=0.90 --level=linear --raid-devices=2 $(part 12 13)"
    settled true
    echo "pvcreate /dev/md10"
    settled "lvm vgcreate -s 64k on-md /dev/md10"
    settled "lvm lvcreate -y -n small -L 1M on-md"
    echo shutdown
} > commands
LIBGUESTFS_BACKEND=direct LIBGUESTFS_BACKEND_SETTINGS=force_tcg guestfish --format=raw -a disk < commands
zstd -q -19 -f disk -o small-members.zst
