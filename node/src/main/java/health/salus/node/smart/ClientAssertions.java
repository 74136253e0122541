package health.salus.node.smart;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import health.salus.foundation.CryptoProvider;
import health.salus.foundation.Sha256;
import health.salus.identity.CompactJws;
import health.salus.identity.JwsException;
import health.salus.node.smart.Clients.Client;
import health.salus.node.smart.TokenProblem.Reason;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates clients by {@code private_key_jwt} (RFC 7523 §3, SMART App Launch 2.0 "Authenticating to the token
 * endpoint"): a JWT signed with ES256, or by a passkey as {@link CompactJws} describes it, whose {@code iss}, {@code sub} and {@code kid} are the client's key id, whose
 * {@code aud} is the token endpoint, that lives at most five minutes and is used once. Thread-safe.
 */
final class ClientAssertions {
    static final Duration LONGEST_LIFE = Duration.ofMinutes(5);
    /** By how much a client's clock may be ahead or behind. */
    static final Duration SKEW = Duration.ofSeconds(30);

    private static final int MAX_CHARACTERS = 4_096;
    private static final JWSAlgorithm PASSKEY = new JWSAlgorithm("WebAuthn-ES256");

    private final Clients clients;
    private final InstantSource clock;

    ClientAssertions(Clients clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * Who signed an assertion.
     *
     * @param kid id of the key that did: the certificate's or patient's, or a passkey's
     */
    record Authenticated(Sha256 kid, Caller caller) {}

    private record Signed(Sha256 kid, JWTClaimsSet claims, Predicate<Client> isBy) {}

    /**
     * Who signed {@code assertion}; it is used up by that.
     *
     * @param issuer the organization that is asked
     * @throws TokenProblem where it proves nothing
     */
    Authenticated authenticate(Issuer issuer, String assertion) {
        Signed signed = parse(assertion);
        JWTClaimsSet claims = signed.claims;
        Sha256 kid = signed.kid;
        if (!kid.base64Url().equals(claims.getIssuer()) || !kid.base64Url().equals(claims.getSubject())) {
            throw bad("iss, sub and kid must all be the client's key id");
        }
        if (!claims.getAudience().equals(List.of(issuer.tokenUrl()))) {
            throw bad("aud must be the address of this token endpoint");
        }
        Instant expires = checkTimes(claims);
        Client client = clients.find(issuer.organization(), kid)
                .orElseThrow(() -> new TokenProblem(Reason.UNKNOWN_CLIENT, "key unknown, revoked or expired"));
        if (!signed.isBy.test(client)) {
            throw bad("signature doesn't verify");
        }
        use(issuer.used(), kid, claims.getJWTID(), expires);
        return new Authenticated(kid, client.caller());
    }

    private static Signed parse(String assertion) {
        if (assertion.length() > MAX_CHARACTERS) {
            throw bad("longer than " + MAX_CHARACTERS + " characters");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(assertion);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (claims == null) {
                throw bad("no claims");
            }
            if (PASSKEY.equals(jwt.getHeader().getAlgorithm())) {
                return byPasskey(assertion, claims);
            }
            if (!JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())) {
                throw bad("alg must be ES256");
            }
            return new Signed(kid(jwt.getHeader().getKeyID()), claims, client -> verify(jwt, client));
        } catch (ParseException | IllegalArgumentException e) { // the cause could quote the assertion
            throw bad("not a signed JWT");
        }
    }

    private static Signed byPasskey(String assertion, JWTClaimsSet claims) {
        try {
            CompactJws jws = CompactJws.parse(assertion.getBytes(StandardCharsets.US_ASCII), MAX_CHARACTERS);
            return new Signed(
                    jws.kid(),
                    claims,
                    client -> jws.passkey()
                                    .filter(made -> client.passkey()
                                            .filter(known -> known.fits(made))
                                            .isPresent())
                                    .isPresent()
                            && jws.verify(client.key()));
        } catch (JwsException e) {
            throw bad("not a JWS that a passkey signed");
        }
    }

    private static Sha256 kid(@Nullable String text) {
        try {
            return Sha256.ofBase64Url(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw bad("kid must be a thumbprint of 43 base64url characters");
        }
    }

    private Instant checkTimes(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Instant expires = instant(claims.getExpirationTime());
        if (expires == null) {
            throw bad("exp is missing");
        }
        if (!now.isBefore(expires.plus(SKEW))) {
            throw new TokenProblem(Reason.EXPIRED_ASSERTION, "exp has passed");
        }
        if (expires.isAfter(now.plus(LONGEST_LIFE).plus(SKEW))) {
            throw new TokenProblem(Reason.EXPIRED_ASSERTION, "exp is more than five minutes ahead");
        }
        for (Instant begin :
                new @Nullable Instant[] {instant(claims.getIssueTime()), instant(claims.getNotBeforeTime())}) {
            if (begin != null && begin.isAfter(now.plus(SKEW))) {
                throw new TokenProblem(Reason.EXPIRED_ASSERTION, "iat or nbf lies ahead");
            }
        }
        return expires;
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static boolean verify(SignedJWT jwt, Client client) {
        try {
            ECDSAVerifier verifier = new ECDSAVerifier(client.key().key());
            verifier.getJCAContext().setProvider(CryptoProvider.chosen().provider());
            return client.passkey().isEmpty() && jwt.verify(verifier);
        } catch (JOSEException e) {
            throw bad("signature can't be checked");
        }
    }

    private void use(UsedAssertions used, Sha256 kid, @Nullable String jti, Instant expires) {
        if (jti == null || jti.isEmpty() || jti.length() > 256) {
            throw bad("jti must have 1 to 256 characters");
        }
        Sha256 id = Sha256.of(kid.bytes(), jti.getBytes(StandardCharsets.UTF_8));
        switch (used.use(id, expires.plus(SKEW), clock.instant())) {
            case FIRST_USE -> {}
            case REPLAYED -> throw new TokenProblem(Reason.REPLAYED_ASSERTION, "jti was used before");
            case FULL -> throw new TokenProblem(Reason.REPLAYED_ASSERTION, "too many assertions just now; try again");
        }
    }

    private static TokenProblem bad(String why) {
        return new TokenProblem(Reason.BAD_ASSERTION, "client_assertion: " + why);
    }
}
