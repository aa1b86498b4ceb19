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
import org.junit.jupiter.api.io.TempDir;

/** A QED through QEMU, the sandbox and the NBD client. */
class QemuDiskContractIT extends ByteSourceContract {

    @TempDir
    Path directory;

    private final List<OpenImage> opened = new ArrayList<>();

    @Override
    protected ByteSource open(byte[] content) throws Exception {
        Path raw = Files.write(directory.resolve("content.img"), content);
        Path image = directory.resolve("content.qed");
        Qemu.run("qemu-img", "convert", "-f", "raw", "-O", "qed", raw.toString(), image.toString());
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
