#!/bin/sh
# Installs what make-rpms.sh built into a tree, with rpm itself: an upgrade, a removal and a trusted key among them.
# Usage: install-rpms.sh RPMS TREE FORM DIRECTORY-OF-DATABASE
set -eu
# rpm changes its root: without the right to, in a user namespace (fakeroot only pretends).
if [ -n "${FAKEROOTKEY:-}" ] || [ "$(id -u)" != 0 ]; then
    unset LD_PRELOAD FAKEROOTKEY
    exec unshare --map-root-user sh "$0" "$@"
fi
rpms=$1 tree=$2 form=$3 place=$4
RPM() {
    rpm --root "$tree" --dbpath "$place" --define "_db_backend $form" "$@" 2> "$tree/rpm.log" || { cat "$tree/rpm.log" >&2; exit 1; }
}
mkdir -p "$tree/usr/bin" "$tree/usr/lib" "$tree$place"
for d in bin lib; do [ -e "$tree/$d" ] || ln -s "usr/$d" "$tree/$d"; done
RPM --initdb
cd "$rpms"
RPM -U --nodeps --noscripts alpha-1.2~rc1-*.rpm alpha-libs-1.2~rc1-*.rpm
RPM -U --nodeps --noscripts many-*.rpm old-*.rpm
RPM -U --nodeps --noscripts alpha-1.2^git5-*.rpm
RPM -i --nodeps --noscripts --force --replacefiles alpha-libs-1.2^git5-*.rpm
RPM -e --nodeps --noscripts many-part1 many-part3
key=/etc/apt/trusted.gpg.d/debian-archive-bookworm-stable.asc
[ ! -e "$key" ] || RPM --import "$key"
