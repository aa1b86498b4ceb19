#!/bin/sh
# Makes a FAT volume of a directory. Usage: make-volume.sh TREE IMAGE KIBIBYTES [MKFS OPTION...]
set -eu
tree=$1 image=$2 size=$3
shift 3
truncate -s "${size}K" "$image"
mkfs.vfat -n 'STEMMA TEST' -i 1234abcd "$@" "$image" > /dev/null
# Names are UTF-8.
export LC_ALL=C.UTF-8 MTOOLS_SKIP_CHECK=1 MTOOLS_LOWER_CASE=0
mcopy -s -p -m -i "$image" "$tree"/* ::/
mattrib +r -i "$image" ::/short/READONLY.TXT
# A file that lies in pieces: others are made around it and removed again.
i=0
while [ $i -lt 12 ]; do
    head -c 20000 /dev/zero | mcopy -i "$image" - "::/filler-$i"
    i=$((i + 1))
done
for i in 1 3 5 7 9; do mdel -i "$image" "::/filler-$i"; done
mcopy -m -i "$image" "$tree/random" ::/pieces
for i in 0 2 4 6 8 10 11; do mdel -i "$image" "::/filler-$i"; done
