// Answers: how many activities used, made or changed some images and machines.
// Parameters: ids (list), at (time or null)
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
RETURN count(*) AS total
