#!/bin/sh
# Makes a small tree in which every kind of entry and every awkward size, name, owner and attribute occurs.
# Usage: odd-tree.sh DIRECTORY. As root, or under fakeroot.
set -eu
umask 022
mkdir -p "$1"
cd "$1"

# Sizes around the edges of inline data, blocks of 1 to 64 KiB, and pieces of 1 MiB.
mkdir sizes
for size in 0 1 59 60 61 100 150 159 160 161 1023 1024 1025 4095 4096 4097 65535 65536 65537 1048575 1048576 1048577 3000000; do
    head -c "$size" /dev/urandom > "sizes/$size"
done

# Holes: at the start, in the middle, at the end; and far enough out for triple indirection with blocks of 1 KiB.
mkdir sparse
truncate -s 1000000 sparse/only-hole
printf end | dd of=sparse/hole-first bs=1 seek=777777 status=none
printf start > sparse/hole-last && truncate -s 5000000 sparse/hole-last
for mib in 0 1 20 66; do
    head -c 5000 /dev/urandom | dd of=sparse/far bs=1M seek="$mib" conv=notrunc status=none
done
# Every other 64 KiB is a hole, so that extents cannot join: more of them than fit in the inode or one block.
i=0
while [ "$i" -lt 500 ]; do
    printf 'piece %s' "$i" | dd of=sparse/comb bs=65536 seek=$((i * 2)) conv=notrunc status=none
    i=$((i + 1))
done

# Names: bytes that are no text, controls, the longest, spaces, leading dash, quotes, backslash.
mkdir names
: > "names/$(printf '\377\376latin')"
: > "names/$(printf 'line\nbreak')"
: > "names/$(printf 'tab\tand\033escape')"
: > "names/-rf"
: > "names/ space "
: > 'names/back\slash "quotes"'
: > "names/$(printf '\342\200\256right-to-left')"
: > "names/$(printf 'Sch\303\244fchen')"
: > "names/...dots"
: > "names/$(head -c 255 /dev/zero | tr '\0' n)"

# Kinds, owners and modes.
mkdir kinds
mkfifo -m 0600 kinds/fifo
mknod kinds/char c 5 1
mknod kinds/block b 8 17
mknod kinds/wide b 259 1048575
mknod kinds/null c 1 3
perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un("kinds/socket")) or die'
: > kinds/owned && chown 70000:4000000000 kinds/owned
: > kinds/setuid && chmod 6755 kinds/setuid
mkdir kinds/sticky && chmod 1777 kinds/sticky
: > kinds/nothing && chmod 0 kinds/nothing

# Links: the longest that fits in an inode, the first that does not, long, dangling, absolute, bytes.
mkdir links
for length in 1 59 60 61 200 1000; do
    ln -s "$(head -c "$length" /dev/zero | tr '\0' t)" "links/$length"
done
ln -s ../../../../etc/passwd links/up
ln -s /absolute links/absolute
ln -s "$(printf '\377bytes')" links/bytes
echo one > links/hard-1
ln links/hard-1 links/hard-2
ln links/hard-1 names/hard-3

# A deep and a wide directory.
deep=deep
i=0
while [ "$i" -lt 60 ]; do
    deep="$deep/level-$i"
    i=$((i + 1))
done
mkdir -p "$deep"
echo bottom > "$deep/bottom"
mkdir wide
(cd wide && seq -f 'entry-with-a-rather-long-name-%05g' 1 400 | xargs touch)
mkdir empty

# Extended attributes: in the inode, beyond it, empty, binary, ACLs, capabilities; a block shared by two files.
mkdir attributes
: > attributes/one && setfattr -n user.one -v 1 attributes/one
: > attributes/empty && setfattr -n user.empty attributes/empty
: > attributes/binary && setfattr -n user.binary -v 0x00ff0a0d5c00 attributes/binary
: > attributes/large && setfattr -n user.large -v "$(head -c 700 /dev/zero | tr '\0' v)" attributes/large
: > attributes/capable && setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 attributes/capable
: > attributes/labelled && setfattr -n security.selinux -v system_u:object_r:bin_t:s0 attributes/labelled
: > attributes/trusted && setfattr -n trusted.secret -v s attributes/trusted
: > attributes/acl
setfattr -n system.posix_acl_access \
    -v 0x0200000001000600ffffffff02000600e803000004000400ffffffff10000600ffffffff20000400ffffffff attributes/acl
mkdir attributes/acl-default
setfattr -n system.posix_acl_default \
    -v 0x0200000001000700ffffffff02000700e803000004000500ffffffff10000700ffffffff20000500ffffffff attributes/acl-default
ln -s target attributes/link

# Times: before the epoch, the ends of 32 bits. Directories last, for making entries touches them.
mkdir times
touch -d '1969-12-31 23:59:59 UTC' times/before-epoch
touch -d '1901-12-14 00:00:00 UTC' times/earliest
touch -d '2038-01-19 03:14:07 UTC' times/last-of-32-bits
touch -d '2001-09-09 01:46:40 UTC' times
