// Answers: what derives from some images, one derivation a row, with who did it where that was recorded.
// Parameters: ids (list), limit (number)
// Cost: one index lookup for each image and one step for each derivation.
CYPHER 25
UNWIND $ids AS id
MATCH (parent:Image {id: id})<-[d:DERIVED_FROM]-(child:Image)
WITH child, d, parent LIMIT $limit
OPTIONAL CALL (child, d, parent) {
  MATCH (child)-[:GENERATED_BY]->(activity:Activity)-[:USED]->(parent)
  RETURN activity ORDER BY activity.endedAt = d.since DESC, activity.endedAt DESC, activity.id LIMIT 1
}
RETURN child.id AS childId, parent.id AS parentId, d.kind AS kind, d.basis AS basis, d.confidence AS confidence,
       d.evidence AS evidence, d.since AS since, activity.id AS activity, activity.endedAt AS endedAt,
       head([(activity)-[:ASSOCIATED_WITH]->(agent:Agent WHERE agent.kind = 'person') | agent.name]) AS person,
       head([(activity)-[:ASSOCIATED_WITH]->(agent:Agent) | agent.name]) AS agent,
       child.id AS id
