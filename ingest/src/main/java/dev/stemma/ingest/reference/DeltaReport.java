package dev.stemma.ingest.reference;

/**
 * Where the bytes of a disk that was checked out came from; the first three make its size.
 *
 * @param bytesReused that were copied from a seed, or shared with it
 * @param bytesMoved that were read from the store
 * @param bytesZero that are zeros by the disk's manifest
 * @param reflinkedBytes of those reused, the ones that are shared with a seed and take no place of their own
 */
public record DeltaReport(long bytesReused, long bytesMoved, long bytesZero, long reflinkedBytes) {}
