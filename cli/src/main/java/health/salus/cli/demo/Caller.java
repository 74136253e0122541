package health.salus.cli.demo;

import health.salus.identity.Signer;

/**
 * Somebody who calls a gateway.
 *
 * @param name what the demo calls them
 * @param scope SMART scope that they ask for
 */
record Caller(String name, Signer signer, String scope) {
    /** The hospital's own staff and systems. */
    static Caller own(Member member) {
        return new Caller("hospital " + member.name(), member.credential(), "system/*.cruds");
    }

    /** Staff of another organization. */
    static Caller outsider(Member member) {
        return new Caller("clinic " + member.name(), member.credential(), "system/*.rs");
    }

    /** A patient. */
    static Caller patient(Signer key) {
        return new Caller("patient", key, "patient/*.rs");
    }
}
