#!/bin/sh
# Makes WORK/{old,older,new}: small XFS file systems, versions 4 and 5, filled by mkfs.xfs from a list. Usage: small-images.sh WORK
set -eu
cd "$1"
# xfsprogs makes what is smaller than 300 MB only for its own tests.
export TEST_DIR=1 TEST_DEV=1 QA_CHECK_FS=1
head -c 30000 /dev/urandom > content
: > empty
{
    printf 'x\n0 0\nd--755 0 0\n'
    printf 'content ---644 1 2 content\nempty ---600 0 0 empty\n'
    printf 'block b--644 3 1 8 17\nchar c--644 3 1 5 1\nfifo p--644 3 1\n'
    printf 'link l--777 0 0 short\nlong l--777 0 0 %0300d\n' 0
    printf 'deep d--755 0 0\ndeeper d--755 0 0\nbottom ---644 0 0 content\n$\n$\n'
    printf 'leaf d--755 0 0\n'
    seq -f 'a-name-of-some-length-%.0f ---644 0 0 empty' 1 60
    printf '$\ntree d--755 0 0\n'
    seq -f 'a-name-of-some-length-%.0f ---644 0 0 empty' 1 700
    printf '$\n$\n'
} > list
for name in old older new; do
    truncate -s 16M "$name"
done
mkfs.xfs -q -f -p list -m crc=0 -b size=2048 -n ftype=0 -d agcount=1 old
mkfs.xfs -q -f -p list -m crc=0 -b size=512 -n ftype=1 -i size=256 -d agcount=1 older
mkfs.xfs -q -f -p list -b size=1024 -n size=4096 -i size=512 -d agcount=1 new
