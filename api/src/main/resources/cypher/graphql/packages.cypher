// Installed packages of images. Parameters: ids, name and ecosystem (empty for all), limit (for each image).
// Cost: the packages of each image; with a name, those of that name alone.
UNWIND $ids AS id
MATCH (:Image {id: id})-[h:HAS_INVENTORY]->(n:Inventory) WHERE h.until IS NULL
CALL (n) {
  MATCH (n)-[:HAS_PACKAGES]->(:PackageGroup)-[r:INSTALLS]->(v:PackageVersion)-[:VERSION_OF]->(p:Package)
  WHERE r.present AND ($name = "" OR p.name = $name) AND ($ecosystem = "" OR p.ecosystem = $ecosystem)
  RETURN r, v, p ORDER BY p.name, v.purl LIMIT $limit
}
RETURN id AS key, {purl: v.purl, name: p.name, ecosystem: p.ecosystem, version: v.version, architecture: v.architecture,
                   state: r.state, held: r.held, locations: coalesce(r.locations, [])} AS value
