#!/bin/sh
# Makes the disks that the table of coverage is about, all of one tree: WORK/{gpt,mbr,ext4,second}.img, and WORK/list.* as list-tree.sh
# writes it. What needs Linux to be made is made in one appliance. Usage: coverage-disks.sh WORK LIST-TREE.SH; as root, or under fakeroot.
set -eu
# shellcheck source=/dev/null
. "$(dirname "$0")/appliance.sh"
cd "$1"
umask 022

mkdir -p tree/kinds tree/names tree/many tree/deep/er/still plain/dir
(
    cd tree
    for size in 0 1 60 160 4095 4096 65537 1048577; do head -c $size /dev/urandom > size-$size; done
    truncate -s 300000 hole && printf end >> hole && printf start | dd of=hole conv=notrunc status=none
    mkfifo -m 600 kinds/fifo && mknod kinds/char c 5 1 && mknod kinds/block b 8 17
    echo owned > kinds/owned && chown 70000:70001 kinds/owned && chmod 4751 kinds/owned
    mkdir kinds/sticky && chmod 1777 kinds/sticky
    ln -s short kinds/link && ln -s "$(head -c 300 /dev/zero | tr '\0' t)" kinds/long-link
    ln size-4095 kinds/hard
    : > "names/$(printf 'line\nbreak')" && : > "names/$(printf '\377\376')" && : > 'names/Schäfchen'
    : > "names/$(head -c 255 /dev/zero | tr '\0' n)"
    seq -f 'many/a-name-of-some-length-%.0f' 1 150 | xargs touch
    echo bottom > deep/er/still/file
    echo attributed > attributed
    setfattr -n user.short -v value attributed
    setfattr -n user.long -v "$(head -c 700 /dev/zero | tr '\0' v)" attributed
    setfattr -n user.dir -v '' deep
)
find tree -exec touch -h -d '2024-02-03 04:05:06' {} +
sh "$2" tree list
tar --format=pax --xattrs --xattrs-include='*' -C tree -cf tree.tar .
head -c 100000 /dev/urandom > plain/random
echo text > 'plain/Long name.text' && echo wide > 'plain/dir/äö λ' && : > plain/dir/empty && echo u > plain/dir/UPPER.TXT

for type in ext2 ext3 ext4; do
    truncate -s 24M $type && mke2fs -q -F -t $type -L $type -d tree $type
done
truncate -s 40M fat
mkfs.vfat -F 32 -s 1 -n FAT fat > /dev/null
LC_ALL=C.UTF-8 MTOOLS_SKIP_CHECK=1 mcopy -s -p -m -i fat plain/* ::/

truncate -s 640M made
sfdisk -q made << TABLE
label: gpt
size=320MiB
size=128MiB
size=64MiB
size=40MiB
size=40MiB
TABLE
filled() { # DEVICE
    echo "mount $1 /"
    echo "tar-in tree.tar / xattrs:true"
    echo "umount /"
}
{
    echo run
    echo "mkfs xfs /dev/sda1 label:xfs" && filled /dev/sda1
    echo "mkfs btrfs /dev/sda2 label:btrfs" && filled /dev/sda2
    echo "pvcreate /dev/sda3" && echo "vgcreate vg /dev/sda3"
    settled "lvm lvcreate -y -n root -L 48M vg"
    settled "mdadm --create /dev/md10 --run --assume-clean --metadata=1.2 --level=1 --raid-devices=2 $(part 4 5)"
    settled true
    echo "mkfs ext4 /dev/vg/root label:lvm" && filled /dev/vg/root
    echo "mkfs ext4 /dev/md10 label:md" && filled /dev/md10
    echo shutdown
} > commands
LIBGUESTFS_BACKEND=direct LIBGUESTFS_BACKEND_SETTINGS=force_tcg guestfish --format=raw -a made < commands

# cut NAME START-MIB LENGTH-MIB
cut_out() { dd if=made of="$1" bs=1M skip="$2" count="$3" conv=sparse status=none; truncate -s "${3}M" "$1"; }
cut_out xfs 1 320
cut_out btrfs 321 128
cut_out lvm 449 64
cut_out md-a 513 40
cut_out md-b 553 40

# disk NAME LABEL SIZE START:FILE... : a table and what lies behind it; the table's lines come from standard input
disk() {
    name=$1 size=$2
    shift 2
    truncate -s "$size" "$name"
    sfdisk -q "$name"
    for part in "$@"; do
        dd if="${part#*:}" of="$name" bs=1M seek="${part%%:*}" conv=notrunc,sparse status=none
    done
}
disk gpt.img 600M 1:ext2 25:ext3 49:ext4 73:xfs 393:fat 433:lvm 497:md-a 537:md-b << TABLE
label: gpt
start=1MiB, size=24MiB
start=25MiB, size=24MiB
start=49MiB, size=24MiB
start=73MiB, size=320MiB
start=393MiB, size=40MiB
start=433MiB, size=64MiB
start=497MiB, size=40MiB
start=537MiB, size=40MiB
TABLE
disk mbr.img 400M 1:ext4 26:xfs 347:fat << TABLE
label: dos
1 : start=1MiB, size=24MiB, type=83
2 : start=25MiB, size=370MiB, type=5
5 : start=26MiB, size=320MiB, type=83
6 : start=347MiB, size=40MiB, type=c
TABLE
disk second.img 600M 1:btrfs 129:ext4 153:xfs 473:fat 513:lvm << TABLE
label: gpt
start=1MiB, size=128MiB
start=129MiB, size=24MiB
start=153MiB, size=320MiB
start=473MiB, size=40MiB
start=513MiB, size=64MiB
TABLE
cp --sparse=always ext4 ext4.img
