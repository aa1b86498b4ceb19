# shellcheck shell=bash
# Sourced by bin/demo-images: carries the difference between two directory trees into an ext4 file system inside a disk
# file, with debugfs, so that the untouched blocks stay where they are and an overlay holds little more than the change.
# The host's kernel mounts nothing. File names with a line break are not supported (Debian has none).

# entries TREE : every entry but the root: path, type, mode, uid, gid, change, access and modification time, inode, links,
# link target; tab-separated.
entries() {
    find "$1" -mindepth 1 -printf '%P\t%y\t%m\t%U\t%G\t%C@\t%A@\t%T@\t%i\t%n\t%l\n' | LC_ALL=C sort
}

# ext4_delta OLD NEW START DISK OFFSET : DISK holds OLD's file system at byte OFFSET and holds NEW's afterwards.
# NEW began as a copy of OLD no later than the file START was touched, so a later change time marks what changed.
ext4_delta() {
    local old=$1 new=$2 start=$3 disk=$4 offset=$5 work complaints
    work=$(mktemp -d)
    entries "$old" >"$work/old"
    entries "$new" >"$work/new"
    # Only special files that dpkg never ships would be lost here; better to stop than to be wrong.
    if awk -F'\t' 'NR == FNR { seen[$1]; next } !($1 in seen) && $2 !~ /^[dfl]$/' "$work/old" "$work/new" | grep .; then
        printf 'ext4_delta: new special files are not supported\n' >&2
        return 1
    fi
    delta_script "$old" "$new" "$(stat -c %.Y "$start")" "$work" >"$work/script"
    delta_extended "$old" "$new" "$work" >"$work/script.extended"
    cat "$work/script.extended" >>"$work/script"
    debugfs -w -f "$work/script" "$disk?offset=$offset" >"$work/said" 2>"$work/complaints"
    # debugfs carries on after an error and ends with 0: anything on stderr but its banner is one.
    complaints=$(grep -v '^debugfs [0-9]' "$work/complaints" || true)
    if [[ -n $complaints ]]; then
        printf 'ext4_delta: debugfs complained:\n%s\n' "$complaints" | head -n 20 >&2
        return 1
    fi
    rm -rf "$work"
}

# delta_script OLD NEW START WORK : the debugfs commands, from WORK/old and WORK/new. A file whose content is as before
# keeps its blocks and gets new attributes only; hard links are always written again, first name first.
delta_script() {
    local old=$1 new=$2 started=$3 work=$4
    # Same path, still a file with one link, touched, yet of equal content: compare, since only cmp knows.
    : >"$work/same"
    awk -F'\t' -v started="$started" '
        NR == FNR { type[$1] = $2 "/" $10; next }
        $2 == "f" && $10 == 1 && $6 > started && type[$1] == "f/1" { print $1 }' "$work/old" "$work/new" \
        | while IFS= read -r path; do
            cmp -s "$old/$path" "$new/$path" && printf '%s\n' "$path" >>"$work/same"
            true
        done
    LC_ALL=C awk -F'\t' -v started="$started" -v new="$new" -v same="$work/same" '
        function quoted(text) { gsub(/"/, "\"\"", text); return "\"" text "\"" }
        function parent(path) { return match(path, /\/[^\/]*$/) ? substr(path, 1, RSTART - 1) : "" }
        function base(path) { sub(/.*\//, "", path); return path }
        function whole(time) { sub(/\..*/, "", time); return "@" time }
        BEGIN { while ((getline line < same) > 0) equal[line] }
        NR == FNR { oldType[$1] = $2; oldPaths[++olds] = $1; next }
        {
            newPaths[++news] = $1; type[$1] = $2
            fresh = !($1 in oldType)
            touched = fresh || $6 > started || oldType[$1] != $2
            if (!touched) next
            rewrite[$1] = ($2 == "d") ? (oldType[$1] != "d") : !($1 in equal)
            attributes[$1] = $0
        }
        END {
            # Deepest first; sorted paths backwards do that.
            for (i = olds; i > 0; i--) {
                path = oldPaths[i]
                if (!(path in type) || (rewrite[path] && path in attributes))
                    print (oldType[path] == "d" ? "rmdir " : "rm ") quoted("/" path)
            }
            directory = "/"
            for (i = 1; i <= news; i++) {
                path = newPaths[i]
                if (!rewrite[path]) continue
                split(attributes[path], field, "\t")
                # debugfs takes names in its current directory; most of its commands get paths wrong, if only at the root.
                if (directory != "/" parent(path)) { directory = "/" parent(path); print "cd " quoted(directory) }
                name = quoted(base(path))
                if (type[path] == "d") print "mkdir " name
                else if (type[path] == "l") print "symlink " name " " quoted(field[11])
                else if (field[10] > 1 && field[9] in first) print "ln " quoted("/" first[field[9]]) " " name
                else { first[field[9]] = path; print "write " quoted(new "/" path) " " name }
            }
            for (i = 1; i <= news; i++) {
                path = newPaths[i]
                if (!(path in attributes) || type[path] !~ /^[dfl]$/) continue
                split(attributes[path], field, "\t")
                mode = substr("0000" field[3], length(field[3]) + 1)
                target = "sif " quoted("/" path) " "
                print target "mode " (type[path] == "d" ? "04" : type[path] == "f" ? "010" : "012") mode
                print target "uid " field[4]
                print target "gid " field[5]
                print target "atime " whole(field[7])
                print target "ctime " whole(field[6])
                print target "mtime " whole(field[8])
                if (type[path] == "f" && field[10] > 1) print target "links_count " field[10]
            }
        }' "$work/old" "$work/new"
}

# extended TREE : extended attributes (capabilities, access lists) as path, name, hexadecimal value; tab-separated.
extended() {
    (cd "$1" && getfattr -Rhd -m - -e hex . 2>/dev/null) | awk '
        /^# file: / { path = substr($0, 9); next }
        /=0x/ { at = index($0, "=0x"); print path "\t" substr($0, 1, at - 1) "\t" substr($0, at + 3) }' | LC_ALL=C sort
}

# delta_extended OLD NEW WORK : debugfs commands for the extended attributes that differ or were lost by writing again.
delta_extended() {
    local old=$1 new=$2 work=$3 path name value index=0
    extended "$old" >"$work/old.extended"
    extended "$new" >"$work/new.extended"
    LC_ALL=C comm -23 "$work/old.extended" "$work/new.extended" | while IFS=$'\t' read -r path name _; do
        # Gone only when the inode stayed: an inode that was written again has none.
        grep -qF -- " \"/$path\"" <(grep -E '^(rm|rmdir) ' "$work/script") || printf 'ea_rm "/%s" %s\n' "$path" "$name"
    done
    while IFS=$'\t' read -r path name value; do
        LC_ALL=C grep -qxF -- "$path"$'\t'"$name"$'\t'"$value" "$work/old.extended" \
            && ! grep -qxF -- "rm \"/$path\"" "$work/script" && continue
        # debugfs reads a binary value from a file.
        index=$((index + 1))
        # shellcheck disable=SC2001 # no parameter expansion puts something before every two characters
        printf '%b' "$(sed 's/../\\x&/g' <<<"$value")" >"$work/value.$index"
        printf 'ea_set -f %s "/%s" %s\n' "$work/value.$index" "$path" "$name"
    done <"$work/new.extended"
}
