// Question: Which images still have the older of two versions of a source package?
// Parameter source (text): the source package, such as openssl
// Parameter fixed (text): the version that has the fix; every other one counts as unpatched
// Parameter os (text, ): only images of this distribution, such as debian; empty for all
// What is newer than the fix is shown as well, for the graph cannot put versions in order; stemma search --all 'NAME<VERSION' does.
MATCH (version:PackageVersion {source: $source})
WHERE coalesce(version.sourceVersion, version.version) <> $fixed
MATCH (version)<-[installs:INSTALLS]-(:PackageGroup)<-[:HAS_PACKAGES]-(inventory:Inventory)<-[current:HAS_INVENTORY]-(image:Image)
WHERE installs.present AND current.until IS NULL
  AND ($os = '' OR EXISTS { (inventory)-[:RUNS]->(:OperatingSystem {distribution: $os}) })
RETURN image.name AS image, coalesce(version.sourceVersion, version.version) AS version,
       collect(DISTINCT version.purl) AS packages, image.location AS location
ORDER BY image, version, location
