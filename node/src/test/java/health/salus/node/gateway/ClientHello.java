package health.salus.node.gateway;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A TLS client's first message, made by hand: the JDK's own client no longer offers what a server has to refuse. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ClientHello(int version, int... suites) {
    static final int TLS_1_0 = 0x0301;
    static final int TLS_1_1 = 0x0302;
    static final int TLS_1_2 = 0x0303;
    static final int ECDHE_ECDSA_AES_128_CBC_SHA = 0xc009;
    static final int ECDHE_RSA_AES_128_CBC_SHA = 0xc013;
    static final int RSA_AES_128_GCM_SHA256 = 0x009c;
    static final int ECDHE_ECDSA_AES_128_GCM = 0xc02b;
    static final int ECDHE_ECDSA_AES_256_GCM = 0xc02c;

    private static final int HANDSHAKE = 22;
    private static final byte[] EXTENSIONS = {
        0, 10, 0, 4, 0, 2, 0, 23, // supported_groups: secp256r1
        0, 11, 0, 2, 1, 0, // ec_point_formats: uncompressed
        0, 13, 0, 6, 0, 4, 4, 3, 4, 1, // signature_algorithms: ecdsa_secp256r1_sha256, rsa_pkcs1_sha256
    };

    /** The suite that the server chooses; -1: it refuses by an alert. */
    int answer(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            if (in.readByte() != HANDSHAKE) {
                return -1;
            }
            in.skipNBytes(2 + 2 + 4 + 2 + 32); // record's version and length, message's header, version, random
            in.skipNBytes(in.readUnsignedByte()); // session
            return in.readUnsignedShort();
        }
    }

    private byte[] bytes() {
        int body = 2 + 32 + 1 + 2 + 2 * suites.length + 2 + 2 + EXTENSIONS.length;
        ByteBuffer hello = ByteBuffer.allocate(5 + 4 + body);
        hello.put((byte) HANDSHAKE).putShort((short) TLS_1_0).putShort((short) (4 + body));
        hello.put((byte) 1).put((byte) 0).putShort((short) body);
        hello.putShort((short) version).put(new byte[32]).put((byte) 0);
        hello.putShort((short) (2 * suites.length));
        for (int suite : suites) {
            hello.putShort((short) suite);
        }
        hello.put((byte) 1).put((byte) 0); // no compression
        hello.putShort((short) EXTENSIONS.length).put(EXTENSIONS);
        return hello.array();
    }
}
