package dev.stemma.ingest.reference;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorTest {

    @TempDir
    private Path directory;

    @Test
    void whyAFileCannotBeMadeIsToldInWords() throws IOException {
        assertThatThrownBy(() -> Descriptor.create(directory.resolve("x".repeat(300))))
                .hasMessageContaining("File name too long")
                .hasMessageNotContaining("error 36");
        assertThatThrownBy(() -> Descriptor.create(directory.resolve("none/x")))
                .isInstanceOf(NoSuchFileException.class);
        Path there = Files.createFile(directory.resolve("there"));
        assertThatThrownBy(() -> Descriptor.create(there)).isInstanceOf(FileAlreadyExistsException.class);
    }
}
