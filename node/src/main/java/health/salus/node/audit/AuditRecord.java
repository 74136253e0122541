package health.salus.node.audit;

import health.salus.fhir.seal.Seal;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One audited request as the journal keeps it. In bytes: format 1, milliseconds since 1970 (8, big-endian), id, handle,
 * requester, seal (each: length (2, big-endian) and UTF-8), then the event to the end.
 *
 * @param id FHIR id of the AuditEvent
 * @param recorded when, to the millisecond
 * @param handle the patient concerned; empty where none was found
 * @param requester organization that asked; empty where the patient did
 * @param seal opens the commitment to it in the record log
 * @param event the AuditEvent in JSON, UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record AuditRecord(String id, Instant recorded, String handle, String requester, Seal seal, byte[] event) {
    private static final int FORMAT = 1;

    byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(event.length + 640);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(recorded.toEpochMilli());
            out.writeUTF(id);
            out.writeUTF(handle);
            out.writeUTF(requester);
            out.writeUTF(new String(seal.encode(), StandardCharsets.UTF_8));
            out.write(event);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    static AuditRecord decode(byte[] encoded) {
        try (DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(encoded))) {
            int format = in.readUnsignedByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException("audit record of format " + format + " (expected: " + FORMAT + ")");
            }
            Instant recorded = Instant.ofEpochMilli(in.readLong());
            String id = in.readUTF();
            String handle = in.readUTF();
            String requester = in.readUTF();
            Seal seal = Seal.decode(in.readUTF().getBytes(StandardCharsets.UTF_8));
            return new AuditRecord(id, recorded, handle, requester, seal, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("audit record that ends early", e);
        }
    }

    /** Id and time; the event names persons. */
    @Override
    public String toString() {
        return "AuditRecord[" + id + ", " + recorded + "]";
    }
}
