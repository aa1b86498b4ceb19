# shellcheck shell=sh
# What scripts say to an appliance's shell; to be sourced.

# The kernel may find the appliance's own disk first, and then this one is not its sda. libguestfs translates names, but not in what "debug sh"
# runs: there a disk is called by its place on the bus.
part() {
    for number in "$@"; do
        printf '/dev/disk/by-path/*-scsi-0:0:0:0-part%s ' "$number"
    done
}

# Nodes of what was just made may be on their way.
settled() {
    echo "debug sh \"udevadm settle; $1\""
}
