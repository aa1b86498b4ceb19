#!/bin/sh
# Puts restart pages of a mounted volume into an NTFS' journal, as Windows has them while it runs; with "closed", as it leaves them.
# Usage: open-ntfs-log.sh IMAGE open|closed. Where the journal lies, ntfscluster says.
set -eu
at=$(ntfscluster -I 2 "$1" 2> /dev/null | awk '/non-resident/ { run = 1 } run && $2 ~ /^[0-9]+$/ { print $2; exit }')
perl -e '
    my ($file, $cluster, $state) = @ARGV;
    my $size = 2 << 20;
    # RESTART_AREA: sequence, clients, free list, list in use, flags, bits of a sequence number (67 less those of the size), lengths.
    my $area = pack("Q< v v v v V v v q< V v v V V", 1000, 1, 0xffff, $state eq "open" ? 0 : 0xffff, $state eq "open" ? 0 : 2,
        67 - 22, 64 + 160, 64, $size, 0, 48, 64, 1, 0);
    $area .= "\0" x (64 - length $area);
    # LOG_CLIENT_RECORD
    $area .= pack("Q< Q< v v v x6 V", 500, 600, 0xffff, 0xffff, 0, 8) . "N\0T\0F\0S\0";
    my $page = pack("a4 v v Q< V V v v v", "RSTR", 30, 9, 0, 4096, 4096, 48, 1, 1) . pack("v", 1) . "\0" x 16 . $area;
    $page .= "\0" x (4096 - length $page);
    substr($page, $_ * 512 - 2, 2) = pack("v", 1) for 1 .. 8;
    open my $out, "+<", $file or die $!;
    seek $out, $cluster * 4096, 0;
    print $out $page, $page;
' "$1" "$at" "$2"
