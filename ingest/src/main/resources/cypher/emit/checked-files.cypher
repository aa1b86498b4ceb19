// The owned files that are not as their packages say: a row for each package version, its files in lists side by side.
// Parameters: inventory (id), rows (purl, properties). Cost: two index seeks a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (inventory:Inventory {id: $inventory})
USING INDEX SEEK inventory:Inventory(id)
MATCH (version:PackageVersion {purl: row.purl})
USING INDEX SEEK version:PackageVersion(purl)
CREATE (inventory)-[checked:CHECKED_AGAINST]->(version)
SET checked = row.properties
