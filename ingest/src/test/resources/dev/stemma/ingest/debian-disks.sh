#!/bin/sh
# Builds disks that hold a real Debian, from packages, without mounting anything. Usage: debian-disks.sh DIRECTORY
# base.raw     GPT, BIOS boot partition, ext4 with an essential Debian and files that are hard to read
# overlay.qcow2  stands on base.raw and changes nothing
# copy.raw     the same bytes as base.raw
# changed.raw  the same tree with 1 % of its files changed, added or removed
# What is finished is kept; delete the directory to build it again.
set -eu
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
dir=$1
script=$(realpath "$(dirname "$0")")
mkdir -p "$dir"
cd "$dir"
# Tests run side by side: whoever comes second finds all of it made.
exec 9> lock
flock 9

disk() { # TREE DISK UUID
  rm -f "$2.part"
  truncate -s 400M "$2.part"
  printf 'label: gpt\nstart=1MiB, size=1MiB, type=21686148-6449-6E6F-744E-656564454649\nstart=2MiB, size=396MiB, type=linux\n' |
    sfdisk --quiet "$2.part"
  E2FSPROGS_FAKE_TIME=1750000000 mke2fs -q -t ext4 -U "$3" -E "offset=2097152,hash_seed=$3" -L root -d "$1" "$2.part" 396M
  mv "$2.part" "$2"
}

if [ ! -e tree.done ]; then
  rm -rf tree
  mmdebstrap --quiet --mode=root --variant=essential bookworm tree 9>&-
  traps=tree/srv/traps
  mkdir -p $traps/deep/er/and/deeper $traps/many
  printf 'one content, three names\n' > $traps/a
  ln $traps/a $traps/b
  ln $traps/a $traps/deep/er/c
  : > $traps/empty
  truncate -s 100M $traps/sparse
  printf 'end' >> $traps/sparse
  printf 'x' | dd of=$traps/sparse bs=1 seek=50000000 conv=notrunc status=none
  mkfifo $traps/pipe
  mknod $traps/disk b 8 17
  mknod $traps/null c 1 3
  perl -e 'use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un($ARGV[0])) or die' $traps/socket
  ln -s ../../etc/passwd $traps/link
  ln -s /nowhere/at/all $traps/dangling
  ln -s loop $traps/loop
  perl -e 'for my $n ("white space", "new\nline", "\xff\xfe", "\xc3\xa4", "back\\slash", "tab\t#=*") { open(F, ">", "$ARGV[0]/$n"); print F $n }' $traps
  chmod 4755 $traps/a
  chmod 1777 $traps/deep
  chown 4242:2424 $traps/empty
  setfattr -n user.origin -v 'somewhere else' $traps/a
  setfattr -n user.empty $traps/deep
  i=0; while [ $i -lt 3000 ]; do echo "content $i" > "$traps/many/file-$i"; i=$((i + 1)); done
  touch tree.done
fi
[ -e list.find ] || sh "$script/filesystem/ext/list-tree.sh" tree list
[ -e base.raw ] || disk tree base.raw 0d9a6bd8-62a7-4b0c-a2c6-6c9d2e9f5a11
[ -e copy.raw ] || { cp --sparse=always base.raw copy.part; mv copy.part copy.raw; }
[ -e overlay.qcow2 ] || qemu-img create -q -f qcow2 -b base.raw -F raw overlay.qcow2
if [ ! -e changed.raw ]; then
  rm -rf changed
  cp -a tree changed
  find changed/usr/share -type f -links 1 | sort | head -n 60 | while read -r file; do printf '\nchanged\n' >> "$file"; done
  find changed/usr/share/zoneinfo changed/usr/share/doc -type f | sort | tail -n 20 | xargs -r rm -f
  mkdir changed/opt/added
  for i in 1 2 3 4 5 6 7 8 9 10; do echo "added $i" > changed/opt/added/$i; done
  echo changed > changed/srv/traps/many/file-1500
  disk changed changed.raw 0d9a6bd8-62a7-4b0c-a2c6-6c9d2e9f5a12
fi
[ -e packages ] || dpkg-query --admindir="$PWD/tree/var/lib/dpkg" -W \
  -f='${Package}\t${Version}\t${Architecture}\t${db:Status-Status}\n' > packages
