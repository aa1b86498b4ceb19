// Observations of inventories. Parameter: ids (of inventories). Cost: the observations of each, 100 at most.
UNWIND $ids AS id
MATCH (n:Inventory {id: id})
CALL (n) {
  MATCH (n)-[:HAS_OBSERVATION]->(o:Observation)
  RETURN o ORDER BY CASE o.severity WHEN "MISSING" THEN 0 WHEN "PARTIAL" THEN 1 ELSE 2 END, o.where, o.code LIMIT 100
}
RETURN id AS key, o {.code, .severity, .where, .message, .remedy} AS value
