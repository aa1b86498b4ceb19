# shellcheck shell=bash
# Sourced by bin/stemma and bin/verify: the Debian packages that each needs, with the reason. The README lists them too.

# What Stemma runs with: disk formats (qemu), its own appliance for odd file systems (libguestfs), packed manifests.
runtime_packages() {
    printf '%s\n' maven qemu-utils libguestfs-java supermin zstd
    # libguestfs boots a kernel of the machine's; where there is one, no other is wanted.
    compgen -G '/boot/vmlinu?-*' >/dev/null || kernel_package
}

kernel_package() {
    if grep -q '^ID=ubuntu' /etc/os-release; then
        printf 'linux-image-virtual\n'
    else
        printf 'linux-image-cloud-%s\n' "$(dpkg --print-architecture)"
    fi
}

# What the demo's disk images are made with.
image_packages() {
    printf '%s\n' mmdebstrap debian-archive-keyring qemu-utils e2fsprogs fdisk attr zstd
    ((EUID == 0)) || printf 'uidmap\n'
}

# What the tests compare with, and make file systems and volumes with.
test_packages() {
    printf '%s\n' attr fakeroot fuse3 fdisk gdisk libarchive-tools libguestfs-tools libguestfs-xfs xfsprogs btrfs-progs dosfstools mtools \
        lvm2 mdadm cryptsetup-bin ntfs-3g libwin-hivex-perl squashfs-tools xorriso genisoimage sleuthkit perl-base util-linux jq curl openssl openssh-client systemd git shellcheck \
        binutils minica python3-packaging python3-pip python3-setuptools python3-wheel ruby \
        rpm db5.3-util pacman-package-manager makepkg patch file
    # npm comes with Node where that is not Debian's, and Debian's package cannot stand beside it.
    command -v npm >/dev/null || printf 'npm\n'
}
