# software-tree.sh DIR RESOURCES: fills DIR/tree with software that the ecosystems' own tools installed, and DIR/*.list
# with what those tools say of it.
set -eu
dir=$1
resources=$2
tree=$dir/tree
mkdir -p "$tree/etc" "$dir/work" "$dir/home"
echo 'ID=debian' >"$tree/etc/os-release"
cd "$dir/work"
export HOME="$dir/home"

# --- Python: wheels by pip in two places, and whatever the host's packages brought, by importlib.metadata.
python() { # NAME VERSION
    mkdir -p "py-$1-$2"
    cat >"py-$1-$2/setup.py" <<EOF
from setuptools import setup
setup(name="$1", version="$2", py_modules=["m"], long_description="Name: wrong\n" * 200)
EOF
    echo 'x = 1' >"py-$1-$2/m.py"
}
pip() {
    /usr/bin/python3 -m pip install --quiet --no-deps --no-index --no-build-isolation --no-cache-dir --root-user-action=ignore \
        --disable-pip-version-check --no-compile "$@"
}
python Shop.Tools_x 1.0
python shop-tools-x 2.0rc1
python plain 0.1.post2
pip --target "$tree/opt/one/site-packages" ./py-Shop.Tools_x-1.0 ./py-plain-0.1.post2
pip --target "$tree/opt/two/site-packages" ./py-shop-tools-x-2.0rc1 ./py-plain-0.1.post2
mkdir -p "$tree/opt/old/site-packages"
(cd py-plain-0.1.post2 && /usr/bin/python3 setup.py -q egg_info --egg-base "$tree/opt/old/site-packages" 2>/dev/null)
(cd py-Shop.Tools_x-1.0 && /usr/bin/python3 setup.py -q bdist_egg --dist-dir "$dir/work" 2>/dev/null)
mkdir -p "$tree/opt/old/x.egg" && (cd "$tree/opt/old/x.egg" && bsdtar -xf "$dir"/work/Shop*.egg)
mkdir -p "$tree/usr/lib/python3/dist-packages"
cp -a /usr/lib/python3/dist-packages/*.egg-info /usr/lib/python3/dist-packages/*.dist-info "$tree/usr/lib/python3/dist-packages/" 2>/dev/null || true
for place in opt/one/site-packages opt/two/site-packages opt/old/site-packages opt/old/x.egg usr/lib/python3/dist-packages; do
    PYTHONPATH='' /usr/bin/python3 -c '
import importlib.metadata as m, re, sys
for d in m.distributions(path=[sys.argv[1]]):
    print(re.sub(r"[-_.]+", "-", d.metadata["Name"]).lower(), d.version, d._path.relative_to(sys.argv[2]), sep="\t")
' "$tree/$place" "$tree"
done >"$dir/python.list"

# --- npm: a scope, two versions of one package, and a trap in a package's tests.
npmpack() { # DIRECTORY NAME VERSION DEPENDENCIES
    mkdir -p "$1"
    printf '{"description":"d","name":"%s","version":"%s","dependencies":{%s}}' "$2" "$3" "$4" >"$1/package.json"
    (cd "$1" && npm pack --silent >/dev/null && mv ./*.tgz "$dir/work/$1.tgz")
}
mkdir -p c1/test/fixture/node_modules/trap c1/fixture
echo '{"name":"trap","version":"6.6.6"}' >c1/test/fixture/node_modules/trap/package.json
echo '{"name":"fixture","version":"6.6.7"}' >c1/fixture/package.json
npmpack c1 inner 1.0.0 ''
npmpack c2 inner 2.0.0-beta.1 ''
npmpack a outer 0.3.0 "\"inner\":\"file:$dir/work/c1.tgz\""
npmpack b @shop/scoped 1.2.3 ''
mkdir -p "$tree/srv/app"
echo '{"name":"app","version":"1.0.0","private":true}' >"$tree/srv/app/package.json"
(cd "$tree/srv/app" && npm install --silent --offline --no-audit --no-fund --install-links \
    "$dir/work/c2.tgz" "$dir/work/a.tgz" "$dir/work/b.tgz" >/dev/null)
(cd "$tree/srv/app" && npm ls --all --parseable --long) | sed 1d | sed "s|^$tree/||" >"$dir/npm.list"

# --- Ruby: the gems that came with it, and one that was built and installed here.
cat >shop.gemspec <<'EOF'
Gem::Specification.new do |s|
  s.name = "shop-gem"
  s.version = "1.4.0.pre2"
  s.summary = "s"
  s.authors = ["a"]
  s.files = []
end
EOF
gem build --silent shop.gemspec 2>/dev/null
gem install --silent --local --no-document --ignore-dependencies --install-dir "$tree/var/lib/gems/shop" shop-gem-1.4.0.pre2.gem
default=$(ruby -e 'print Gem.default_dir')
specifications=$(ruby -e 'print Gem.default_specifications_dir')
mkdir -p "$tree/$default/specifications"
cp -a "$specifications" "$tree/$default/specifications/"
GEM_HOME="$tree/var/lib/gems/shop" GEM_PATH="$tree/var/lib/gems/shop" ruby -e '
Gem::Specification.each { |s| puts [s.name, s.version, s.platform].join("\t") if s.default_gem? || s.name == "shop-gem" }' \
    | sort -u >"$dir/gem.list"

# --- Java: Maven's own jars, and archives in archives: deflated, stored, behind a start script, two deep.
mkdir -p "$tree/usr/share/jars" "$tree/opt/fat"
# Some are links to packages that Maven only recommends.
for jar in /usr/share/maven/lib/*.jar; do
  [ ! -e "$jar" ] || cp -L "$jar" "$tree/usr/share/jars/"
done
for jar in "$tree"/usr/share/jars/*.jar; do
    bsdtar -tf "$jar" | grep '^META-INF/maven/.*/pom\.properties$' | while read -r entry; do
        bsdtar -xOf "$jar" "$entry" | tr -d '\r' | sed -n 's/^groupId=//p; s/^artifactId=//p; s/^version=//p' | sort >/dev/null
        group=$(bsdtar -xOf "$jar" "$entry" | tr -d '\r' | sed -n 's/^groupId=//p')
        artifact=$(bsdtar -xOf "$jar" "$entry" | tr -d '\r' | sed -n 's/^artifactId=//p')
        version=$(bsdtar -xOf "$jar" "$entry" | tr -d '\r' | sed -n 's/^version=//p')
        printf '%s\t%s\t%s\t%s\n' "$group" "$artifact" "$version" "${jar#"$tree/"}"
    done
