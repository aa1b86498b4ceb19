package dev.stemma.ingest.filesystem.ext;

import java.util.List;

/**
 * The combinations of features that the reader is held against.
 *
 * @param options of mke2fs
 * @param rebuild whether {@code e2fsck -D} then hashes and packs the directories
 */
record ExtMatrix(String name, boolean rebuild, List<String> options) {

    static final List<ExtMatrix> ALL = List.of(
            of("ext2, 1 KiB, small inodes", "-t ext2 -b 1024 -I 128"),
            of("ext2, 4 KiB, large inodes", "-t ext2 -b 4096 -I 256"),
            of("ext2, no feature at all", "-t ext2 -b 1024 -O none,ext_attr,large_file"),
            of("ext3, 1 KiB, small inodes", "-t ext3 -b 1024 -I 128"),
            of("ext3, 2 KiB, large inodes", "-t ext3 -b 2048 -I 256"),
            of("ext3, hashed directories", "-t ext3 -b 4096 -O dir_index").rebuilt(),
            of("ext4, defaults", "-t ext4"),
            of("ext4, 1 KiB", "-t ext4 -b 1024"),
            of("ext4, 2 KiB, hashed directories", "-t ext4 -b 2048").rebuilt(),
            of("ext4, 64 KiB", "-t ext4 -b 65536"),
            of("ext4, 32-bit descriptors", "-t ext4 -O ^64bit -b 1024 -g 1024"),
            of("ext4, 64-bit descriptors in many groups", "-t ext4 -O 64bit -b 1024 -g 512"),
            of("ext4, block maps", "-t ext4 -O ^extent,^64bit -b 1024"),
            of("ext4, bigalloc at 1 KiB", "-t ext4 -O bigalloc -b 1024 -C 16384"),
            of("ext4, bigalloc at 4 KiB", "-t ext4 -O bigalloc -b 4096 -C 65536"),
            of("ext4, inline data", "-t ext4 -O inline_data -I 256"),
            of("ext4, inline data in very large inodes", "-t ext4 -O inline_data -b 1024 -I 1024"),
            of("ext4, meta groups at 1 KiB", "-t ext4 -O meta_bg,^resize_inode -b 1024 -g 512"),
            of(
                    "ext4, meta groups without flexible groups",
                    "-t ext4 -O meta_bg,^resize_inode,^flex_bg -b 4096 -g 1024"),
            of("ext4, bigalloc and meta groups at 1 KiB", "-t ext4 -O bigalloc,meta_bg,^resize_inode -b 1024 -C 4096"),
            of("ext4, no flexible groups", "-t ext4 -O ^flex_bg -b 1024 -g 1024"),
            of("ext4, CRC-16 group descriptors", "-t ext4 -O ^metadata_csum,uninit_bg -b 1024 -g 1024"),
            of("ext4, no checksums", "-t ext4 -O ^metadata_csum,^uninit_bg"),
            of("ext4, checksum seed", "-t ext4 -O metadata_csum,metadata_csum_seed,64bit")
                    .rebuilt(),
            of("ext4, two backup superblocks", "-t ext4 -O sparse_super2,^resize_inode -b 1024 -g 1024"),
            of("ext4, backup superblocks everywhere", "-t ext4 -O ^sparse_super,^resize_inode -b 1024 -g 1024"),
            of("ext4, attributes in inodes", "-t ext4 -O ea_inode,large_dir"),
            of("ext4, quota and projects", "-t ext4 -O quota,project,mmp -I 256"),
            of("ext4, casefold, encryption, verity", "-t ext4 -O casefold,encrypt,verity"),
            of("ext4, fast commits and orphan file", "-t ext4 -O fast_commit,orphan_file,metadata_csum"),
            of("ext4, small inodes, no journal", "-t ext4 -I 128 -O ^has_journal"));

    private static ExtMatrix of(String name, String options) {
        return new ExtMatrix(name, false, List.of(options.split(" ")));
    }

    private ExtMatrix rebuilt() {
        return new ExtMatrix(name, true, options);
    }

    @Override
    public String toString() {
        return name;
    }
}
