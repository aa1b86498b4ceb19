#!/bin/sh
# make-image.sh DIRECTORY: a tree with all that a file system can hold, an ext4 of it (image.raw), and what find, sha256sum,
# stat and getfattr say of the tree (truth). As root or under fakeroot.
set -eu
cd "$1"
mkdir tree
cd tree
mkdir -p etc usr/bin deep many 'with space'
: >empty
printf x >one
head -c 4095 /dev/zero | tr '\0' a >just-less
head -c 5000000 /dev/urandom >several
truncate -s 300M sparse
printf end | dd of=sparse bs=1 seek=200000000 conv=notrunc status=none
printf program >usr/bin/program
chmod 4755 usr/bin/program
ln usr/bin/program usr/bin/same
ln -s usr/bin bin
ln -s /etc/passwd etc/absolute
ln -s nowhere/at/all etc/dangling
ln -s "$(printf '%0500d' 7)" long-link
mkfifo pipe
mknod character c 1 3
mknod block b 259 70000
chmod 1777 many
printf 'odd' >"$(printf 'line\nbreak')"
printf 'odd' >'back\slash'
printf 'odd' >"$(printf 'not-utf8-\377\376')"
printf 'odd' >"$(printf '%0255d' 1)"
printf 'odd' >'-rf'
i=0
while [ $i -lt 3000 ]; do
    : >"many/file-$i"
    i=$((i + 1))
done
at=deep
i=0
while [ $i -lt 60 ]; do
    at=$at/d
    i=$((i + 1))
done
mkdir -p "$at"
printf deep >"$at/file"
chown 1000:1001 one
chown 4294900000:70000 empty
chmod 0 empty
setfattr -n user.comment -v 'a comment' one
setfattr -n user.bytes -v 0x00ff10 several
find . -exec touch -h -d '2021-03-04 05:06:07 UTC' {} +
cd ..
mke2fs -q -F -t ext4 -d tree image.raw 64M
cd tree
sh "$2" >../truth
