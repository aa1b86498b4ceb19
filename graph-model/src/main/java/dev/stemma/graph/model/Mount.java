package dev.stemma.graph.model;

/**
 * Where a guest has a file system mounted, as its {@code /etc/fstab} says, its root among them.
 *
 * @param guest which of the systems on the image, from 0 in the order found
 * @param path where its processes see it
 * @param volume index of the disk that holds it, from 0
 * @param partition number of the partition on that disk
 */
public record Mount(int guest, GuestPath path, int volume, int partition) {}
