package io.spoor.runtime.http;

import io.spoor.runtime.Quoted;
import io.spoor.runtime.access.TokensFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and keys in PEM files, RFC 7468. Text around the blocks is skipped, as openssl writes it.
 *
 * <p>The JDK reads a key as PKCS#8 only ({@code PRIVATE KEY}). The older forms ({@code RSA PRIVATE KEY}, PKCS#1, and
 * {@code EC PRIVATE KEY}, SEC 1) are what PKCS#8 wraps, and lack nothing but the algorithm, which the certificate names.
 */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private Pem() {}

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Block(String label, byte[] der, boolean encrypted) {}

    /** A key store of one entry, the pair; its password is empty. */
    static KeyStore pair(TlsSettings files) throws BadPem {
        List<Certificate> chain = certificates(files.certificate());
        PublicKey certified = chain.get(0).getPublicKey();
        PrivateKey key = key(files.key(), certified);
        if (!belongTogether(key, certified)) {
            throw new BadPem(
                    "The key in " + name(files.key()) + " does not belong to the first certificate in "
                            + name(files.certificate()) + "; that one must be the server's own.",
                    null);
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("spoor", key, new char[0], chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new BadPem(name(files.certificate()) + " cannot be used: " + reason(e) + ".", e);
        }
    }

    /** The certificates of a file, at least one, in their order. */
    public static List<Certificate> certificates(Path file) throws BadPem {
        List<Certificate> chain = new ArrayList<>();
        for (Block block : blocks(file)) {
            if (block.label().equals("CERTIFICATE")) {
                try {
                    chain.add(CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.der())));
                } catch (CertificateException e) {
                    throw new BadPem(name(file) + " has a certificate that cannot be read: " + reason(e) + ".", e);
                }
            }
        }
        if (chain.isEmpty()) {
            throw new BadPem(name(file) + " has no certificate in it: no -----BEGIN CERTIFICATE----- block.", null);
        }
        return chain;
    }

    private static PrivateKey key(Path file, PublicKey certified) throws BadPem {
        for (Block block : blocks(file)) {
            if (!block.label().endsWith("PRIVATE KEY")) {
                continue;
            }
            if (block.encrypted()) {
                throw new BadPem(
                        "The key in " + name(file)
                                + " is encrypted. Decrypt it with `openssl pkey`, and let only the user"
                                + " that runs Spoor read the result.",
                        null);
            }
            byte[] pkcs8 = block.label().equals("PRIVATE KEY") ? block.der() : wrapped(block.der(), certified);
            try {
                return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                throw new BadPem(
                        "The key in " + name(file) + " is damaged, or of another kind than the certificate's, which is "
                                + certified.getAlgorithm() + ".",
                        e);
            }
        }
        throw new BadPem(name(file) + " has no private key in it: no -----BEGIN PRIVATE KEY----- block.", null);
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) throws BadPem {
        String algorithm = switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> certified.getAlgorithm();
        };
        byte[] text = "spoor".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(text);
            return signature.verify(signed);
        } catch (InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new BadPem("Certificates for " + certified.getAlgorithm() + " keys cannot be used: " + reason(e), e);
        }
    }

    /** PKCS#8: {@code SEQUENCE { version, algorithm, OCTET STRING { key } }}. */
    private static byte[] wrapped(byte[] key, PublicKey certified) {
        byte[] algorithm = algorithmOf(certified);
        byte[] octets = element(OCTET_STRING, key);
        ByteBuffer inside = ByteBuffer.allocate(VERSION_0.length + algorithm.length + octets.length);
        return element(
                SEQUENCE, inside.put(VERSION_0).put(algorithm).put(octets).array());
    }

    /** The first element of {@code SubjectPublicKeyInfo}. */
    private static byte[] algorithmOf(PublicKey certified) {
        byte[] info = certified.getEncoded();
        ByteBuffer in = ByteBuffer.wrap(info);
        lengthOf(in);
        int start = in.position();
        int length = lengthOf(in);
        return Arrays.copyOfRange(info, start, in.position() + length);
    }

    /** Reads a DER element's tag and length. */
    private static int lengthOf(ByteBuffer in) {
        in.get();
        int first = in.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (in.get() & 0xff);
        }
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteBuffer out = ByteBuffer.allocate(content.length + 4).put((byte) tag);
        if (content.length < 0x80) {
            out.put((byte) content.length);
        } else if (content.length < 0x100) {
            out.put((byte) 0x81).put((byte) content.length);
        } else {
            out.put((byte) 0x82).putShort((short) content.length);
        }
        return Arrays.copyOf(out.put(content).array(), out.position());
    }

    private static List<Block> blocks(Path file) throws BadPem {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new BadPem("There is no file " + name(file) + ".", e);
        } catch (IOException e) {
            throw new BadPem(name(file) + " cannot be read (" + TokensFile.reason(e) + ").", e);
        }
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            String label = matcher.group(1);
            String body = matcher.group(2);
            boolean encrypted = label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED");
            try {
                byte[] der = encrypted ? new byte[0] : Base64.getMimeDecoder().decode(body.strip());
                blocks.add(new Block(label, der, encrypted));
            } catch (IllegalArgumentException e) {
                throw new BadPem(name(file) + " is damaged: its " + label + " block is no base64.", e);
            }
        }
        return blocks;
    }

    private static String name(Path file) {
        return Quoted.of(file.toString());
    }

    private static String reason(Exception e) {
        return Quoted.of(String.valueOf(e.getMessage())).replaceAll("\\.$", "");
    }
}
