# package-sets.py FILE PROGRAM…: real package sets, for tests. Run on Debian 12 with the archive's indexes (apt-get update); which programs a file
# was made of is in its lines 'set'.
import gzip,glob,os,re,subprocess,sys,collections
pk=collections.OrderedDict()
def load(f):
    txt=subprocess.run(['/usr/lib/apt/apt-helper','cat-file',f],capture_output=True).stdout.decode()
    out={}
    for st in txt.split('\n\n'):
        d={}
        for l in st.split('\n'):
            m=re.match(r'(Package|Version|Depends|Pre-Depends|Priority|Provides|Source|Essential): (.*)',l)
            if m:d[m[1]]=m[2]
        if 'Package' in d: out.setdefault(d['Package'],[]).append(d)
    return out
L='/var/lib/apt/lists/deb.debian.org_'
main=load(L+'debian_dists_bookworm_main_binary-amd64_Packages.lz4')
sec=load(L+'debian-security_dists_bookworm-security_main_binary-amd64_Packages.lz4')
upd=load(L+'debian_dists_bookworm-updates_main_binary-amd64_Packages.lz4')
prov={}
for n,ds in main.items():
    for d in ds:
        for p in d.get('Provides','').split(','):
            p=p.strip().split(' ')[0]
            if p: prov.setdefault(p,n)
def closure(roots):
    seen=set();todo=list(roots)
    while todo:
        n=todo.pop()
        n=n.split(':')[0]
        if n not in main: n=prov.get(n)
        if not n or n in seen: continue
        seen.add(n)
        d=main[n][0]
        for fld in('Depends','Pre-Depends'):
            for c in d.get(fld,'').split(','):
                c=c.strip().split('|')[0].strip().split(' ')[0]
                if c: todo.append(c)
    return seen
base=[n for n,ds in main.items() if ds[0].get('Priority') in('required','important')]
sets={'base':closure(base+['linux-image-cloud-amd64','systemd-sysv','openssh-server','cloud-init'])}
out,apps=sys.argv[1],sys.argv[2:]
for a in apps:
    if a in main: sets[a]=closure([a])-sets['base']
def key(v): return v
def order(vs):
    import functools
    def cmp(a,b):
        if a==b:return 0
        return -1 if subprocess.run(['dpkg','--compare-versions',a,'lt',b]).returncode==0 else 1
    return sorted(set(vs),key=functools.cmp_to_key(cmp))
names=sorted(set().union(*sets.values()))
hist={}
for n in names:
    vs=[main[n][0]['Version']]+[d['Version'] for d in sec.get(n,[])+upd.get(n,[])]
    src=main[n][0].get('Source',n).split(' ')[0]
    for f in ('/usr/share/doc/%s/changelog.Debian.gz'%n,'/usr/share/doc/%s/changelog.Debian.amd64.gz'%n,'/usr/share/doc/%s/changelog.gz'%n):
        if os.path.exists(f):
            t=gzip.open(f,'rt',errors='replace').read()
            c=re.findall(r'^(\S+) \((\S+)\) (?!UNRELEASED)',t,re.M)
            c=[v for s,v in c if s==src][:8]
            if main[n][0]['Version'] in c or any(v in c for v in vs): vs+=c
            break
    hist[n]=order(vs)[-6:]
with open(out, 'w') as o:
    o.write('# Real package sets of Debian 12 (amd64): the names that an installation of each brings with it, and the versions that each package had one after the other.\n# Made by package-sets.py from the archive\'s indexes and the packages\' own changelogs.\n')
    for s,m in sets.items():
        if m: o.write('set\t%s\t%s\n'%(s,' '.join(sorted(m))))
    for n in names: o.write('package\t%s\t%s\n'%(n,' '.join(hist[n])))
print(len(names),{s:len(m) for s,m in sets.items()},collections.Counter(len(v) for v in hist.values()))
