package health.salus.cli.identity;

import picocli.CommandLine.Command;

/** {@code salus identity} */
@Command(
        name = "identity",
        description = "Certify members of an organization and look into key stores.",
        subcommands = {
            IdentityAnnounceCommand.class,
            IdentityBindPasskeyCommand.class,
            IdentityEnrollCommand.class,
            IdentityListCommand.class,
            IdentityShowCommand.class,
            IdentityUnbindPasskeyCommand.class
        },
        footer = "salus identity list --keystore clinic/alice.p12 --password-file clinic/password")
public final class IdentityCommand {}
