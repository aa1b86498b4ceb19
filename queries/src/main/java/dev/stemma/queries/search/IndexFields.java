package dev.stemma.queries.search;

/** The fields of the index, by kind of document. A change here is a new {@link #VERSION}, and the index is made anew. */
final class IndexFields {

    /** Version of the layout. */
    static final String VERSION = "6";

    /** A directory or chunk: the bytes of its id as {@link ImageFeeder#digestBytes} has them, unique. */
    static final String NODE = "node";
    /** A directory or chunk: all bytes of its id, as a doc value. */
    static final String NODE_ID = "nodeId";
    /** A directory or chunk: all that it holds, as a doc value; lacks where it is longer than such a value may be. See {@link NodeBytes}. */
    static final String HELD = "held";
    /** A chunk: the constant {@link #YES}. */
    static final String CHUNK = "chunk";
    /**
     * A directory or chunk: for each directory, file that was read and chunk in it the bytes of the child's id and the entry's name, which a
     * chunk has none of. The way up from what is held, whatever it is called.
     */
    static final String CHILD = "child";
    /**
     * A directory or chunk: for each directory in it the entry's name, 0, {@code d} and the bytes of the child's id; for each link the name, 0,
     * {@code l} and the target, or {@code m} where the target is too long. The way up by name.
     */
    static final String ENTRY = "entry";
    /** A directory or chunk: the names it holds, as they are. The field's terms are all file names known. */
    static final String FILE_NAME = "fileName";

    /** A package: its id, unique, stored. */
    static final String PACKAGE = "package";
    /** A package: its name in lower case. */
    static final String PACKAGE_NAME = "packageName";

    /** An image: its id, unique, stored. The {@link TextField}s and {@link KeywordField}s have fields of their own. */
    static final String IMAGE = "image";
    /** An image: the constant {@link #YES}. */
    static final String IS_IMAGE = "isImage";
    /** An image: what its name and then id are sorted by. */
    static final String SORT_NAME = "sortName";

    static final String SORT_ID = "sortId";
    /** An image: the package versions that are there, as purls. */
    static final String PURL = "purl";
    /** An image: contents of its configuration files, as the bytes of their digests. */
    static final String CONFIGURATION = "configuration";
    /** An image: its configuration files, stored: the first 8 digits of the digest, a space, the path. */
    static final String CONFIGURATION_FILE = "configurationFile";
    /** An image: the bytes of the ids of the root directories of all its file systems. */
    static final String ROOT = "root";
    /** An image: the same of those that a {@link SearchedTree} starts from. */
    static final String TREE = "tree";
    /** An image: where its systems have other file systems mounted, escaped; {@code *} for what is too long. */
    static final String MOUNT = "mount";
    /** An image: when its file changed, in nanoseconds since 1970. */
    static final String MODIFIED = "modified";
    /** An image: digest of all that is indexed of it but its packages and files, stored, to tell whether it changed. */
    static final String IMAGE_DIGEST = "imageDigest";
    /** An image: words of its texts. */
    static final String IMAGE_TEXT = "imageText";

    /** A kept text: the digest of its content, unique, stored. */
    static final String TEXT = "text";
    /** A kept text: what tells whether what is kept changed, stored. */
    static final String TEXT_VERSION = "textVersion";
    /** A kept text: its words, the lines far from each other. */
    static final String TEXT_WORDS = "textWords";

    static final String YES = "yes";

    private IndexFields() {}
}
