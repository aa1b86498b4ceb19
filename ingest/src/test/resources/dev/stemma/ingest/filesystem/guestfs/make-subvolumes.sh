#!/bin/sh
# Makes a disk of btrfs systems as distributions lay them out: Fedora (1), openSUSE (2), Ubuntu set back to a snapshot (3), and two
# file systems that a machine had mounted when it was switched off: xfs (4), btrfs (5). Usage: make-subvolumes.sh TREE WORK.
# Leaves WORK/disk, and the trees that went in as WORK/fedora, WORK/opensuse, WORK/ubuntu, WORK/home, WORK/old.
set -eu
tree=$1 work=$2
cd "$work"

system() { # NAME ID, and the fstab on standard input
    mkdir -p "$1/etc" "$1/var/lib" "$1/home" "$1/.snapshots" "$1/boot"
    printf 'ID=%s\nVERSION_ID=1\n' "$2" > "$1/etc/os-release"
    cat > "$1/etc/fstab"
}

# tar carries no sockets and no ACLs of unknown users.
mkdir opensuse
tar --format=pax --xattrs --xattrs-include='*' --exclude=./kinds/socket --exclude=./kinds/wide \
    --exclude='./attributes/acl*' -C "$tree" -cf - . | tar --xattrs --xattrs-include='*' -C opensuse -xf -
system opensuse opensuse << FSTAB
UUID=22222222-0000-4000-8000-000000000002 / btrfs defaults 0 0
UUID=22222222-0000-4000-8000-000000000002 /var btrfs subvol=/@/var 0 0
UUID=22222222-0000-4000-8000-000000000002 /home btrfs subvol=/@/home 0 0
UUID=22222222-0000-4000-8000-000000000002 /.snapshots btrfs subvol=/@/.snapshots 0 0
FSTAB
system fedora fedora << FSTAB
UUID=11111111-0000-4000-8000-000000000001 / btrfs subvol=root,compress=zstd:1 0 0
UUID=11111111-0000-4000-8000-000000000001 /home btrfs subvol=home,compress=zstd:1 0 0
FSTAB
mkdir -p fedora/usr/share/doc
seq 1 20000 > fedora/usr/share/doc/numbers
system ubuntu ubuntu << FSTAB
LABEL=set-back / btrfs defaults,subvol=@ 0 1
LABEL=set-back /home btrfs defaults,subvol=@home 0 2
FSTAB
mkdir -p home/ann old
head -c 300000 /dev/urandom > home/ann/random
ln -s random home/ann/link
echo old > old/file
for name in opensuse fedora ubuntu home old; do
    tar --format=pax --xattrs --xattrs-include='*' -C "$name" -cf "$name.tar" .
done

truncate -s 900M disk
sfdisk -q disk << TABLE
label: gpt
size=128MiB
size=128MiB
size=128MiB
size=320MiB
size=128MiB
TABLE
export LIBGUESTFS_BACKEND=direct LIBGUESTFS_BACKEND_SETTINGS=force_tcg
guestfish=$(guestfish --listen --format=raw -a disk)
eval "$guestfish"
guest() { guestfish --remote -- "$@"; }
put() { guest tar-in "$1.tar" "$2" xattrs:true selinux:true; }
trap 'guestfish --remote -- exit 2> /dev/null || true' EXIT
guest run

guest mkfs btrfs /dev/sda1
guest mount /dev/sda1 /
guest btrfs-subvolume-create /root
guest btrfs-subvolume-create /home
put fedora /root
put home /home
guest btrfs-subvolume-create /root/var/lib/machines
put old /root/var/lib/machines
guest btrfs-subvolume-snapshot /root /before-update ro:true
guest umount /

# Numbers of subvolumes count from 256.
guest mkfs btrfs /dev/sda2
guest mount /dev/sda2 /
guest btrfs-subvolume-create /@
guest btrfs-subvolume-create /@/.snapshots
guest mkdir-p /@/.snapshots/1
guest btrfs-subvolume-create /@/.snapshots/1/snapshot
guest btrfs-subvolume-create /@/var
guest btrfs-subvolume-create /@/home
put opensuse /@/.snapshots/1/snapshot
put old /@/var
put home /@/home
guest mkdir-p /@/.snapshots/2
guest btrfs-subvolume-snapshot /@/.snapshots/1/snapshot /@/.snapshots/2/snapshot ro:true
guest btrfs-subvolume-set-default 258 /
guest umount /

guest mkfs btrfs /dev/sda3 label:set-back
guest mount /dev/sda3 /
guest btrfs-subvolume-create /@
guest btrfs-subvolume-create /@home
put ubuntu /@
put old /@home
guest mkdir-p /timeshift-btrfs/snapshots/1
guest btrfs-subvolume-snapshot /@ /timeshift-btrfs/snapshots/1/@
guest btrfs-subvolume-delete /@
guest btrfs-subvolume-snapshot /timeshift-btrfs/snapshots/1/@ /@
guest umount /

for uuid in 1:11111111-0000-4000-8000-000000000001 2:22222222-0000-4000-8000-000000000002; do
    guest set-uuid "/dev/sda${uuid%%:*}" "${uuid#*:}"
done

guest mkfs xfs /dev/sda4
guest mkfs btrfs /dev/sda5
for number in 4 5; do
    guest mkmountpoint "/$number"
    guest mount "/dev/sda$number" "/$number"
    guest mkdir "/$number/dir"
    guest write "/$number/dir/before" 'written before'
done
guest sync
for number in 4 5; do
    guest write "/$number/dir/after" 'written after'
    guest mkdir "/$number/new"
    guest write "/$number/new/after" 'and this'
    # Of each file alone: its name is in the log, and nowhere else.
    guest debug sh "sync /sysroot/$number/dir/after /sysroot/$number/new/after" > /dev/null
done
kill -9 "$(guest get-pid)"
guestfish --remote -- exit 2> /dev/null || true
trap - EXIT
