package dev.stemma.api.home;

import dev.stemma.api.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where the service may make files for others. Safe for use by several threads. */
public final class Targets {

    private final AllowedDirectories directories;

    public Targets(AllowedDirectories directories) {
        this.directories = directories;
    }

    /**
     * The real path of what is not there yet, in a directory that may be written to; to be asked again when it is made.
     *
     * @throws dev.stemma.api.problem.ProblemException when it is no absolute path, may not be made, or is there
     */
    public Path require(Path path) throws IOException {
        Path real = place(path);
        if (Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
            throw ProblemCode.TARGET_EXISTS.because(real + " is there already", "Name another target.");
        }
        return real;
    }

    /**
     * The same of what may be there.
     *
     * @throws dev.stemma.api.problem.ProblemException when it is no absolute path, or may not be made
     */
    public Path place(Path path) throws IOException {
        Path target = path.normalize();
        Path parent = target.getParent();
        Path name = target.getFileName();
        if (!target.isAbsolute() || parent == null || name == null) {
            throw ProblemCode.BAD_REQUEST.because("a target is an absolute path of a file, not " + path);
        }
        if (!Files.isDirectory(parent)) {
            throw ProblemCode.NOT_FOUND.because(parent + " is no directory", "Make it first.");
        }
        Path real = parent.toRealPath().resolve(name);
        if (!directories.allowsMaking(real)) {
            throw ProblemCode.PATH_NOT_ALLOWED.because(
                    real + " lies outside the allowed directories, or is hidden in them",
                    "An administrator adds a directory to " + directories.file() + ", a line of its own.");
        }
        return real;
    }
}
