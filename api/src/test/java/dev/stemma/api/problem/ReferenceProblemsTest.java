package dev.stemma.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.StoreUnreachableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong with the store's files has a code of its own, by what the system says of it. */
class ReferenceProblemsTest {

    private static IOException failure(String kind, String words) {
        return switch (kind) {
            case "write" -> new IOException(words);
            case "file" -> new FileSystemException("/store/packs/ab", null, words);
            case "open" ->
                new StoreUnreachableException(
                        "/store",
                        "no store can be opened there, since /store/lock gives " + words,
                        new FileSystemException("/store/lock", null, words));
            case "denied" -> new AccessDeniedException("/store/packs/ab");
            case "exists" -> new FileAlreadyExistsException("/images/out.raw");
            case "damage" -> new DamagedStoreException("/store/packs/ab " + words);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "write, No space left on device, store-full",
        "file, No space left on device, store-full",
        "file, Disk quota exceeded, store-full",
        "write, Read-only file system, store-read-only",
        "file, Read-only file system, store-read-only",
        "open, Read-only file system, store-read-only",
        "open, Permission denied, store-unreachable",
        "denied, '', store-unwritable",
        "write, Input/output error, store-unwritable",
        "exists, '', target-exists",
        "damage, does not end as a pack does, store-damaged"
    })
    void eachFailureHasItsCodeAndSaysWhatToDo(String kind, String words, String code) {
        Problem problem = ReferenceProblems.problem(failure(kind, words));
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.detail()).contains(words);
        if (!code.equals("store-unreachable")) {
            assertThat(problem.remedy()).isNotBlank();
        }
    }
}
