package dev.stemma.api.http;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import io.micronaut.security.authentication.Authentication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Directories that a request wants allowed before it is done, for good. */
record Allowance(AllowedDirectories directories, List<String> wanted) {

    /** @throws dev.stemma.api.problem.ProblemException when there are some, and the user may not allow any */
    static Allowance of(AllowedDirectories directories, @Nullable List<String> wanted, Authentication user) {
        List<String> list = wanted == null ? List.of() : List.copyOf(wanted);
        if (!list.isEmpty() && !user.getRoles().contains(Role.ADMINISTRATOR.word())) {
            throw ProblemCode.ROLE_REQUIRED.because("only an administrator may allow directories");
        }
        return new Allowance(directories, list);
    }

    /** Allows them. */
    void give() {
        for (String directory : wanted) {
            try {
                directories.allow(Path.of(directory));
            } catch (IOException e) {
                throw ProblemCode.BAD_REQUEST.because(
                        "cannot allow " + directory + ": it is no directory that can be read");
            }
        }
    }
}
