// Question: Who runs what nearly no one else runs?
// Parameter most (number, 1): on how many images it may be
// Parameter ecosystem (text, deb): the package manager; empty for all
MATCH (package:Package)
WHERE $ecosystem = '' OR package.ecosystem = $ecosystem
MATCH (package)<-[:VERSION_OF]-(:PackageVersion)<-[installs:INSTALLS]-(:PackageGroup)<-[:HAS_PACKAGES]-(:Inventory)<-[current:HAS_INVENTORY]-(image:Image)
WHERE installs.present AND current.until IS NULL
WITH package, collect(DISTINCT image.name) AS images, count(DISTINCT image) AS number
WHERE number <= $most
RETURN package.name AS package, package.ecosystem AS ecosystem, number, images
ORDER BY number, images, package, ecosystem
