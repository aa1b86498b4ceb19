package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.ByteSourceContract;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Layers of each kind keep the contract of all bytes. */
class FormatContractIT {

    abstract static class Contract extends ByteSourceContract {

        @TempDir
        Path directory;

        private final List<OpenImage> opened = new ArrayList<>();
        private final String format;
        private final String options;

        Contract(String format, String options) {
            this.format = format;
            this.options = options;
        }

        @Override
        protected ByteSource open(byte[] content) throws Exception {
            Path raw = Files.write(directory.resolve("content.img"), content);
            Path image = directory.resolve("content." + format);
            DiskFormatOracleIT.convert(format, options, raw, image);
            OpenImage open = ImageOpener.open(image, ImageRules.within(directory), Budget.of(Duration.ofMinutes(1)));
            opened.add(open);
            return open.bytes();
        }

        @AfterEach
        void closeTheImages() throws Exception {
            for (OpenImage image : opened) {
                image.close();
            }
        }
    }

    @Nested
    class Qcow2 extends Contract {
        Qcow2() {
            super("qcow2", "");
        }
    }

    @Nested
    class CompressedQcow2 extends Contract {
        CompressedQcow2() {
            super("qcow2", "-c");
        }
    }

    @Nested
    class SubclusteredQcow2 extends Contract {
        SubclusteredQcow2() {
            super("qcow2", "-o extended_l2=on");
        }
    }

    @Nested
    class CompressedQcow extends Contract {
        CompressedQcow() {
            super("qcow", "-c");
        }
    }

    @Nested
    class SplitVmdk extends Contract {
        SplitVmdk() {
            super("vmdk", "-o subformat=twoGbMaxExtentFlat");
        }
    }

    @Nested
    class StreamOptimizedVmdk extends Contract {
        StreamOptimizedVmdk() {
            super("vmdk", "-o subformat=streamOptimized");
        }
    }

    @Nested
    class Vhd extends Contract {
        Vhd() {
            super("vpc", "-o force_size=on");
        }
    }

    @Nested
    class Vhdx extends Contract {
        Vhdx() {
            super("vhdx", "");
        }
    }

    @Nested
    class Vdi extends Contract {
        Vdi() {
            super("vdi", "");
        }
    }

    @Nested
    class Parallels extends Contract {
        Parallels() {
            super("parallels", "-o cluster_size=64k");
        }
    }
}
