# shellcheck shell=bash
# Sourced by bin/demo-images: directory trees that hold an installed Debian, made by mmdebstrap.
# mmdebstrap mounts /proc and the rest for maintainer scripts and unmounts them, and keeps daemons from starting.

# archive LABEL DEFAULT : where apt on this machine gets the archive with that label from (a mirror, mostly), else DEFAULT.
archive() {
    local uri label
    # shellcheck disable=SC2016 # apt-get expands these itself
    while read -r uri label; do
        if [[ $label == "$1" && $uri == http* ]]; then
            printf '%s' "${uri%/}"
            return
        fi
    done < <(apt-get indextargets --format '$(REPO_URI) $(LABEL)' 2>/dev/null | sort -u)
    printf '%s' "$2"
}

# apt_options : this machine's Acquire settings (proxies, clock checks) as --aptopt arguments, one a line, since
# mmdebstrap's apt reads none of the machine's own configuration. clean_tree takes them out of the image again.
apt_options() {
    apt-config dump 2>/dev/null \
        | sed -nE 's/^(Acquire::(https?::(Proxy|Timeout)[^ ]*|Check-Valid-Until|Check-Date|Retries) ".+");$/--aptopt=\1/p'
    printf '%s\n' '--aptopt=Acquire::Languages "none"'
}

# Debian's keys, which are not among the machine's own on Ubuntu.
readonly KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# bootstrap SUITE PACKAGES TREE : a fresh Debian of that suite, as released (no security updates), with PACKAGES.
bootstrap() {
    local suite=$1 packages=$2 tree=$3 options
    mapfile -t options < <(apt_options)
    mmdebstrap --mode=root --keyring="$KEYRING" --variant=important --include="$packages" "${options[@]}" --dpkgopt=force-unsafe-io \
        --format=directory --skip=cleanup/reproducible "$suite" "$tree.part" "deb $DEBIAN $suite main"
    settle "$suite" "$tree.part"
    mv -T "$tree.part" "$tree"
}

# grow PARENT TREE SOURCES PACKAGES [HOOK...] : TREE becomes a copy of PARENT in which PACKAGES (may be empty) were
# installed from SOURCES and the shell lines HOOK were run ("$1" is the tree). TREE.start is as old as the untouched copy:
# whatever has a later change time was touched by the installation.
grow() {
    local parent=$1 tree=$2 sources=$3 packages=$4 options hooks=() suite
    shift 4
    suite=$(sed -n 's/^VERSION_CODENAME=//p' "$parent/etc/os-release")
    mapfile -t options < <(apt_options)
    while (($#)); do
        hooks+=("--customize-hook=$1")
        shift
    done
    # The copy comes first: mmdebstrap then finds an installed system where it would have unpacked one. SOURCES stay; the
    # parent's own list, which came with the copy, would be asked otherwise.
    mmdebstrap --mode=root --keyring="$KEYRING" --variant=custom ${packages:+"--include=$packages"} "${options[@]}" --dpkgopt=force-unsafe-io \
        --format=directory --skip=cleanup/reproducible \
        --setup-hook="cp '$tree.part/etc/apt/sources.list' '$tree.sources' && cp -a '$parent/.' '$tree.part' && touch '$tree.start'" \
        --setup-hook="cp '$tree.sources' '$tree.part/etc/apt/sources.list'" "${hooks[@]}" \
        "$suite" "$tree.part" "$sources"
    settle "$suite" "$tree.part"
    mv -T "$tree.part" "$tree"
}

# settle SUITE TREE : what every image wants and no package writes; and nothing of the machine that built it.
settle() {
    local suite=$1 tree=$2
    rm -f "$tree"/etc/apt/apt.conf.d/99mmdebstrap "$tree"/etc/dpkg/dpkg.cfg.d/99mmdebstrap
    printf 'deb %s %s main\ndeb %s %s-security main\n' \
        http://deb.debian.org/debian "$suite" http://deb.debian.org/debian-security "$suite" >"$tree/etc/apt/sources.list"
    printf 'nameserver 127.0.0.53\n' >"$tree/etc/resolv.conf"
    # A machine has a name and an identity of its own; an image, from which many are made, has neither.
    printf 'localhost\n' >"$tree/etc/hostname"
    : >"$tree/etc/machine-id"
}
