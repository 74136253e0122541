package health.salus.node.gateway;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * Where the next page of an answer begins; travels sealed by {@link CursorSeal}.
 *
 * @param client who may follow it: key id of the caller
 * @param patient id that the pages are confined to, on the server behind
 * @param handle what the caller calls the patient
 * @param way by which the pages go out, a name of {@link health.salus.contracts.access.Interaction}
 * @param path path and query, below the base of the server behind, of the page to go on with
 * @param skip resources of that page that were already given or withheld
 * @param count entries per page
 * @param expires when it stops working, exclusive
 */
record PageCursor(
        String client, String patient, String handle, String way, String path, int skip, int count, Instant expires) {

    byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(client);
            out.writeUTF(patient);
            out.writeUTF(handle);
            out.writeUTF(way);
            out.writeUTF(path);
            out.writeInt(skip);
            out.writeInt(count);
            out.writeLong(expires.toEpochMilli());
        } catch (IOException e) {
            throw new UncheckedIOException("page cursor can't be written", e);
        }
        return bytes.toByteArray();
    }

    static PageCursor decode(byte[] encoded) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            return new PageCursor(
                    in.readUTF(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readInt(),
                    in.readInt(),
                    Instant.ofEpochMilli(in.readLong()));
        } catch (IOException e) {
            throw new UncheckedIOException("page cursor of another format", e);
        }
    }

    /** Says nothing about the search; its path may hold clinical values. */
    @Override
    public String toString() {
        return "PageCursor[expires=" + expires + "]";
    }
}
