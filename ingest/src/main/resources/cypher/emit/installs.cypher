// The installed packages of an inventory, whose versions were written before.
// Parameters: inventory (id), rows (purl, state, held, present). Cost: two index seeks a row.
UNWIND $rows AS row
MATCH (inventory:Inventory {id: $inventory})
MATCH (version:PackageVersion {purl: row.purl})
CREATE (inventory)-[:INSTALLS {state: row.state, held: row.held, present: row.present}]->(version)
