// The packages of new groups, whose versions were written before.
// Parameters: rows (group, purl, state, held, present, locations). Cost: two index seeks a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (group:PackageGroup {id: row.group})
USING INDEX SEEK group:PackageGroup(id)
MATCH (version:PackageVersion {purl: row.purl})
USING INDEX SEEK version:PackageVersion(purl)
CREATE (group)-[:INSTALLS {state: row.state, held: row.held, present: row.present,
  locations: CASE WHEN row.locations = [] THEN null ELSE row.locations END}]->(version)
