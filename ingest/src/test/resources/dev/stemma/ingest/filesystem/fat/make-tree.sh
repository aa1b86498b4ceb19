#!/bin/sh
# Makes a directory of what FAT can hold. Usage: make-tree.sh TREE MEBIBYTES (of the largest file)
set -eu
mkdir -p "$1/short" "$1/long names with spaces/deeper/and deeper/still" "$1/many"
cd "$1"
head -c 300001 /dev/urandom > random
head -c "$2"M /dev/urandom > large
: > empty
echo lower > short/lower.txt
echo upper > short/UPPER.TXT
echo mixed > short/Mixed.Txt
echo read > short/READONLY.TXT
echo none > short/NOEXT
printf 'exactly one cluster' > "long names with spaces/$(printf 'x%.0s' $(seq 250)).end"
echo dots > 'long names with spaces/a.b.c.d'
seq 1 200 | while read -r i; do echo "$i" > "many/file number $i"; done
touch -d '2024-02-29 23:59:58 UTC' empty short/UPPER.TXT