done >"$dir/maven.list"
/usr/bin/python3 - "$tree" <<'EOF'
import io, sys, zipfile
tree = sys.argv[1]
def pom(group, artifact, version):
    return f"META-INF/maven/{group}/{artifact}/pom.properties", f"#x\ngroupId={group}\nartifactId={artifact}\nversion={version}\n"
def jar(entries, inner=(), how=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in entries: z.writestr(name, text)
        for name, data in inner: z.writestr(name, data, how)
    return out.getvalue()
leaf = jar([pom("org.shop", "leaf", "1.0")])
manifest = jar([("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nBundle-SymbolicName: org.shop.bun\r\n dle;singleton:=true\r\nBundle-Version: 4.5.6\r\n\r\nName: x\r\nBundle-Version: 9\r\n")])
middle = jar([pom("org.shop", "middle", "2.0-SNAPSHOT")], [("lib/leaf.jar", leaf)])
boot = jar([pom("org.shop", "boot", "3.0")], [("BOOT-INF/lib/middle.jar", middle), ("BOOT-INF/lib/bundle.jar", manifest)], zipfile.ZIP_STORED)
war = jar([], [("WEB-INF/lib/leaf.jar", leaf), ("WEB-INF/lib/middle.jar", middle)])
open(f"{tree}/opt/fat/boot.jar", "wb").write(b"#!/bin/sh\nexec java -jar $0\n" + boot)
open(f"{tree}/opt/fat/shop.war", "wb").write(war)
open(f"{tree}/opt/fat/empty.jar", "wb").write(jar([("a.txt", "b")]))
open(f"{tree}/opt/fat/no.jar", "wb").write(b"no archive at all")
EOF

# --- Programs: a Go program of Debian; a shell with the section that Go's linker wrote elsewhere (go-buildinfo.b64 was cut out
# of a program built by go 1.19.8, go-buildinfo.txt is what "go version -m" said of it); and one with cargo-auditable's section,
# packed here as its format says, since Debian has no cargo-auditable.
mkdir -p "$tree/usr/bin"
cp /usr/bin/minica "$tree/usr/bin/minica"
dpkg-query -W -f '${Built-Using} ${Static-Built-Using}' minica | tr ',' '\n' | sed -n 's/.*golang-1\.[0-9]* (= \([0-9.]*\)-.*/\1/p' | head -n 1 >"$dir/go.list"
base64 -d "$resources/go-buildinfo.b64" >buildinfo
objcopy --add-section .go.buildinfo=buildinfo "$(readlink -f /bin/bash)" "$tree/usr/bin/shop"
/usr/bin/python3 -c '
import json, sys, zlib
crates = [{"name": "shop", "version": "0.1.0", "source": "local", "root": True, "dependencies": [1]},
          {"name": "serde", "version": "1.0.188", "source": "crates.io"},
          {"name": "cc", "version": "1.0.83", "source": "crates.io", "kind": "build"}]
sys.stdout.buffer.write(zlib.compress(json.dumps({"packages": crates}).encode()))' >audit
objcopy --add-section .dep-v0=audit "$(readlink -f /bin/bash)" "$tree/usr/bin/rusty"
cp "$(readlink -f /bin/bash)" "$tree/usr/bin/plain"
