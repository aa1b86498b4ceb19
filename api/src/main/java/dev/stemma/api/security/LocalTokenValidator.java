package dev.stemma.api.security;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Signs the bearer of the local token in as the local administrator. */
@Singleton
final class LocalTokenValidator implements TokenValidator<HttpRequest<?>> {

    private final LocalToken token;

    LocalTokenValidator(LocalToken token) {
        this.token = token;
    }

    @Override
    public Publisher<Authentication> validateToken(String offered, @Nullable HttpRequest<?> request) {
        return token.matches(offered)
                ? Mono.just(Authentication.build(System.getProperty("user.name", "local"), Role.ADMINISTRATOR.reach()))
                : Mono.empty();
    }
}
