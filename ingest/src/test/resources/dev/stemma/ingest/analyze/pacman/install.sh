#!/bin/sh
# Builds packages as makepkg does (.PKGINFO and .MTREE beside the files) and has pacman install them into a tree, an upgrade and a removal
# among them; then prints what pacman says. Usage: install.sh WORK TREE. Needs pacman (pacman-package-manager) and bsdtar (libarchive-tools).
set -eu
# pacman changes its root: without the right to, in a user namespace (fakeroot only pretends).
if [ -n "${FAKEROOTKEY:-}" ] || [ "$(id -u)" != 0 ]; then
    unset LD_PRELOAD FAKEROOTKEY
    exec unshare --map-root-user sh "$0" "$@"
fi
work=$1 tree=$2
mkdir -p "$work/cache" "$tree/var/lib/pacman" "$tree/usr/bin" "$tree/usr/lib"
[ -e "$tree/bin" ] || ln -s usr/bin "$tree/bin"
package() { # package NAME VERSION ARCHITECTURE BASE FILE…
    name=$1 version=$2 architecture=$3 base=$4
    shift 4
    rm -rf "$work/build"
    mkdir -p "$work/build"
    cd "$work/build"
    printf 'pkgname = %s\npkgbase = %s\npkgver = %s\npkgdesc = d\nurl = u\nbuilddate = 1\npackager = p\nsize = 1\narch = %s\n' \
        "$name" "$base" "$version" "$architecture" > .PKGINFO
    for file; do
        mkdir -p "$(dirname "$file")"
        echo "$name $version $file" > "$file"
        case $file in etc/*) echo "backup = $file" >> .PKGINFO ;; esac
    done
    ln -s a-target "link-of-$name"
    LC_ALL=C.UTF-8 bsdtar -czf .MTREE --format=mtree \
        --options='!all,use-set,type,uid,gid,mode,time,size,md5,sha256,link' .PKGINFO *
    LC_ALL=C.UTF-8 bsdtar -czf "$work/$name-$version.pkg.tar.gz" .PKGINFO .MTREE *
}
pac() {
    LC_ALL=C.UTF-8 pacman --config /dev/null --root "$tree" --dbpath "$tree/var/lib/pacman" --cachedir "$work/cache" \
        --logfile "$work/log" --gpgdir "$work" --arch x86_64 --noconfirm "$@"
}
package plain 1.0-1 x86_64 plain usr/bin/plain 'usr/share/plain/with blank' usr/share/plain/umläut etc/plain.conf
pac -U "$work/plain-1.0-1.pkg.tar.gz" > "$work/out" 2>&1
package plain '1:0.9-2.1' x86_64 plain usr/bin/plain 'usr/share/plain/with blank' usr/share/plain/umläut etc/plain.conf
package part 2.r10.gabc-3 any whole usr/bin/part
package gone 1-1 any gone usr/bin/gone
pac -U "$work/plain-1:0.9-2.1.pkg.tar.gz" "$work/part-2.r10.gabc-3.pkg.tar.gz" "$work/gone-1-1.pkg.tar.gz" > "$work/out" 2>&1
pac -R gone > "$work/out" 2>&1
pac -Q
pac -Ql
