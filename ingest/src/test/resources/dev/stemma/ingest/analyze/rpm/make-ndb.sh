#!/bin/sh
# How ndb.db.gz, ndb-packages.txt and ndb-files.txt were made: by rpm 4.20.1 of Debian 13, in a root of its own, because Debian 12's rpm is built
# without ndb. Usage: make-ndb.sh WORK; as root. Needs mmdebstrap and rpm.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$1
mkdir -p "$work"
[ -e "$work/root" ] || mmdebstrap --variant=essential --include=rpm trixie "$work/root"
mkdir -p "$work/root/w" "$work/root/etc/apt/trusted.gpg.d"
cp /etc/apt/trusted.gpg.d/debian-archive-bookworm-stable.asc "$work/root/etc/apt/trusted.gpg.d"
sh "$here/make-rpms.sh" "$work/root/w" 100 300
cp "$here"/install-rpms.sh "$here"/query.sh "$work/root/w"
chroot "$work/root" sh /w/install-rpms.sh /w/rpms /w/tree ndb /usr/lib/sysimage/rpm
for what in packages files; do
    chroot "$work/root" sh /w/query.sh $what ndb --root /w/tree --dbpath /usr/lib/sysimage/rpm > "$here/ndb-$what.txt"
done
gzip -9nc "$work/root/w/tree/usr/lib/sysimage/rpm/Packages.db" > "$here/ndb.db.gz"
