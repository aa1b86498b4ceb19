// The owned files that are not as their packages say.
// Parameters: inventory (id), rows (purl, properties). Cost: two index seeks a row.
UNWIND $rows AS row
MATCH (inventory:Inventory {id: $inventory})
MATCH (version:PackageVersion {purl: row.purl})
CREATE (inventory)-[checked:CHECKED_AGAINST]->(version)
SET checked = row.properties
