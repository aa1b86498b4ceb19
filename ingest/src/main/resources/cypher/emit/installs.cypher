// The installed packages of an inventory, whose versions were written before.
// Parameters: inventory (id), rows (purl, state, held, present, locations). Cost: two index seeks a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (inventory:Inventory {id: $inventory})
USING INDEX SEEK inventory:Inventory(id)
MATCH (version:PackageVersion {purl: row.purl})
USING INDEX SEEK version:PackageVersion(purl)
CREATE (inventory)-[:INSTALLS {state: row.state, held: row.held, present: row.present,
  locations: CASE WHEN row.locations = [] THEN null ELSE row.locations END}]->(version)
