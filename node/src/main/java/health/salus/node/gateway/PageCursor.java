package health.salus.node.gateway;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the next page of an answer begins; travels sealed by {@link CursorSeal}.
 *
 * @param client who may follow it: key id of the caller
 * @param patient id that the pages are confined to, on the server behind
 * @param handle what the caller calls the patient
 * @param way by which the pages go out, a name of {@link health.salus.contracts.access.Interaction}
 * @param from path and query, below the base of the server behind, of each page to go on with, and how many resources of
 *     that were already given or withheld
 * @param count entries per page
 * @param expires when it stops working, exclusive
 */
record PageCursor(
        String client,
        String patient,
        String handle,
        String way,
        List<Pages.Position> from,
        int count,
        Instant expires) {
    PageCursor {
        from = List.copyOf(from);
    }

    byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(client);
            out.writeUTF(patient);
            out.writeUTF(handle);
            out.writeUTF(way);
            out.writeInt(count);
            out.writeLong(expires.toEpochMilli());
            out.writeInt(from.size());
            for (Pages.Position position : from) {
                out.writeUTF(position.path());
                out.writeInt(position.skip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("page cursor can't be written", e);
        }
        return bytes.toByteArray();
    }

    static PageCursor decode(byte[] encoded) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            String client = in.readUTF();
            String patient = in.readUTF();
            String handle = in.readUTF();
            String way = in.readUTF();
            int count = in.readInt();
            Instant expires = Instant.ofEpochMilli(in.readLong());
            List<Pages.Position> from = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                from.add(new Pages.Position(in.readUTF(), in.readInt()));
            }
            return new PageCursor(client, patient, handle, way, from, count, expires);
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
