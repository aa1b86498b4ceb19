#!/bin/sh
# Makes a disk whose partitions are media: ISO 9660 with Rock Ridge (1), with both (2), with Joliet alone (3), squashfs (4), and without attributes (5); and a
# live medium of its own. Usage: make-media.sh TREE WORK. Leaves WORK/disk, WORK/live.iso, WORK/rock (what went into 1), WORK/plain (into 2, 3, 5), WORK/linux (into 4).
set -eu
tree=$1 work=$2
cd "$work"

mkdir linux plain
tar --format=pax --xattrs --xattrs-include='*' --exclude=./kinds/socket --exclude=./kinds/wide \
    --exclude='./attributes/acl*' -C "$tree" -cf - . | tar --xattrs --xattrs-include='*' -C linux -xf -
mkdir -p plain/dir/inner
echo short > plain/short.txt
echo 'grüße' > 'plain/dir/Grüße with a long name.text'
head -c 300000 /dev/urandom > plain/dir/inner/random.bin
: > plain/empty

# squashfs has no times before 1970. Rock Ridge has none before 1900 and moves what lies more than eight deep, genisoimage cuts
# names of 255 bytes, and Linux reads no link in it whose target is very long.
rm linux/times/before-epoch linux/times/earliest
cp -a linux rock
rm -rf rock/times rock/deep rock/links/1000 rock/names/nnnnn*
genisoimage -quiet -R -V MEDIUM -o rock.iso rock 2> /dev/null
genisoimage -quiet -R -J -joliet-long -input-charset utf-8 -V BOTH -o both.iso plain 2> /dev/null
genisoimage -quiet -J -joliet-long -input-charset utf-8 -V JOLIET -o joliet.iso plain 2> /dev/null
mksquashfs linux packed.squashfs -quiet -no-progress
# For want of a table of attributes Linux refuses to list any, where a file merely has none in the other.
mksquashfs plain bare.squashfs -quiet -no-progress -no-xattrs

truncate -s 150M disk
sfdisk -q disk << TABLE
label: gpt
start=1MiB, size=48MiB
start=49MiB, size=16MiB
start=65MiB, size=16MiB
start=81MiB, size=48MiB
start=129MiB, size=16MiB
TABLE
for part in rock.iso:1 both.iso:49 joliet.iso:65 packed.squashfs:81 bare.squashfs:129; do
    dd if="${part%%:*}" of=disk bs=1M seek="${part##*:}" conv=notrunc,sparse status=none
done

mkdir -p medium/live system/etc
printf 'ID=debian\nVERSION_ID=12\n' > system/etc/os-release
mksquashfs system medium/live/filesystem.squashfs -quiet -no-progress
echo kernel > medium/live/vmlinuz
xorriso -report_about SORRY -outdev live.iso -volid LIVE -map medium / -commit
