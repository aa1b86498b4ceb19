#!/bin/sh
# Makes a disk of thirteen partitions in one appliance: LVM over two partitions (linear, striped, swap), LVM on an
# MD RAID1 (1.2), and arrays of their own: RAID0 (1.2), RAID5 (1.1), RAID1 (1.0), linear (0.90). Usage: make-disk.sh WORK. Leaves WORK/disk.
set -eu
# shellcheck source=/dev/null
. "$(dirname "$0")/../appliance.sh"
cd "$1"

mkdir tree
i=0
while [ $i -lt 24 ]; do
    head -c $((400000 + i * 7919)) /dev/urandom > "tree/file$i"
    i=$((i + 1))
done
mkdir tree/etc && echo text > tree/etc/motd
ln -s ../file0 tree/etc/link
tar -C tree -cf tree.tar .

truncate -s 640M disk
sfdisk -q disk << TABLE
label: gpt
size=64MiB
size=64MiB
size=64MiB
size=64MiB
size=40MiB
size=40MiB
size=24MiB
size=24MiB
size=24MiB
size=48MiB
size=48MiB
size=32MiB
size=32MiB
TABLE
fill() {
    settled true
    echo "mkfs ext4 $1"
    echo "mount $1 /"
    echo "tar-in tree.tar /"
    echo "umount /"
}
# Kernels of some years cannot run a linear array, and mdadm has written what says so before it asks them to. There its data is put where it belongs by
# the device mapper: 32 MiB each, less the 64 KiB that the superblock's version keeps free at the end. An array that runs has them itself, and keeps them.
linear() {
    settled "mdadm --create /dev/md14 --run --metadata=0.90 --level=linear --raid-devices=2 $(part 12 13); true"
    settled "if grep -q '^md14 : active' /proc/mdstat; then echo 0 130816 linear /dev/md14 0; else mdadm --stop /dev/md14 >/dev/null 2>&1; echo 0 65408 linear \$(readlink -f $(part 12)) 0; echo 65408 65408 linear \$(readlink -f $(part 13)) 0; fi | dmsetup --noudevsync create linear"
}
{
    cat << COMMANDS
run
pvcreate /dev/sda1
pvcreate /dev/sda2
vgcreate vg "/dev/sda1 /dev/sda2"
$(settled "lvm lvcreate -y -n stripes -i 2 -I 64k -L 40M vg")
$(settled "lvm lvcreate -y -n across -L 60M vg")
$(settled "lvm lvcreate -y -n swap -L 4M vg")
mkswap /dev/vg/swap
$(settled "mdadm --create /dev/md10 --run --assume-clean --metadata=1.2 --level=1 --raid-devices=2 $(part 3 4)")
$(settled "mdadm --create /dev/md11 --run --metadata=1.2 --level=0 --chunk=64 --raid-devices=2 $(part 5 6)")
$(settled "mdadm --create /dev/md12 --run --assume-clean --metadata=1.1 --level=5 --chunk=64 --raid-devices=3 $(part 7 8 9)")
$(settled "mdadm --create /dev/md13 --run --assume-clean --metadata=1.0 --level=1 --raid-devices=2 $(part 10 11)")
$(linear)
$(settled true)
pvcreate /dev/md10
vgcreate on-md /dev/md10
$(settled "lvm lvcreate -y -n the-root -L 40M on-md")
$(settled "lvm lvcreate -y -n small -L 4M on-md")
COMMANDS
    for device in vg/across vg/stripes on-md/the-root md11 md12 md13 mapper/linear; do
        fill /dev/$device
    done
    echo shutdown
} > commands
LIBGUESTFS_BACKEND=direct LIBGUESTFS_BACKEND_SETTINGS=force_tcg guestfish --format=raw -a disk < commands
