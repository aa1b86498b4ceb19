#!/bin/sh
# Writes the headers of an rpm database into a Berkeley DB hash, with rpm's own export and Berkeley DB's own loader, because no rpm that
# Debian has writes that form any more. Usage: berkeley.sh DIRECTORY-OF-DATABASE TARGET ORDER PAGE-BYTES, where ORDER is 1234 (little-endian) or 4321.
# Needs rpmdb (Debian package rpm), db5.3_load (db5.3-util) and perl.
set -eu
place=$1 target=$2 order=$3 page=$4
rpmdb --dbpath "$place" --exportdb | perl -e '
    use strict;
    my ($order, $page) = @ARGV;
    my $number = $order == 1234 ? "V" : "N";
    print "VERSION=3\nformat=bytevalue\ntype=hash\ndb_pagesize=$page\ndb_lorder=$order\nHEADER=END\n";
    binmode STDIN;
    local $/;
    my $all = <STDIN>;
    my ($at, $count) = (0, 0);
    my $put = sub { print " ", unpack("H*", $_), "\n" for @_ };
    while ($at < length $all) {
        die "no header\n" if unpack("N", substr($all, $at, 4)) != 0x8eade801;
        my ($tags, $bytes) = unpack("NN", substr($all, $at + 8, 8));
        my $length = 8 + 16 * $tags + $bytes;
        $put->(pack($number, ++$count), substr($all, $at + 8, $length));
        $at += 8 + $length;
    }
    $put->(pack($number, 0), pack($number, $count + 1));
    print "DATA=END\n";
' "$order" "$page" | db5.3_load -c "db_lorder=$order" "$target"
