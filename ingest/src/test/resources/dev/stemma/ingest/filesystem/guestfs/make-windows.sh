#!/bin/sh
# Makes the disk of a Windows: NTFS with hives that hivexregedit writes, and a second NTFS that is marked as in need of a check.
# Usage: make-windows.sh WORK. Leaves WORK/disk, WORK/tree (what went in) and the hives' own words in WORK/software.reg, WORK/system.reg.
set -eu
work=$1
cd "$work"
config=tree/Windows/System32/config
mkdir -p "$config" tree/Windows/SysWOW64 "tree/Program Files/7-Zip" tree/Users/Ann

# An empty hive: base block, one bin with a root key and its security descriptor, the rest free. hivexregedit needs one to begin with.
empty_hive() {
    perl -e '
        my $nk = pack("l< a2 v Q< V l< V V l< l< V l< l< l< V5 v v a4",
            -88, "nk", 0x2c, 0, 0, -1, 0, 0, -1, -1, 0, -1, 0x20 + 88, -1, 0, 0, 0, 0, 0, 4, 0, "root");
        $nk .= "\0" x (88 - length $nk);
        my $security = pack("C C v V4", 1, 0, 0x8000, 0, 0, 0, 0);
        my $sk = pack("l< a2 v V V V V", -48, "sk", 0, 0x20 + 88, 0x20 + 88, 1, length $security) . $security;
        $sk .= "\0" x (48 - length $sk);
        my $bin = pack("a4 V V V2 Q< V", "hbin", 0, 4096, 0, 0, 0, 0) . $nk . $sk;
        $bin .= pack("l<", 4096 - length $bin);
        $bin .= "\0" x (4096 - length $bin);
        my $base = pack("a4 V V Q< V V V V V V V", "regf", 1, 1, 0, 1, 3, 0, 1, 0x20, 4096, 1);
        $base .= "\0" x (508 - length $base);
        my $sum = 0;
        $sum ^= $_ for unpack("V127", $base);
        print $base . pack("V", $sum) . "\0" x (4096 - 512) . $bin;
    '
}

# hivexregedit reads no text but ASCII: other names go in as the bytes that Windows keeps.
text() {
    printf '%s\0' "$1" | iconv -f UTF-8 -t UTF-16LE | od -An -v -tx1 | tr -d '\n' | sed 's/^ //; s/ /,/g'
}
cat > software.reg << REG
Windows Registry Editor Version 5.00

[\Microsoft\Windows NT\CurrentVersion]
"ProductName"="Windows 10 Pro"
"DisplayVersion"="23H2"
"CurrentVersion"="6.3"
"CurrentMajorVersionNumber"=dword:0000000a
"CurrentMinorVersionNumber"=dword:00000000
"CurrentBuildNumber"="22631"
"UBR"=dword:00000b9e
"InstallationType"="Client"
"EditionID"="Professional"

[\Microsoft\Cryptography]
"MachineGuid"="0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"

[\Microsoft\Windows\CurrentVersion\Uninstall\7-Zip]
"DisplayName"="7-Zip 23.01 (x64)"
"DisplayVersion"="23.01"
"Publisher"="Igor Pavlov"

[\Microsoft\Windows\CurrentVersion\Uninstall\{0B0FCC0B-2A0D-4DF1-8C5A-9B5E9A2B1C3D}]
"DisplayName"=hex(1):$(text "Größe & Maß ☃")
"DisplayVersion"="1.2.3"

[\Microsoft\Windows\CurrentVersion\Uninstall\Component]
"DisplayName"="A part that is not shown"
"SystemComponent"=dword:00000001

[\Microsoft\Windows\CurrentVersion\Uninstall\Nameless]
"DisplayVersion"="9"

[\Microsoft\Windows\CurrentVersion\Uninstall\Versionless]
"DisplayName"="No version"

[\Wow6432Node\Microsoft\Windows\CurrentVersion\Uninstall\7-Zip]
"DisplayName"="7-Zip 23.01"
"DisplayVersion"="23.01"
REG
cat > system.reg << 'REG'
Windows Registry Editor Version 5.00

[\Select]
"Current"=dword:00000002
"Default"=dword:00000001

[\ControlSet001\Services\Tcpip\Parameters]
"Hostname"="before"

[\ControlSet002\Services\Tcpip\Parameters]
"Hostname"="WIN-LAB7"
REG
empty_hive > "$config/SOFTWARE"
empty_hive > "$config/SYSTEM"
# It makes no key whose parent is not there: parents go in front.
merge() { # HIVE FILE
    perl -ne '
        if (/^\[(.*)\]$/) {
            my $path = "";
            for my $name (grep { length } split /\\/, $1) {
                $path .= "\\$name";
                print "[$path]\n\n" unless $made{lc $path}++ || $path eq $1;
            }
        }
        print' "$2" > "$2.whole"
    hivexregedit --merge "$1" "$2.whole"
}
merge "$config/SOFTWARE" software.reg
merge "$config/SYSTEM" system.reg

# A program's header and no more: PE32+ for x86-64.
perl -e 'print "MZ", "\0" x 58, pack("V", 128), "\0" x 64, "PE\0\0", pack("v", 0x8664), "\0" x 200' \
    > tree/Windows/System32/ntdll.dll
echo archiver > "tree/Program Files/7-Zip/7z.exe"
echo 'grüße' > 'tree/Users/Ann/Grüße ☃.txt'
: > tree/Users/Ann/empty
head -c 700000 /dev/urandom > tree/Users/Ann/random
tar -C tree -cf tree.tar .

truncate -s 200M disk
sfdisk -q disk << TABLE
label: gpt
size=128MiB, type=ebd0a0a2-b9e5-4433-87c0-68b6b72699c7
size=32MiB, type=ebd0a0a2-b9e5-4433-87c0-68b6b72699c7
TABLE
truncate -s 128M system
mkfs.ntfs -q -F -L Windows system
truncate -s 32M dirty
mkfs.ntfs -q -F -L Data dirty
ntfscp dirty tree/Users/Ann/random kept > /dev/null
# ntfsfix leaves the mark that has Windows check the volume at its next start.
ntfsfix dirty > /dev/null
dd if=system of=disk bs=1M seek=1 conv=notrunc,sparse status=none
dd if=dirty of=disk bs=1M seek=129 conv=notrunc,sparse status=none
LIBGUESTFS_BACKEND=direct LIBGUESTFS_BACKEND_SETTINGS=force_tcg guestfish --format=raw -a disk << COMMANDS
run
mount /dev/sda1 /
tar-in tree.tar /
umount /
shutdown
COMMANDS
