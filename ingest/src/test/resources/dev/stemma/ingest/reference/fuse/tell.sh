#!/bin/sh
# tell.sh: what common tools say of all that lies below the working directory, the contents of files first.
set -eu
export LC_ALL=C TZ=UTC
find . -path ./lost+found -prune -o -type f -print0 | sort -z | xargs -0 sha256sum -z
find . -mindepth 1 -path ./lost+found -prune -o -type d -printf '%P %y %m %U %G %T@\0' \
    -o -printf '%P %y %m %U %G %n %T@ %s [%l]\0' | sort -z
find . -type b -print0 -o -type c -print0 | sort -z | xargs -0 stat -c '%n %t:%T'
getfattr -d -e hex -m '^user' one several just-less
find usr -printf '%i %P\n' | sort -k 2 | awk '{ if (!($1 in seen)) seen[$1] = ++count; print seen[$1], $2 }'
