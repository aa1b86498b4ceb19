// What was written before V005: an inventory's packages become one group of its own, with the same relationships.
// Repeated: each of these statements, until it returns nothing.
MATCH (inventory:Inventory)-[:INSTALLS]->()
WITH DISTINCT inventory LIMIT 20
CREATE (inventory)-[:HAS_PACKAGES]->(group:PackageGroup {id: 'inventory/' + inventory.id})
WITH inventory, group
MATCH (inventory)-[old:INSTALLS]->(version)
CREATE (group)-[new:INSTALLS]->(version)
SET new = properties(old)
DELETE old
RETURN DISTINCT inventory.id AS changed;
// Files that are not as their packages say: one relationship for all of a package, with lists side by side.
MATCH (inventory:Inventory)-[old:CHECKED_AGAINST]->(version:PackageVersion) WHERE old.path IS NOT NULL
WITH inventory, version, collect(old) AS olds LIMIT 500
CREATE (inventory)-[:CHECKED_AGAINST {
  paths: [old IN olds | old.path], verdicts: [old IN olds | old.verdict],
  configuration: [old IN olds | coalesce(old.configuration, false)],
  expected: [old IN olds | coalesce(old.expected, '')], found: [old IN olds | coalesce(old.found, '')],
  reasons: [old IN olds | coalesce(old.reason, '')]}]->(version)
FOREACH (old IN olds | DELETE old)
RETURN DISTINCT inventory.id AS changed;
