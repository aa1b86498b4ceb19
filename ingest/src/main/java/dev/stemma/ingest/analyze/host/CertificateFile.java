package dev.stemma.ingest.analyze.host;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestFact.Certificate;
import dev.stemma.graph.model.GuestFact.HeldCertificate;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Certificates of one file, in PEM (RFC 7468) or DER. Decoded by the JDK's own X.509 parser, each within its own bounds. */
final class CertificateFile {

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";
    private static final int MAX_DER_BYTES = 64 << 10;

    /** A chain is short; more than this is a collection of authorities. */
    static final int MAX_CERTIFICATES = 32;

    private CertificateFile() {}

    /** @param expected whether a file without any certificate is worth an observation */
    static void read(FactLog log, GuestPath path, boolean expected) throws ImageProblem {
        byte[] bytes = log.files().read(path, GuestText.MAX_BYTES).orElse(new byte[0]);
        List<byte[]> encoded = bytes.length > 1 && bytes[0] == 0x30 && (bytes[1] & 0x80) != 0
                ? List.of(bytes)
                : armoured(new String(bytes, StandardCharsets.ISO_8859_1));
        if (encoded.size() > MAX_CERTIFICATES) {
            log.observe(
                    "certificate-bundle",
                    path,
                    "more than " + MAX_CERTIFICATES
                            + " certificates in one file: a collection of authorities, left out");
            return;
        }
        int odd = 0;
        for (byte[] one : encoded) {
            Optional<Certificate> certificate = parse(one);
            if (certificate.isPresent()) {
                log.add(new HeldCertificate(certificate.get(), path.escaped()));
            } else {
                odd++;
            }
        }
        if (odd > 0 && expected) {
            log.malformed(path, odd + " certificates cannot be understood");
        }
    }

    private static List<byte[]> armoured(String text) {
        List<byte[]> all = new ArrayList<>();
        int at = text.indexOf(BEGIN);
        while (at >= 0 && all.size() <= MAX_CERTIFICATES) {
            int from = at + BEGIN.length();
            int end = text.indexOf(END, from);
            if (end < 0) {
                all.add(new byte[0]);
                break;
            }
            all.add(decoded(text.substring(from, end)));
            at = text.indexOf(BEGIN, end);
        }
        return all;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static Optional<Certificate> parse(byte[] der) {
        if (der.length == 0 || der.length > MAX_DER_BYTES) {
            return Optional.empty();
        }
        try {
            X509Certificate x509 = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return Optional.of(new Certificate(
                    Digest.sha256(x509.getEncoded()).hex(),
                    shown(x509.getSubjectX500Principal().getName()),
                    shown(x509.getIssuerX500Principal().getName()),
                    GuestText.shown(x509.getSerialNumber().toString(16)),
                    x509.getNotBefore().toInstant(),
                    x509.getNotAfter().toInstant()));
        } catch (CertificateException | RuntimeException e) {
            // The JDK's parser answers some broken bytes with unchecked exceptions.
            return Optional.empty();
        }
    }

    private static String shown(String text) {
        return GuestText.shown(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }
}
