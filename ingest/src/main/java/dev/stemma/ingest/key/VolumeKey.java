package dev.stemma.ingest.key;

/** A passphrase. It has no text form and no equality that could be logged or kept. Safe for use by several threads. */
public final class VolumeKey {

    private final byte[] passphrase;

    VolumeKey(byte[] passphrase) {
        this.passphrase = passphrase.clone();
    }

    /** The passphrase, for whatever opens a volume; without a zero byte, which C could not carry. */
    public byte[] passphrase() {
        return passphrase.clone();
    }

    @Override
    public String toString() {
        return "a key";
    }
}
