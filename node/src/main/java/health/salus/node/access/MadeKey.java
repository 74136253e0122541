package health.salus.node.access;

import health.salus.contracts.access.NewKey;
import health.salus.identity.P256PublicKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** A passkey that somebody made, in two columns: the key in base64url, and its origin; both are null until it is made. */
final class MadeKey {
    private MadeKey() {}

    /** @param column number of the first of both */
    static Optional<NewKey> read(ResultSet row, int column) throws SQLException {
        String key = row.getString(column);
        return key == null
                ? Optional.empty()
                : Optional.of(NewKey.passkey(P256PublicKey.ofBase64Url(key), row.getString(column + 1)));
    }
}
