// A page of all software known, by id. Parameters: after (id that the page before ended with, '' for the first), limit.
// Cost: an index seek on Package.id, then the versions of each package of the page and the inventories that have them.
MATCH (p:Package) WHERE p.id > $after
WITH p ORDER BY p.id LIMIT $limit
OPTIONAL MATCH (p)<-[:VERSION_OF]-(v:PackageVersion)
OPTIONAL MATCH (v)<-[:INSTALLS {present: true}]-(:Inventory)<-[h:HAS_INVENTORY]-(image:Image) WHERE h.until IS NULL
RETURN p.id AS id, p.ecosystem AS ecosystem, p.name AS name,
       count(DISTINCT image) AS images, count(DISTINCT v) AS versions
ORDER BY id
