package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.home.Home;
import dev.stemma.api.home.ServiceFile;
import dev.stemma.api.problem.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The service as the command line sees it: HTTP on loopback with the local token. */
final class ServiceClient {

    private final String url;
    private final String token;
    private final HttpClient http;

    private ServiceClient(String url, String token) {
        this.url = url;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .proxy(HttpClient.Builder.NO_PROXY)
                .sslContext(withoutTrustStore())
                .build();
    }

    /** Plain HTTP on loopback needs no trust store, and reading it would take a fifth of a command's time. */
    private static SSLContext withoutTrustStore() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new javax.net.ssl.TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The running service. */
    static ServiceClient of(Home home) {
        return find(home).orElseThrow(CommandProblem::notRunning);
    }

    /** The service that left its address behind, whether or not it still answers. */
    static Optional<ServiceClient> find(Home home) {
        return ServiceFile.find(home).map(file -> new ServiceClient(file.url(), token(home)));
    }

    private static String token(Home home) {
        try {
            return Files.readString(home.token()).strip();
        } catch (NoSuchFileException e) {
            throw CommandProblem.notRunning();
        } catch (IOException e) {
            throw new CommandProblem(
                    Outcome.NOT_ALLOWED, "cannot read " + home.token() + ". Run as the user who ran: stemma up", e);
        }
    }

    String url() {
        return url;
    }

    String token() {
        return token;
    }

    /** Whether it is up and ready for questions. */
    boolean ready() {
        try {
            return http.send(
                                    request("/health/ready")
                                            .timeout(Duration.ofSeconds(2))
                                            .GET()
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    JsonNode get(String path) {
        return Answer.parse(text("GET", path, null, "application/json"));
    }

    JsonNode post(String path, JsonNode body) {
        return Answer.parse(text("POST", path, Body.json(body), "application/json"));
    }

    JsonNode put(String path, JsonNode body) {
        return Answer.parse(text("PUT", path, Body.json(body), "application/json"));
    }

    JsonNode delete(String path) {
        return Answer.parse(text("DELETE", path, null, "application/json"));
    }

    /** What is sent. */
    record Body(String type, String text) {
        static Body json(JsonNode node) {
            return new Body("application/json", node.toString());
        }
    }

    /** An answer as text, in the media type asked for. */
    String text(String method, String path, @Nullable Body body, String accept) {
        try (InputStream in = open(method, path, body, accept)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandProblem(Outcome.FAILED, "the connection to the service broke: " + e.getMessage(), e);
        }
    }

    /** An answer as it arrives; the caller closes it. A problem ends the command with its own outcome. */
    InputStream open(String method, String path, @Nullable Body body, String accept) {
        HttpRequest.Builder request = request(path).header("Accept", accept + ", application/problem+json");
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", body.type())
                    .method(method, HttpRequest.BodyPublishers.ofString(body.text()));
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() / 100 == 2) {
                return response.body();
            }
            try (InputStream in = response.body()) {
                throw problem(response.statusCode(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (ConnectException e) {
            throw CommandProblem.notRunning();
        } catch (IOException e) {
            throw new CommandProblem(Outcome.FAILED, "the connection to the service broke: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token);
    }

    private static CommandProblem problem(int status, String body) {
        if (!body.startsWith("{")) {
            return new CommandProblem(Outcome.FAILED, "the service answered with status " + status);
        }
        JsonNode problem = Answer.parse(body);
        return new CommandProblem(Outcome.parse(Answer.text(problem, "outcome")), sentence(problem));
    }

    /** A problem in one line: {@code <place>: <detail>. <remedy>}. */
    static String sentence(JsonNode problem) {
        String where = Answer.text(problem, "where");
        String detail = Answer.text(problem, "detail").replaceAll("\\s*\n\\s*", " ");
        String remedy = Answer.text(problem, "remedy");
        return (where.isEmpty() ? "" : where + ": ") + detail + (remedy.isEmpty() ? "" : ". " + remedy);
    }

    private static CommandProblem interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CommandProblem(Outcome.FAILED, "interrupted", e);
    }

    /** One segment of a path, or a value in a query, encoded. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Query parameters, those without a value left out; a list gives one each. */
    static final class Query {
        private final Map<String, java.util.List<String>> values = new LinkedHashMap<>();

        Query with(String name, @Nullable Object value) {
            if (value instanceof Iterable<?> each) {
                each.forEach(one -> with(name, one));
            } else if (value != null) {
                values.computeIfAbsent(name, _ -> new java.util.ArrayList<>()).add(value.toString());
            }
            return this;
        }

        Query replace(String name, String value) {
            values.remove(name);
            return with(name, value);
        }

        @Override
        public String toString() {
            String text = values.entrySet().stream()
                    .flatMap(entry -> entry.getValue().stream().map(value -> entry.getKey() + "=" + encoded(value)))
                    .collect(Collectors.joining("&"));
            return text.isEmpty() ? "" : "?" + text;
        }
    }
}
