#!/bin/sh
# Makes WORK/dirty, whose journal holds three transactions and a part of a fourth, and WORK/repaired, what e2fsck makes of it.
# What debugfs changes in a copy becomes a transaction in the journal of the original: not replayed, it is not there.
# Usage: dirty-journal.sh WORK SIZE JOURNAL-OPEN-OPTIONS MKE2FS-OPTION...
set -eu
cd "$1"
size=$2 journal=$3
shift 3
mkdir -p plain/dir/inner
head -c 100000 /dev/urandom > plain/random
head -c 9000 /dev/zero | tr '\0' o > plain/revoked
head -c 9000 /dev/zero | tr '\0' o > plain/rewritten
head -c 20000 /dev/zero | tr '\0' o > plain/dir/inner/file
rm -f dirty && truncate -s "$size" dirty
mke2fs -q -F -d plain "$@" dirty
size=$(dumpe2fs -h dirty 2> /dev/null | sed -n 's/^Block size: *//p')
revoked=$(debugfs -R 'bmap revoked 0' dirty 2> /dev/null)
rewritten=$(debugfs -R 'bmap rewritten 0' dirty 2> /dev/null)

# diff A B NAME: the numbers of the blocks in which they differ, and those blocks of B.
differ() {
    cmp -l "$1" "$2" | awk -v size="$size" '{ print int(($1 - 1) / size) }' | uniq > "$3.blocks"
    while read -r block; do
        dd if="$2" bs="$size" skip="$block" count=1 status=none
    done < "$3.blocks" > "$3"
}

# A block that starts with the journal's magic number has to be escaped in the journal.
head -c 50000 /dev/urandom > added
cp dirty one
{
    printf 'write added added\nmkdir new\ncd new\nwrite added again\nsymlink link %0100d\nmknod pipe p\ncd /\n' 0
    printf 'rm random\nea_set dir user.name value\nsif dir mode 040700\n'
} > changes
debugfs -w -f changes one > /dev/null 2>&1
printf '\300\073\071\230magic' | dd of=one bs="$size" seek="$rewritten" conv=notrunc status=none
# debugfs sums up a transaction that only revokes wrongly by the first kind of checksum; without one, nothing is to be seen.
[ "$journal" = -c ] || printf 'must not be seen' | dd of=one bs="$size" seek="$revoked" conv=notrunc status=none
differ dirty one first

cp one two
printf 'rm new/again\nwrite added dir/second\nrmdir new/none\nsif dir/inner/file size 19900\n' > changes
debugfs -w -f changes two > /dev/null 2>&1
differ one two second

head -c "$size" /dev/zero > fourth
{
    echo "jo $journal"
    echo "jw -b $(paste -sd, first.blocks) first"
    echo "jw -b $(paste -sd, second.blocks) second"
    [ "$journal" = -c ] || echo "jw -r $revoked"
    echo "jw -b $rewritten -c fourth"
    echo jc
} > commands
debugfs -w -f commands dirty > output 2>&1
if grep -v '^debugfs\|^Setting csum' output | grep -q .; then
    cat output
    exit 1
fi

cp dirty repaired
e2fsck -fy repaired > e2fsck.out 2>&1 || [ $? -eq 1 ]
grep -q 'recovering journal' e2fsck.out
! grep -i corrupt e2fsck.out
