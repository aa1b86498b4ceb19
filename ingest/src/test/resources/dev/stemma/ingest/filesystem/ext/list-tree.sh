#!/bin/sh
# Writes what GNU find, getfattr and sha256sum say of a tree. Usage: list-tree.sh DIRECTORY OUT
# OUT.find: NUL-separated fields path, kind, size, mode, uid, gid, target, mtime in whole seconds, links, inode.
set -eu
out=$(realpath "$2")
cd "$1"
find . -printf '%P\0%y\0%s\0%m\0%U\0%G\0%l\0%Ts\0%n\0%i\0' > "$out.find"
find . -type f -print0 | xargs -0 sha256sum -z > "$out.sha256"
find . \( -type b -o -type c \) -exec stat --printf '%n\0%t\0%T\0' {} + > "$out.devices"
find . -print0 | xargs -0 getfattr -h -d -m - -e hex > "$out.xattrs" 2> /dev/null || [ -s "$out.xattrs" ]
