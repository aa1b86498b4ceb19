#!/bin/sh
# Lets dpkg install packages into a tree, changes what they brought, and asks dpkg what it makes of it.
# Usage: changed-packages.sh DIRECTORY; gives disk.raw and verified there.
set -eu
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
cd "$1"
mkdir -p tree/usr/bin tree/usr/sbin tree/usr/lib tree/etc tree/tmp \
  tree/var/lib/dpkg/info tree/var/lib/dpkg/updates tree/var/lib/dpkg/triggers tree/var/lib/dpkg/parts tree/var/lib/dpkg/alternatives
for d in bin sbin lib; do ln -s usr/$d tree/$d; done
touch tree/var/lib/dpkg/status tree/var/lib/dpkg/available
echo ID=debian > tree/etc/os-release

deb() { # deb NAME FILE…
  name=$1
  shift
  rm -rf build
  mkdir -p build/DEBIAN
  printf 'Package: %s\nVersion: 1\nArchitecture: all\nMaintainer: T <t@example.org>\nDescription: d\n' "$name" > build/DEBIAN/control
  for file; do
    mkdir -p "build/$(dirname "$file")"
    echo "$name $file" > "build/$file"
    case $file in
      etc/*) echo "/$file" >> build/DEBIAN/conffiles ;;
      *) (cd build && md5sum "$file") >> build/DEBIAN/md5sums ;;
    esac
  done
  dpkg-deb --root-owner-group -b build "$name.deb" > /dev/null
}
DPKG() { dpkg --root="$PWD/tree" --force-not-root --force-script-chrootless --log=/dev/null "$@" > /dev/null; }

deb plain usr/share/plain/same usr/share/plain/edited usr/share/plain/removed 'usr/share/plain/with blank' usr/share/plain/longer \
  etc/plain/same.conf etc/plain/edited.conf etc/plain/removed.conf
DPKG -i plain.deb
deb old bin/oldtool lib/old/lib.so
DPKG -i old.deb
deb whole usr/share/whole/a usr/share/whole/b etc/whole.conf
DPKG -i whole.deb
deb unsummed usr/share/unsummed/a
DPKG -i unsummed.deb
rm tree/var/lib/dpkg/info/unsummed.md5sums
deb gone usr/bin/gone etc/gone.conf
DPKG -i gone.deb
DPKG -r gone
deb tool usr/bin/tool
DPKG -i tool.deb
dpkg-divert --root "$PWD/tree" --package diverter --divert /usr/bin/tool.real --rename --add /usr/bin/tool > /dev/null
deb diverter usr/bin/tool
DPKG -i diverter.deb

echo changed > tree/usr/share/plain/edited
rm tree/usr/share/plain/removed
echo changed > 'tree/usr/share/plain/with blank'
dd if=/dev/zero bs=1000 count=300 status=none >> tree/usr/share/plain/longer
echo changed >> tree/etc/plain/edited.conf
rm tree/etc/plain/removed.conf
echo changed > tree/usr/lib/old/lib.so
echo changed > tree/usr/bin/tool.real
echo changed > tree/usr/share/unsummed/a

dpkg --root="$PWD/tree" --verify > verified || true
mke2fs -q -F -t ext4 -d tree disk.raw 64M
