#!/bin/sh
# Makes a file system from a tree. Usage: make-image.sh TREE IMAGE SIZE MKE2FS-OPTION...
set -eu
tree=$1 image=$2 size=$3
shift 3
rm -f "$image"
truncate -s "$size" "$image"
mke2fs -q -F -d "$tree" "$@" "$image"
