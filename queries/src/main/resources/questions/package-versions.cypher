// Question: Which versions of a package are where?
// Parameter package (text): its name
MATCH (package:Package {name: $package})<-[:VERSION_OF]-(version:PackageVersion)
MATCH (version)<-[installs:INSTALLS]-(:PackageGroup)<-[:HAS_PACKAGES]-(:Inventory)<-[current:HAS_INVENTORY]-(image:Image)
WHERE installs.present AND current.until IS NULL
RETURN package.ecosystem AS ecosystem, version.version AS version, version.architecture AS architecture,
       count(DISTINCT image) AS number, collect(DISTINCT image.name) AS images
ORDER BY ecosystem, number DESC, version
