#!/bin/sh
# Makes a disk of a system on four partitions: / (ext4), /boot (ext4), /boot/efi (vfat), /home (xfs). Usage: mounted-disk.sh DISK
set -eu
disk=$1
boot=6a7a3b0c-1111-4222-8333-123456789abc
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

truncate -s 450M "$disk"
sfdisk --quiet "$disk" << TABLE
label: gpt
start=1MiB, size=32MiB, type=linux
start=33MiB, size=16MiB, type=linux
start=49MiB, size=40MiB, type=uefi, uuid=11111111-2222-3333-4444-555555555555
start=89MiB, size=320MiB, type=linux
TABLE

mkdir -p root/etc root/usr/bin root/boot root/home root/var/lib/dpkg/info
cat > root/etc/fstab << FSTAB
# <file system> <mount point> <type> <options> <dump> <pass>
/dev/vda1 / ext4 errors=remount-ro 0 1
LABEL=people /home xfs defaults 0 0
PARTUUID=11111111-2222-3333-4444-555555555555 /boot/efi vfat umask=0077 0 1
/dev/disk/by-uuid/$boot /boot ext4 defaults 0 2
tmpfs /tmp tmpfs defaults 0 0
FSTAB
printf 'ID=debian\nVERSION_ID=12\n' > root/etc/os-release
echo tool > root/usr/bin/tool
ln -s boot/vmlinuz-6.1 root/vmlinuz
cat > root/var/lib/dpkg/status << STATUS
Package: linux-image-6.1
Status: install ok installed
Architecture: amd64
Version: 6.1-1
Description: kernel

STATUS
printf '/.\n/boot\n/boot/vmlinuz-6.1\n/usr\n/usr/bin\n/usr/bin/tool\n' > root/var/lib/dpkg/info/linux-image-6.1.list
truncate -s 32M root.img
mke2fs -q -t ext4 -d root root.img

mkdir -p boot/efi
echo kernel > boot/vmlinuz-6.1
truncate -s 16M boot.img
mke2fs -q -t ext4 -U "$boot" -d boot boot.img

mkdir -p esp/EFI/debian
echo loader > esp/EFI/debian/grubx64.efi
truncate -s 40M esp.img
mkfs.vfat -F 32 -s 1 esp.img > /dev/null
mcopy -i esp.img -s esp/EFI ::

echo notes > notes
truncate -s 320M home.img
printf 'none\n0 0\nd--755 0 0\nann d--700 1000 1000\nnotes ---600 1000 1000 %s\n$\n$\n' "$work/notes" > proto
mkfs.xfs -q -L people -p proto home.img

for part in root:1 boot:33 esp:49 home:89; do
    dd if="${part%%:*}.img" of="$disk" bs=1M seek="${part##*:}" conv=notrunc,sparse status=none
done
