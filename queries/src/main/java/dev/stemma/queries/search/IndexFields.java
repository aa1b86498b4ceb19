package dev.stemma.queries.search;

/** The fields of the index, by kind of document. A change here is a new {@link #VERSION}, and the index is made anew. */
final class IndexFields {

    /** Version of the layout. */
    static final String VERSION = "1";

    /** A directory or chunk: its id, unique. */
    static final String NODE = "node";
    /** A directory or chunk: the names it holds, as they are. The field's terms are all file names known. */
    static final String FILE_NAME = "fileName";

    /** A package: its id, unique, stored. */
    static final String PACKAGE = "package";
    /** A package: its name in lower case. */
    static final String PACKAGE_NAME = "packageName";

    /** An image: its id, unique, stored. */
    static final String IMAGE = "image";
    /** An image: words of name, description, location and operating system. */
    static final String IMAGE_TEXT = "imageText";
    /** An image: digest of the text, stored, to tell whether it changed. */
    static final String IMAGE_DIGEST = "imageDigest";

    private IndexFields() {}
}
