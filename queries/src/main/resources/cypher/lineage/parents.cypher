// Answers: what some images derive from, one derivation a row, with who did it where that was recorded.
// Parameters: ids (list), limit (number)
// Cost: one index lookup for each image and some steps for each derivation.
CYPHER 25
UNWIND $ids AS id
MATCH (child:Image {id: id})-[d:DERIVED_FROM]->(parent:Image) USING INDEX SEEK child:Image(id)
WITH child, d, parent LIMIT $limit
OPTIONAL CALL (child, d, parent) {
  // From the child, which few activities made, and never from the parent, which thousands may have used.
  MATCH (child)-[:GENERATED_BY]->(activity:Activity)
  WHERE parent IN [(activity)-[:USED]->(used:Image) | used]
  RETURN activity ORDER BY activity.endedAt = d.since DESC, activity.endedAt DESC, activity.id LIMIT 1
}
RETURN child.id AS childId, parent.id AS parentId, d.kind AS kind, d.basis AS basis, d.confidence AS confidence,
       d.evidence AS evidence, d.since AS since, activity.id AS activity, activity.endedAt AS endedAt,
       head([(activity)-[:ASSOCIATED_WITH]->(agent:Agent WHERE agent.kind = 'person') | agent.name]) AS person,
       head([(activity)-[:ASSOCIATED_WITH]->(agent:Agent) | agent.name]) AS agent,
       parent.id AS id
