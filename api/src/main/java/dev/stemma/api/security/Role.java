package dev.stemma.api.security;

import java.util.Arrays;
import java.util.List;

/** What a signed-in user may do; each role may do all that the ones before it may. */
public enum Role {
    /** Ask. */
    VIEWER(Word.VIEWER),
    /** Index, check in, check out; cancel jobs. */
    LIBRARIAN(Word.LIBRARIAN),
    /** Allow directories, end the service. The local token has this role. */
    ADMINISTRATOR(Word.ADMINISTRATOR);

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** The name in answers and in annotations. */
    public String word() {
        return word;
    }

    /** This role and all below it, as words. */
    public List<String> reach() {
        return Arrays.stream(values())
                .filter(role -> role.compareTo(this) <= 0)
                .map(Role::word)
                .toList();
    }

    /** The words as constants, for annotations. */
    public static final class Word {
        public static final String VIEWER = "viewer";
        public static final String LIBRARIAN = "librarian";
        public static final String ADMINISTRATOR = "administrator";

        private Word() {}
    }
}
