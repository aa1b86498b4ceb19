package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;

/** Finds inodes by number. Safe for several threads. */
record InodeTable(Superblock superblock, Groups groups, Pages pages) {

    /**
     * @param number as a directory entry names it
     * @throws Corrupt when there is no such inode, or it is not in use
     */
    Inode inode(long number) throws ImageProblem {
        Origin at = superblock.origin().within("inode " + number);
        if (number < 1 || number > superblock.inodes()) {
            throw new Corrupt("out-of-bounds", at, "there are " + superblock.inodes() + " inodes");
        }
        long group = (number - 1) / superblock.inodesPerGroup();
        long index = (number - 1) % superblock.inodesPerGroup();
        long offset = groups.inodeTable(group) * superblock.blockBytes() + index * superblock.inodeBytes();
        return Inode.parse(superblock, number, pages.at(offset, superblock.inodeBytes(), at));
    }
}
