package dev.stemma.ingest.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every reader of file systems keeps, whatever the format. A subclass gives an open reader of a file system with at
 * least twenty files, one of which is larger than 2 MiB, and a directory in a directory.
 */
public abstract class FileSystemReaderContract {

    private static final int MAX_PIECE_BYTES = 1 << 20;

    /** An open reader, shared by the tests, closed by the subclass. */
    protected abstract FileSystemReader reader();

    @Test
    void theRootIsADirectoryWithoutAName() throws Exception {
        assertThat(reader().root().name()).isEqualTo(GuestName.EMPTY);
        assertThat(reader().root().payload()).isInstanceOf(Payload.Directory.class);
    }

    @Test
    void listsAreSortedBytewiseWithoutDotsOrDoubles() throws Exception {
        for (Node directory : directories(reader())) {
            List<GuestName> names =
                    reader().list(directory).stream().map(Node::name).toList();
            assertThat(names).isSorted().doesNotHaveDuplicates();
            assertThat(names).noneMatch(name -> name.is(".") || name.is("..") || name.length() == 0);
        }
    }

    @Test
    void listingTwiceSaysTheSame() throws Exception {
        for (Node directory : directories(reader())) {
            assertThat(reader().list(directory).equals(reader().list(directory)))
                    .as("%s", directory.name())
                    .isTrue();
        }
    }

    @Test
    void piecesAreSmallAndAddUpToTheSize() throws Exception {
        for (Node file : files(reader())) {
            long[] sent = {0};
            reader().read(file, new FileSystemReader.ContentSink() {
                @Override
                public void data(MemorySegment bytes) {
                    assertThat(bytes.byteSize()).isBetween(1L, (long) MAX_PIECE_BYTES);
                    sent[0] += bytes.byteSize();
                }

                @Override
                public void hole(long lengthBytes) {
                    assertThat(lengthBytes).isPositive();
                    sent[0] += lengthBytes;
                }
            });
            assertThat(sent[0]).as("%s", file.name()).isEqualTo(((Payload.File) file.payload()).sizeBytes());
        }
    }

    @Test
    void aStretchIsThatPartOfTheWhole() throws Exception {
        java.util.Random random = new java.util.Random(1);
        for (Node file : files(reader())) {
            byte[] whole = content(file, 0, Long.MAX_VALUE);
            for (int i = 0; i < 6; i++) {
                int from = random.nextInt(whole.length + 3);
                int length = i == 0 ? 1 : random.nextInt(1 + 2 * MAX_PIECE_BYTES);
                int end = Math.min(whole.length, from + length);
                assertThat(content(file, from, length))
                        .as("%s from %d, %d bytes", file.name(), from, length)
                        .isEqualTo(from >= end ? new byte[0] : java.util.Arrays.copyOfRange(whole, from, end));
            }
            assertThat(content(file, whole.length, 1)).isEmpty();
        }
    }

    private byte[] content(Node file, long offsetBytes, long lengthBytes) throws ImageProblem {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        FileSystemReader.ContentSink sink = new FileSystemReader.ContentSink() {
            @Override
            public void data(MemorySegment bytes) {
                assertThat(bytes.byteSize()).isBetween(1L, (long) MAX_PIECE_BYTES);
                out.writeBytes(bytes.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
            }

            @Override
            public void hole(long holeBytes) {
                assertThat(holeBytes).isPositive();
                out.writeBytes(new byte[(int) holeBytes]);
            }
        };
        if (lengthBytes == Long.MAX_VALUE) {
            reader().read(file, sink);
        } else {
            reader().read(file, offsetBytes, lengthBytes, sink);
        }
        return out.toByteArray();
    }

    @Test
    void aDigestThatTheReaderGivesIsThatOfTheContent() throws Exception {
        for (Node file : files(reader())) {
            Optional<Digest> given = ((Payload.File) file.payload()).digest();
            if (given.isPresent()) {
                assertThat(Listed.digest(reader(), file)).isEqualTo(given.get());
            }
        }
    }

    @Test
    void severalThreadsReadAtOnceWhatOneReads() throws Exception {
        FileSystemReader reader = reader();
        List<Node> files = files(reader);
        List<Digest> alone = new ArrayList<>();
        for (Node file : files) {
            alone.add(Listed.digest(reader, file));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Digest>> together = new ArrayList<>();
            for (Node file : files) {
                together.add(threads.submit(() -> Listed.digest(reader, file)));
            }
            for (int i = 0; i < alone.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
            }
        }
    }

    @Test
    void aFileIsNoDirectoryAndADirectoryNoFile() throws Exception {
        Node file = files(reader()).getFirst();
        assertThatThrownBy(() -> reader().list(file)).isInstanceOf(ImageProblem.class);
        assertThatThrownBy(() -> Listed.digest(reader(), reader().root())).isInstanceOf(ImageProblem.class);
    }

    @Test
    void aProblemOfTheSinkReachesTheCaller() throws Exception {
        ImageProblem problem = new dev.stemma.ingest.problem.OverBudget("size-limit", reader().origin(), "enough");
        Node large = files(reader()).stream()
                .filter(file -> ((Payload.File) file.payload()).sizeBytes() > 2 * MAX_PIECE_BYTES)
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> reader().read(large, new FileSystemReader.ContentSink() {
                    @Override
                    public void data(MemorySegment bytes) throws ImageProblem {
                        throw problem;
                    }

                    @Override
                    public void hole(long lengthBytes) throws ImageProblem {
                        throw problem;
                    }
                }))
                .isSameAs(problem);
    }

    @Test
    void factsNameTheTypeAndTheWayOfReading() {
        assertThat(reader().facts().type()).isNotBlank();
        assertThat(reader().facts().reader()).isIn("java", "guestfs");
        assertThat(reader().facts().sizeBytes()).isPositive();
        assertThat(reader().name()).matches("[a-z0-9-]+/[0-9]+");
    }

    private static List<Node> directories(FileSystemReader reader) throws ImageProblem {
        List<Node> directories = new ArrayList<>();
        directories.add(reader.root());
        for (int i = 0; i < directories.size(); i++) {
            for (Node node : reader.list(directories.get(i))) {
                if (node.payload() instanceof Payload.Directory) {
                    directories.add(node);
                }
            }
        }
        return directories;
    }

    private static List<Node> files(FileSystemReader reader) throws ImageProblem {
        List<Node> files = new ArrayList<>();
        for (Node directory : directories(reader)) {
            for (Node node : reader.list(directory)) {
                if (node.payload() instanceof Payload.File) {
                    files.add(node);
                }
            }
        }
        assertThat(files).hasSizeGreaterThan(19);
        return files;
    }
}
