#!/bin/sh
# Makes a disk of three LUKS containers: version 1 with an ext4 (1), version 2 with a volume group that has a root and a home (2), version 2
# with a passphrase of its own (3). Usage: make-locked.sh TREE WORK. Leaves WORK/disk, and the passphrases in WORK/key and WORK/other-key.
set -eu
tree=$1 work=$2
cd "$work"
umask 077
printf 'correct horse ☃ staple\n' > key
printf 'another one\n' > other-key
printf 'correct horse ☃ staple' > raw-key
printf 'another one' > raw-other-key

mkdir -p root/etc root/home home/ann
printf 'ID=debian\nVERSION_ID=12\n' > root/etc/os-release
cat > root/etc/fstab << FSTAB
/dev/mapper/vg-root / ext4 errors=remount-ro 0 1
/dev/mapper/data_crypt /srv ext4 defaults 0 2
/dev/mapper/vg-home /home ext4 defaults 0 2
FSTAB
mkdir root/srv
echo 'data_crypt UUID=11111111-2222-4333-8444-555555555555 none luks' > root/etc/crypttab
echo notes > home/ann/notes
chmod -R go+rX root home
tar --format=pax --xattrs --xattrs-include='*' --exclude=./kinds/socket --exclude=./kinds/wide \
    --exclude='./attributes/acl*' -C "$tree" -cf tree.tar .
tar -C root -cf root.tar .
tar -C home -cf home.tar .

lock() { # FILE SIZE KEY OPTIONS
    truncate -s "$2" "$1"
    file=$1 secret=$3
    shift 3
    cryptsetup luksFormat -q --key-file "$secret" --pbkdf pbkdf2 --pbkdf-force-iterations 1000 "$@" "$file"
}
lock one 80M raw-key --type luks1 --uuid 11111111-2222-4333-8444-555555555555
lock two 140M raw-key --type luks2 --uuid 22222222-2222-4333-8444-555555555555
lock three 32M raw-other-key --type luks2
truncate -s 260M disk
sfdisk -q disk << TABLE
label: gpt
size=80MiB
size=140MiB
size=32MiB
TABLE
dd if=one of=disk bs=1M seek=1 conv=notrunc,sparse status=none
dd if=two of=disk bs=1M seek=81 conv=notrunc,sparse status=none
dd if=three of=disk bs=1M seek=221 conv=notrunc,sparse status=none
# guestfish takes the passphrases from where its commands come from.
LIBGUESTFS_BACKEND=direct LIBGUESTFS_BACKEND_SETTINGS=force_tcg \
    guestfish --keys-from-stdin --format=raw -a disk << COMMANDS
run
cryptsetup-open /dev/sda1 one
$(cat key)
cryptsetup-open /dev/sda2 two
$(cat key)
mkfs ext4 /dev/mapper/one label:locked
mount /dev/mapper/one /
tar-in tree.tar / xattrs:true selinux:true
umount /
pvcreate /dev/mapper/two
vgcreate vg /dev/mapper/two
lvcreate root vg 48
lvcreate home vg 32
mkfs ext4 /dev/vg/root
mount /dev/vg/root /
tar-in root.tar /
umount /
mkfs ext4 /dev/vg/home
mount /dev/vg/home /
tar-in home.tar /
umount /
vg-activate-all false
debug sh "udevadm settle"
cryptsetup-close /dev/mapper/one
cryptsetup-close /dev/mapper/two
shutdown
COMMANDS
