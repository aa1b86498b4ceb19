// Private keys of inventories. Parameter: ids (of inventories). Cost: one step each, 1,000 at most an inventory.
UNWIND $ids AS id
MATCH (n:Inventory {id: id})
CALL (n) {
  MATCH (n)-[held:HOLDS_PRIVATE_KEY]->(fact)
  RETURN fact, held ORDER BY coalesce(fact.name, fact.file, ""), fact.id LIMIT 1000
}
RETURN id AS key, fact {.file, format: fact.keyFormat, .encrypted, .fingerprint} AS value
