// Accounts of inventories. Parameter: ids (of inventories). Cost: one step each, 1,000 at most an inventory.
UNWIND $ids AS id
MATCH (n:Inventory {id: id})
CALL (n) {
  MATCH (n)-[held:HAS_ACCOUNT]->(fact)
  RETURN fact, held ORDER BY coalesce(fact.name, fact.file, ""), fact.id LIMIT 1000
}
RETURN id AS key, fact {.name, .userId, .groupId, .home, .shell, .password} AS value
