#!/bin/sh
# Installs two packages in one transaction, of which the second copies the database (see make-rpms.sh). Usage: crash.sh RPMS TREE DIRECTORY-OF-DATABASE
set -eu
# rpm changes its root: without the right to, in a user namespace (fakeroot only pretends).
if [ -n "${FAKEROOTKEY:-}" ] || [ "$(id -u)" != 0 ]; then
    unset LD_PRELOAD FAKEROOTKEY
    exec unshare --map-root-user sh "$0" "$@"
fi
cd "$1"
exec rpm --root "$2" --dbpath "$3" -U --nodeps late-1-1.noarch.rpm copier-1-1.noarch.rpm
