// Answers: the activities that used, made or changed some images and machines, newest first, after a place in that order.
// Parameters: ids (list), at (time or null), before (time or null), beforeId (text), limit (number), subjects (number)
// Cost: one index lookup for each image and one step for each of their activities and deployments.
CYPHER 25
UNWIND $ids AS id
OPTIONAL MATCH (image:Image {id: id})
OPTIONAL MATCH (machine:Machine {id: id})
WITH coalesce(image, machine) AS image WHERE image IS NOT NULL
CALL (image) {
  MATCH (image)-[:GENERATED_BY]->(activity:Activity) RETURN activity
  UNION
  MATCH (image)<-[:USED|CHANGED]-(activity:Activity) RETURN activity
  UNION
  // A deployment ended because the machine was deployed anew, or retired.
  MATCH (image)<-[runs:DEPLOYED_FROM]-(machine:Machine)
  MATCH (machine)-[:GENERATED_BY]->(activity:Activity) WHERE activity.endedAt = runs.until RETURN activity
  UNION
  MATCH (image)<-[runs:DEPLOYED_FROM]-(machine:Machine)
  MATCH (machine)<-[:CHANGED]-(activity:Activity) WHERE activity.endedAt = runs.until RETURN activity
}
WITH DISTINCT activity, coalesce(activity.endedAt, activity.startedAt) AS ended
WHERE $at IS NULL OR ended <= $at
WITH activity, ended
WHERE $before IS NULL OR ended < $before OR (ended = $before AND activity.id > $beforeId)
WITH activity, ended ORDER BY ended DESC, activity.id LIMIT $limit
RETURN activity.id AS id, activity.kind AS kind, activity.startedAt AS startedAt, ended AS endedAt,
       activity.message AS message, activity.parameters AS parameters,
       COLLECT { MATCH (activity)-[:ASSOCIATED_WITH]->(agent:Agent)
                 RETURN agent.name ORDER BY agent.kind, agent.name LIMIT $subjects } AS agents,
       COLLECT { MATCH (activity)-[:USED]->(used)
                 RETURN {id: used.id, name: used.name, label: head(labels(used))} ORDER BY used.name, used.id LIMIT $subjects } AS used,
       COLLECT { MATCH (activity)<-[:GENERATED_BY]-(made)
                 RETURN {id: made.id, name: made.name, label: head(labels(made))} ORDER BY made.name, made.id LIMIT $subjects } AS made,
       COLLECT { MATCH (activity)-[change:CHANGED]->(image:Image|Machine)
                 RETURN {id: image.id, name: image.name, from: change.from, to: change.to} ORDER BY image.id LIMIT $subjects } AS changed
ORDER BY endedAt DESC, id
