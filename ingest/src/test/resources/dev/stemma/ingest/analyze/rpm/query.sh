#!/bin/sh
# What rpm says is in a database. Usage: query.sh packages|files FORM OPTION…
set -eu
what=$1 form=$2
shift 2
case $what in
    packages) format='%{NAME}\t%{EVR}\t%{ARCH}\t%{SOURCERPM}\n' ;;
    files) format='[%{=NEVRA}\t%{FILENAMES}\t%{FILEMODES:octal}\t%{FILEFLAGS}\t%{FILEDIGESTS}\n]' ;;
esac
rpm "$@" --define "_db_backend $form" -qa --qf "$format" 2> /dev/null | LC_ALL=C sort
