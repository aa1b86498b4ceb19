package dev.stemma.graph.model;

import java.util.Optional;

/**
 * A stretch of a volume that its partition table names, a logical volume, or the whole volume where there is no table.
 *
 * @param number as the table counts, from 1; 0 for a whole volume without a table
 * @param offsetBytes from the start of the volume; 0 for what has no single place on it (a logical volume)
 * @param sizeBytes length
 * @param type GPT type GUID in lower case, MBR type as {@code 0x83}, or the name of what no table has:
 *     {@code lvm:vg/lv}, {@code md:md127}, {@code luks:UUID}, {@code btrfs:home}; empty without a table
 * @param name the GPT partition name
 * @param uuid the GPT partition GUID in lower case, or MBR {@code ssssssss-nn} as {@code blkid}'s PARTUUID
 * @param bootable the MBR active flag or GPT's legacy-bootable attribute
 */
public record Partition(
        int number,
        long offsetBytes,
        long sizeBytes,
        Optional<String> type,
        Optional<String> name,
        Optional<String> uuid,
        boolean bootable) {}
