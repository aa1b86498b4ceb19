#!/bin/sh
# Builds packages that show what rpm's headers can hold. Usage: make-rpms.sh DIRECTORY [FILES PARTS]; they come to lie in DIRECTORY/rpms.
# FILES are in the package of many (1500), and PARTS packages of few there are (40).
# Needs rpmbuild (Debian package rpm).
set -eu
cd "$1"
files=${2:-1500} parts=${3:-40}
mkdir -p top rpms
build() { # build SPEC OPTION…
    spec=$1
    shift
    HOME=$PWD rpmbuild --quiet -bb --define "_topdir $PWD/top" --define "_rpmdir $PWD/rpms" --define '_build_id_links none' \
        --define 'debug_package %{nil}' --define '_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' "$@" "$spec"
}

alpha() { # alpha VERSION RELEASE
    cat > alpha.spec << SPEC
Name: alpha
Epoch: 1
Version: $1
Release: $2
Summary: s
License: MIT
BuildArch: noarch
%description
d
%package libs
Summary: a subpackage
%description libs
d
%install
mkdir -p %{buildroot}/etc/alpha %{buildroot}/usr/share/alpha/sub %{buildroot}/usr/bin %{buildroot}/usr/lib/alpha
echo a > %{buildroot}/usr/share/alpha/a
echo b > '%{buildroot}/usr/share/alpha/sub/with blank'
echo u > '%{buildroot}/usr/share/alpha/sub/umläut'
ln -s a %{buildroot}/usr/share/alpha/link
echo c > %{buildroot}/etc/alpha/alpha.conf
echo x > %{buildroot}/usr/bin/alpha
echo l > %{buildroot}/usr/lib/alpha/l
%files
%dir /usr/share/alpha
/usr/share/alpha/*
/usr/bin/alpha
%config(noreplace) /etc/alpha/alpha.conf
%ghost /etc/alpha/ghost
%files libs
/usr/lib/alpha
SPEC
    build alpha.spec
}
alpha 1.2~rc1 3.fc40
alpha 1.2^git5 1.fc40

# One package of many files, so that its header outgrows a page and a 64 KiB piece; and many packages of few.
cat > many.spec << SPEC
Name: many
Version: 2
Release: 1
Summary: s
License: MIT
%description
d
$(for i in $(seq 1 $parts); do printf '%%package part%s\nSummary: s\n%%description part%s\nd\n' "$i" "$i"; done)
%install
mkdir -p %{buildroot}/usr/share/many
for i in \$(seq -w 1 $files); do echo \$i > %{buildroot}/usr/share/many/a-name-of-some-length-\$i; done
%files
/usr/share/many
$(for i in $(seq 1 $parts); do printf '%%files part%s\n' "$i"; done)
SPEC
build many.spec

# The digests of older systems, and a path that a later system has elsewhere.
cat > old.spec << SPEC
Name: old
Version: 0.1
Release: 007
Summary: s
License: MIT
BuildArch: noarch
%description
d
%install
mkdir -p %{buildroot}/bin %{buildroot}/lib/old
echo o > %{buildroot}/bin/old-tool
echo o > %{buildroot}/lib/old/lib.so
%files
/bin/old-tool
/lib/old/lib.so
SPEC
build old.spec --define '_binary_filedigest_algorithm 1' --define '_source_filedigest_algorithm 1'

# Copies the database while the transaction that installs it runs, as a machine that loses its power would leave it.
cat > copier.spec << 'SPEC'
Name: copier
Version: 1
Release: 1
Requires: late
Summary: s
License: MIT
BuildArch: noarch
%description
d
%post -p <lua>
posix.mkdir("/crashed")
for _, name in ipairs({"rpmdb.sqlite", "rpmdb.sqlite-wal"}) do
  local from = io.open("/var/lib/rpm/" .. name, "rb")
  local to = io.open("/crashed/" .. name, "wb")
  to:write(from:read("a"))
  from:close()
  to:close()
end
%files
SPEC
build copier.spec
cat > late.spec << 'SPEC'
Name: late
Version: 1
Release: 1
Summary: s
License: MIT
BuildArch: noarch
%description
d
%files
SPEC
build late.spec
