package dev.stemma.ingest.content;

/** Hears how far long work on a store has come, and may end it. Asked once for each frame, or each thousand objects, or five times a second while it waits. */
@FunctionalInterface
public interface StoreWatch {

    /** Lets everything go on. */
    StoreWatch NONE = _ -> {};

    /** What it is while others must end first. */
    String WAITING = "waiting for other work on the store";

    /**
     * How far it has come.
     *
     * @param stage what is being done, in words
     * @param objects that were gone through in this stage
     * @param totalObjects to go through in this stage, about; 0 while unknown
     * @param bytes that were gone through in this stage, as they lie on the medium
     * @param totalBytes to go through in this stage, about; 0 while unknown
     */
    record Step(String stage, long objects, long totalObjects, long bytes, long totalBytes) {

        /** Of a stage that counts nothing yet. */
        static Step of(String stage) {
            return new Step(stage, 0, 0, 0, 0);
        }
    }

    /** @throws WorkEndedException to end the work where it stands; the store is whole then, as after a crash */
    void at(Step step) throws WorkEndedException;
}
