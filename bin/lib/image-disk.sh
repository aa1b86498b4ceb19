# shellcheck shell=bash
# Sourced by bin/demo-images: disk files around a tree. Nothing is mounted; every file system ends clean and checked.

readonly MIB=1048576
# Where the root file system begins, in all layouts: after a BIOS boot partition of 1 MiB, or where that would be.
readonly ROOT_OFFSET=$((2 * MIB))

# check_root DISK : ends the build unless e2fsck finds nothing at all to mend in the root file system.
check_root() {
    e2fsck -fn "$1?offset=$ROOT_OFFSET" >/dev/null 2>"$1.fsck" || {
        e2fsck -fn "$1?offset=$ROOT_OFFSET" >&2 || true
        fail 1 "the file system in $1 is not clean"
    }
    rm -f "$1.fsck"
}

# whole_disk TREE DISK SIZE_MIB LABEL(gpt|dos) UUID : a raw disk with a partition table and one ext4 that holds TREE.
whole_disk() {
    local tree=$1 disk=$2 size=$3 label=$4 uuid=$5 root
    rm -f "$disk"
    truncate -s "${size}M" "$disk"
    # The last MiB stays free: GPT keeps its second table there.
    root=$((size - 3))
    if [[ $label == gpt ]]; then
        # The boot partition's type is GRUB's on BIOS machines; it has no file system.
        printf 'label: gpt\nstart=1MiB, size=1MiB, type=21686148-6449-6E6F-744E-656564454649, name="bios"\nstart=2MiB, size=%dMiB, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name="root"\n' "$root"
    else
        printf 'label: dos\nstart=2MiB, size=%dMiB, type=83, bootable\n' "$root"
    fi | sfdisk --quiet "$disk"
    mke2fs -q -t ext4 -L root -U "$uuid" -m 1 -d "$tree" -E "offset=$ROOT_OFFSET" "$disk" "${root}M"
    check_root "$disk"
}

# changed_disk PARENT_DISK PARENT_TREE TREE DISK : a copy of the parent's disk that holds TREE.
changed_disk() {
    cp --sparse=always "$1" "$4"
    ext4_delta "$2" "$3" "$3.start" "$4" "$ROOT_OFFSET"
    check_root "$4"
}

# overlay DISK PARENT IMAGE : IMAGE becomes a qcow2 overlay on PARENT (a qcow2 in the same directory, named relatively)
# that stores only where DISK differs from it. Made on DISK first, so that rebase can compare the two.
overlay() {
    local disk=$1 parent=$2 image=$3 directory
    directory=$(dirname -- "$image")
    qemu-img create -q -f qcow2 -b "$(realpath -- "$disk")" -F raw "$image.part"
    (cd "$directory" && qemu-img rebase -q -f qcow2 -F qcow2 -b "$parent" "$(basename -- "$image").part")
    qemu-img compare -q -f raw -F qcow2 "$disk" "$image.part"
    qemu-img check -q -f qcow2 "$image.part" >/dev/null
    mv "$image.part" "$image"
}

# flat DISK FORMAT IMAGE : IMAGE holds all of DISK by itself.
flat() {
    if [[ $2 == raw ]]; then cp --sparse=always "$1" "$3.part"; else qemu-img convert -f raw -O "$2" "$1" "$3.part"; fi
    mv "$3.part" "$3"
}

# oracle TREE PREFIX : what the tools say is in TREE, for tests to compare with:
#   PREFIX.packages.tsv  package, architecture, version, dpkg status (dpkg-query)
#   PREFIX.files.tsv     path, type, mode, uid, gid, size (files only), modification time, links, link target (find)
#   PREFIX.sha256        SHA-256 of every regular file (sha256sum)
oracle() {
    local tree=$1 prefix=$2
    dpkg-query --admindir="$tree/var/lib/dpkg" -W -f '${Package}\t${Architecture}\t${Version}\t${Status}\n' \
        | LC_ALL=C sort >"$prefix.packages.tsv"
    find "$tree" -mindepth 1 \( -type f -printf '/%P\t%y\t%m\t%U\t%G\t%s\t%Ts\t%n\t%l\n' -o -printf '/%P\t%y\t%m\t%U\t%G\t\t%Ts\t%n\t%l\n' \) \
        | LC_ALL=C sort >"$prefix.files.tsv"
    (cd "$tree" && find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum) >"$prefix.sha256"
}
