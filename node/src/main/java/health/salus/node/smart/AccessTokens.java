package health.salus.node.smart;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import health.salus.foundation.CryptoProvider;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PrivateKey;
import health.salus.node.smart.TokenProblem.Reason;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Access tokens of one organization: JWTs (RFC 9068) signed with ES256 by its gateway key and bound to the caller's key
 * by {@code cnf} ({@code x5t#S256} of RFC 8705 §3.1 for certificates, {@code jkt} of RFC 9449 §6.1 for patients and passkeys).
 * A token says who somebody was when it was issued; what they may do is looked up again for every request. Thread-safe.
 */
public final class AccessTokens {
    /** How long a token works. */
    public static final Duration LIFE = Duration.ofMinutes(5);

    private static final int REMEMBERED = 10_000;
    private static final int MAX_CHARACTERS = 4_096;
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    /**
     * What a valid token says.
     *
     * @param kid key id of the caller
     * @param expires when it stops working, exclusive
     */
    public record Accepted(Sha256 kid, SmartScopes scopes, Instant expires) {}

    private final String issuer;
    private final String audience;
    private final P256PrivateKey key;
    private final InstantSource clock;
    /** Tokens whose signature was already verified; a signature costs more than everything else here. */
    private final Map<Sha256, Accepted> verified = new ConcurrentHashMap<>();

    /**
     * @param issuer address of the organization at this node
     * @param audience address of its FHIR base
     * @param key the organization's gateway key
     */
    public AccessTokens(String issuer, String audience, P256PrivateKey key, InstantSource clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.key = key;
        this.clock = clock;
    }

    /**
     * A token for {@code caller}, in compact serialization.
     *
     * @param key that the caller signed in with: of the certificate or the patient, or of a passkey of the certificate's holder
     */
    String issue(Sha256 key, Caller caller, SmartScopes scopes) {
        Instant now = clock.instant();
        String kid = key.base64Url();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject(kid)
                .claim("client_id", kid)
                .claim("scope", scopes.toString())
                .claim("cnf", Map.of(caller.isCertificate(key) ? "x5t#S256" : "jkt", kid))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(this.key.publicKey().thumbprint().base64Url())
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            ECDSASigner signer = new ECDSASigner(this.key.key(), Curve.P_256);
            signer.getJCAContext().setProvider(CryptoProvider.chosen().provider());
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("gateway key can't sign (expected: P-256)", e);
        }
        return jwt.serialize();
    }

    /** Checks signature, issuer, audience and time of {@code token}. @throws TokenProblem where one is wrong */
    public Accepted accept(String token) {
        if (token.length() > MAX_CHARACTERS) {
            throw bad();
        }
        Sha256 digest = Sha256.of(token.getBytes(StandardCharsets.UTF_8));
        Accepted accepted = verified.get(digest);
        if (accepted == null) {
            accepted = verify(token);
            remember(digest, accepted);
        }
        if (!clock.instant().isBefore(accepted.expires)) {
            throw new TokenProblem(Reason.EXPIRED_TOKEN, "access token expired");
        }
        return accepted;
    }

    private void remember(Sha256 digest, Accepted accepted) {
        if (verified.size() >= REMEMBERED) {
            Instant now = clock.instant();
            verified.values().removeIf(old -> !now.isBefore(old.expires));
        }
        if (verified.size() < REMEMBERED) {
            verified.put(digest, accepted);
        }
    }

    private Accepted verify(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            ECDSAVerifier verifier = new ECDSAVerifier(key.publicKey().key());
            verifier.getJCAContext().setProvider(CryptoProvider.chosen().provider());
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (!JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
                    || !TYPE.equals(jwt.getHeader().getType())
                    || !jwt.verify(verifier)
                    || !issuer.equals(claims.getIssuer())
                    || !claims.getAudience().equals(List.of(audience))) {
                throw bad();
            }
            return new Accepted(
                    Sha256.ofBase64Url(claims.getSubject()),
                    SmartScopes.parse(claims.getStringClaim("scope")),
                    claims.getExpirationTime().toInstant());
        } catch (ParseException | JOSEException | IllegalArgumentException e) { // the cause could quote the token
            throw bad();
        }
    }

    private static TokenProblem bad() {
        return new TokenProblem(Reason.BAD_TOKEN, "not an access token of this organization");
    }
}
