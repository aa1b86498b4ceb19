package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.HeapFileSystem;
import dev.stemma.ingest.analyze.role.RoleRules;
import dev.stemma.ingest.fuzz.TextFuzz;
import dev.stemma.ingest.problem.Budget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A guest of some files: those of package managers, accounts, keys, networks, services, boot loaders. A zero byte in an input starts
 * a file, the byte after it says which.
 */
public final class GuestFuzz extends TextFuzz {

    private static final List<Map.Entry<String, String>> FILES = List.of(
            Map.entry("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nNAME='x'\n"),
            Map.entry(
                    "var/lib/dpkg/status",
                    "Package: a\nStatus: install ok installed\nArchitecture: amd64\nSource: b (2)\nVersion: 1:2.3-4\nConffiles:\n /etc/a 0123456789abcdef0123456789abcdef\n\n"),
            Map.entry("var/lib/dpkg/info/a.list", "/.\n/etc\n/etc/a\n"),
            Map.entry("var/lib/dpkg/info/a.md5sums", "0123456789abcdef0123456789abcdef  usr/bin/a\n"),
            Map.entry("var/lib/dpkg/diversions", "/bin/a\n/bin/a.b\na\n"),
            Map.entry(
                    "lib/apk/db/installed",
                    "C:Q1pSfkxyL2OIX+lqE1z+yIF2mmKZE=\nP:a\nV:1.2-r3\nA:x86_64\no:a\nF:usr/bin\nR:a\na:0:0:755\nZ:Q1pSfkxyL2OIX+lqE1z+yIF2mmKZE=\n\n"),
            Map.entry("var/lib/pacman/local/a-1-1/desc", "%NAME%\na\n\n%VERSION%\n1-1\n\n%ARCH%\nx86_64\n\n"),
            Map.entry("var/lib/pacman/local/a-1-1/files", "%FILES%\nusr/\nusr/bin/a\n\n%BACKUP%\netc/a\t01\n"),
            Map.entry(
                    "var/lib/pacman/local/a-1-1/mtree",
                    "#mtree\n/set type=file uid=0\n./usr/bin/a time=1.0 size=1 sha256digest=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"),
            Map.entry("etc/fstab", "UUID=01 / ext4 rw 0 1\nLABEL=a\\040b /usr xfs ro 0 2\n/dev/vg/a /var ext4 x 0 2\n"),
            Map.entry("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nann:x:1000:1000::/home/ann:/bin/sh\n"),
            Map.entry("etc/shadow", "root:$6$abc$def:1::::::\nann:!:1::::::\n"),
            Map.entry("etc/group", "root:x:0:\ncrew:x:10:ann,root\n"),
            Map.entry("etc/crontab", "SHELL=/bin/sh\n17 * * * * root run-parts /x\n@daily ann A=b c\n"),
            Map.entry(
                    "etc/network/interfaces",
                    "auto lo\niface eth0 inet static\n address 10.0.0.1\n netmask 255.0.0.0\n"),
            Map.entry(
                    "etc/netplan/a.yaml",
                    "network: {ethernets: {e: {dhcp4: true, addresses: [1.2.3.4/8, &x y, *x]}}}\n"),
            Map.entry(
                    "etc/systemd/network/a.network", "[Match]\nName=e*\n[Network]\nDHCP=yes\nAddress=\\\n1.2.3.4/8\n"),
            Map.entry(
                    "etc/systemd/system/a.service",
                    "[Unit]\nA=b\n[Service]\nExecStart=-/bin/a b\\\n c\n[Install]\nWantedBy=multi-user.target\n"),
            Map.entry(
                    "etc/ssh/ssh_host_ed25519_key.pub",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBWYmIh4gT0tXHkSLwGYGpBEqgmr5YRBDM8CnTbE0fLY root@h\n"),
            Map.entry(
                    "etc/ssh/ssh_host_ed25519_key",
                    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\nQyNTUxOQAAACAVmJiIeIE9LVx5Ei8BmBqQRKoJq+WEQQzPAp02xNHy2A==\n-----END OPENSSH PRIVATE KEY-----\n"),
            Map.entry("root/.ssh/authorized_keys", "from=\"a b\" ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAAQ8= ann@h\n"),
            Map.entry(
                    "etc/ssl/a.pem",
                    "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQ==\n-----END CERTIFICATE-----\n"),
            Map.entry("etc/nginx/nginx.conf", "server {\n listen [::]:80 ssl;\n ssl_certificate /etc/ssl/a.pem;\n}\n"),
            Map.entry("etc/haproxy/haproxy.cfg", "bind *:80\nbind :443 ssl crt /a\n"),
            Map.entry("etc/postfix/master.cf", "smtp inet n - y - - smtpd\n127.0.0.1:10025 inet n - n - - smtpd\n"),
            Map.entry(
                    "boot/grub/grub.cfg",
                    "set default=\"1>0\"\nmenuentry 'a' {\n linux /a x\n}\nsubmenu 'b' {\n menuentry 'c' {\n linux /c y=\"z\"\n }\n}\n"),
            Map.entry("boot/loader/entries/a.conf", "title a\nlinux /a\ninitrd /b\noptions root=UUID=1 quiet\n"),
            Map.entry("boot/syslinux/syslinux.cfg", "DEFAULT a\nLABEL a\n KERNEL /a\n APPEND initrd=/b root=/c\n"),
            Map.entry("etc/inittab", "id:3:initdefault:\n1:2345:respawn:/sbin/getty 1\n"),
            Map.entry("etc/redhat-release", "CentOS Linux release 7.9.2009 (Core)\n"),
            Map.entry("etc/machine-id", "0123456789abcdef0123456789abcdef\n"),
            Map.entry(
                    "var/lib/snapd/state.json",
                    "{\"data\":{\"snaps\":{\"a\":{\"current\":\"1\",\"sequence\":[{\"name\":\"a\",\"revision\":\"1\"}]}}}}"),
            Map.entry(
                    "var/lib/flatpak/app/a.B/x86_64/stable/active/metadata",
                    "[Application]\nname=a.B\nruntime=c/x86_64/1\n"));

    @Override
    public String name() {
        return "guest";
    }

    @Override
    protected List<byte[]> texts(Path work) throws Exception {
        List<byte[]> texts = new ArrayList<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < FILES.size(); i++) {
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            one.write(0);
            one.write(i);
            one.write(FILES.get(i).getValue().getBytes(StandardCharsets.ISO_8859_1));
            texts.add(one.toByteArray());
            one.writeTo(all);
        }
        texts.add(all.toByteArray());
        return texts;
    }

    @Override
    public void run(byte[] input) throws Exception {
        GuestFiles files = GuestFiles.of(guest(input), Budget.of(Duration.ofSeconds(10)));
        Fstab.read(files);
        Findings found = GuestAnalysis.run(files, Level.FULL);
        RoleRules.SHIPPED.roles(found.packages(), found.facts());
        for (Observation one : found.observations()) {
            if (one.code().equals("reader-failed")) {
                throw new AssertionError(one.message());
            }
        }
        if (found.facts().toString().chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new AssertionError("control characters in " + found.facts());
        }
    }

    private static HeapFileSystem guest(byte[] input) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        for (int at = 0; at + 1 < input.length; ) {
            int end = at + 2;
            while (end < input.length && input[end] != 0) {
                end++;
            }
            String path = FILES.get((input[at + 1] & 0xff) % FILES.size()).getKey();
            byte[] content = Arrays.copyOfRange(input, at + 2, end);
            contents.put(path, path.endsWith("/mtree") ? gzip(content) : content);
            at = end;
        }
        return HeapFileSystem.holding(contents);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }
}
