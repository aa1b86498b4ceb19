// How the machines of inventories boot. Parameter: ids (of inventories). Cost: one step each, 1,000 at most an inventory.
UNWIND $ids AS id
MATCH (n:Inventory {id: id})
CALL (n) {
  MATCH (n)-[held:BOOTS_WITH]->(fact)
  RETURN fact, held ORDER BY coalesce(fact.name, fact.file, ""), fact.id LIMIT 1000
}
RETURN id AS key, fact {.firmware, .bootLoaders, .bootEvidence, .defaultKernel, .commandLine, .initSystem, .defaultTarget} AS value
